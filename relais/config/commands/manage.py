from __future__ import annotations

import click
from django.core.management import execute_from_command_line

from relais.config.commands import prepare


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands."""
    prepare()
    execute_from_command_line(["relais manage", *arguments])
