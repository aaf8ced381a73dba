from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "people": "Bring in people from an HR export (CSV or Excel).",
    "skills": "Install a reference of skills (ESCO, ROME, a table).",
    "stackexchange": "Bring in a community's history (Posts.xml).",
}


class Imports(click.Group):
    """Lists every import at once, loads only the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"relais.config.commands.import_{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=Imports)
def command() -> None:
    """Bring in people, or a community's history. Without --apply, only tells what would change."""
