from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils import translation

from relais.config.commands import prepare

_SHOWN = ("refused", "left", "declined", "moved", "changed", "added")  # and unchanged ones that leave something to know


@click.command("people")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "applied", is_flag=True, help="Write it down. Without it, only the report.")
@click.option("--absent-leave", is_flag=True, help="People known here and absent from the file have left the organisation.")
def command(file: Path, applied: bool, absent_leave: bool) -> None:
    """Bring in people from an HR export: a report first, then --apply."""
    prepare()
    translation.activate("en")
    imports = import_module("relais.people.actions.people_import")
    refused = import_module("relais.core.errors").Refused
    try:
        read = imports.read_people_file(file.read_bytes())
    except refused as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    _columns(read)
    if not applied:
        _report(imports.plan_import(read), absent_leave=absent_leave)
        click.echo("Nothing was written. Add --apply to do it.")
        return
    with click.progressbar(length=len(read.rows), label="Importing people") as bar:
        plan = imports.import_people(read, absent_leave=absent_leave, told=lambda _name: bar.update(1))
    _report(plan, absent_leave=absent_leave)
    click.echo("If something changed, the pages' figures follow within a minute if Relais is running, otherwise when it starts.")


def _columns(read: Any) -> None:
    """A column nobody reads is told, so that nothing is lost without a word."""
    words = import_module("relais.people.hr_words")
    click.echo(f"Columns read: {', '.join(words.columns_read(read))}")
    for kind, names in (("Columns", read.ignored), ("Sheets", read.other_sheets)):
        if names:
            click.echo(f"{kind} ignored: {', '.join(names)}")


def _report(plan: Any, *, absent_leave: bool) -> None:
    words = import_module("relais.people.hr_words")
    for outcome in (*_SHOWN, "unchanged"):
        for planned in (one for one in plan.of(outcome) if outcome in _SHOWN or one.notes):
            click.echo(f"line {planned.row.line}: {words.OUTCOMES[outcome]}: {planned.row.email or '?'}{_why(planned, words)}")
    for known in plan.absent:
        click.echo(f"{'Left' if absent_leave else 'Absent from the file (kept)'}: {known.email}")
    click.echo(", ".join(f"{words.OUTCOMES[name]}: {count}" for name, count in plan.counts.items()))


def _why(planned: Any, words: Any) -> str:
    parts = [words.words_of(problem) for problem in planned.problems]
    parts += [f"{words.FIELDS[change.field]}: {change.before or '–'} → {change.after or '–'}" for change in planned.changes]
    parts += [words.words_of(note) for note in planned.notes]
    return f" ({'; '.join(parts)})" if parts else ""
