"""`python -m relais.config` is the command `relais`."""

from relais.config.cli import main

main(prog_name="relais")
