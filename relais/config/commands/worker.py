from __future__ import annotations

from importlib import import_module

import click

from relais.config.commands import prepare
from relais.config.supervisor import watch_parent


@click.command()
@click.option("--supervised", is_flag=True, hidden=True)
@click.option("--once", is_flag=True, help="Work off what waits, then end.")
def command(supervised: bool, once: bool) -> None:
    """Work off the jobs; any number of workers may run (serve starts one by itself)."""
    if supervised:
        watch_parent()
    prepare()
    import_module("relais.config.working").work(wait=not once)
