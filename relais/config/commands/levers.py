"""The catalogue of levers as a file."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import click

from relais.config.commands import prepare
from relais.core.errors import Refused


@click.group()
def command() -> None:
    """Take the levers away as a YAML file, bring one in, or take away the record of a use."""


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_levers(file: Path) -> None:
    """Write the catalogue of this community to FILE."""
    prepare()
    contents = import_module("relais.indicators.queries.levers").contents()
    file.write_text(import_module("relais.indicators.levers").written(list(contents.values())), encoding="utf-8")
    click.echo(f"{len(contents)} levers are in {file}.")


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", is_flag=True, help="Keep it; without it, only say what would change.")
def import_levers(file: Path, apply: bool) -> None:
    """Read the levers of FILE: those that changed or are new replace what is kept, the others stay."""
    prepare()
    changed = import_module("relais.indicators.actions.levers").revise_levers(file.read_text(encoding="utf-8"), by=None, apply=apply)
    if not changed:
        click.echo("Nothing to change: this is what is kept already.")
        return
    click.echo(f"{'Kept' if apply else 'Would change'}: {', '.join(changed)}.")
    if not apply:
        click.echo("Nothing is written. Run it again with --apply.")


@command.command("record")
@click.argument("use", type=int)
def record(use: int) -> None:
    """Print, as JSON, all that the reading of a use rests on: for whoever keeps this server; cells may hold fewer than five people."""
    prepare()
    found = import_module("relais.indicators.queries.levers").record_of(use)
    if found is None:
        raise Refused(f"There is no record of a use numbered {use}. Its address ends with its number.")
    click.echo(json.dumps(found, ensure_ascii=False))
