"""The command line `relais`: each command lives in its own module of `commands`, loaded only when it is asked for."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click

from relais import __version__

COMMANDS = {
    "serve": "Start the server, the worker and the embedded database.",
    "web": "Answer requests (serve starts one by itself).",
    "worker": "Work off the jobs (serve starts one by itself).",
    "demo": "Build the demo community.",
    "create-admin": "Give somebody the administrator's role.",
    "import": "Bring in people, or a community's history.",
    "skills": "Find the skills that texts are about, and learn to do it better.",
    "ledger": "Export or verify the ledger.",
    "figures": "Print the community's figures for a day.",
    "levers": "Take the catalogue of levers away as a file, or bring one in.",
    "backup": "Write everything into one file.",
    "restore": "Bring everything back from a backup.",
    "doctor": "Say what is wrong and how to mend it.",
    "manage": "Run one of Django's own commands.",
}


class Lazy(click.Group):
    """Lists every command at once, imports only the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        module = import_module(f"relais.config.commands.{'import_' if name == 'import' else name}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """An error that was foreseen is a sentence and exit code 1; RELAIS_DEBUG shows the traceback too."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            sentence = import_module("relais.config.sentences").sentence_for(error)
            if sentence is None or os.environ.get("RELAIS_DEBUG"):
                raise
            raise click.ClickException(sentence) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="relais")
def main() -> None:
    """Relais: a learning community on one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
