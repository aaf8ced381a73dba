from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click
from django.utils import translation

from relais.config.commands import prepare
from relais.core.errors import RelaisError


@click.command("skills")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--apply", "applied", is_flag=True, help="Write it down. Without it, only the report.")
def command(path: Path, applied: bool) -> None:
    """Install or update a reference of skills: ESCO's official zip or folder, ROME 4.0's folder, or a table of your own."""
    prepare()
    translation.activate("en")
    references = import_module("relais.skills.actions.references")
    try:
        file = references.read_reference_files(path)
    except RelaisError as error:
        raise click.ClickException(str(error)) from error
    plan = references.plan_reference(file)
    languages = sorted({language for concept in file.concepts.values() for language in concept.texts})
    click.echo(f"{file.title} {file.version}".strip() + f": {len(file.concepts)} skills, languages: {', '.join(languages)}")
    if applied:
        with click.progressbar(length=plan.written, label="Installing", file=sys.stderr) as bar:
            plan = references.install_reference(file, told=bar.update)
    click.echo(f"added: {len(plan.added)}, changed: {len(plan.changed)}, unchanged: {plan.unchanged}, absent (kept): {plan.absent}")
    click.echo(file.notice)
    if not applied:
        click.echo("Nothing was written. Add --apply to do it.")
