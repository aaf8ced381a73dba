from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils import translation

from relais.config.commands import prepare
from relais.core.errors import RelaisError

EXAMPLES = 5


def report(selection: Any) -> None:
    """What the file holds, what is left out and why."""
    kinds = import_module("relais.integrations.stackexchange.posts")
    owners = {told.post.owner for told in selection.posts}
    click.echo(f"Questions, as use cases: {len(selection.of(kinds.QUESTION))}, solved by an accepted answer: {len(selection.accepted)}")
    click.echo(f"Answers: {len(selection.of(kinds.ANSWER))}")
    click.echo(f"People: {len(owners)}")
    click.echo(f"Circles: the community's own, and its most used tags ({', '.join(selection.themes) or 'none is used enough'})")
    for reason, ids in selection.left_out.items():
        shown = ", ".join(ids[:EXAMPLES]) + ("…" if len(ids) > EXAMPLES else "")
        click.echo(f"Noted: {len(ids)} {reason} ({shown})")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="POSTS.XML")
@click.option("--apply", is_flag=True, help="Write; without it, only the report.")
@click.option("--name", help="The community's name (default: the folder's). The same name again brings in what is new.")
@click.option("--language", default="en", show_default=True, help="The language of its texts.")
def command(file: Path, apply: bool, name: str | None, language: str) -> None:
    """Bring in a community's history, with its original dates. Without --apply, only tells what would come in."""
    prepare()
    translation.activate("en")
    package = "relais.integrations.stackexchange"
    modules: list[Any] = [import_module(f"{package}.{module}") for module in ("posts", "selection", "history")]
    posts, selection_of, history = modules
    try:
        with file.open("rb") as stream, click.progressbar(length=file.stat().st_size, label="Reading", file=sys.stderr) as bar:
            selection = selection_of.select(posts.read(stream, bar.update))
        if apply:
            with click.progressbar(length=len(selection.posts), label="Writing", file=sys.stderr) as bar:
                outcome = history.write_history(
                    selection, name or file.resolve().parent.name, language=language, progress=lambda *_: bar.update(1)
                )
    except RelaisError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    report(selection)
    if not apply:
        click.echo("Nothing was written. To bring it in, run the same command with --apply.")
        return
    added, known = outcome.added, outcome.known
    click.echo(
        f"Added: {added['usecase']} use cases, {added['contribution']} answers, {added['solution']} solved, "
        f"{added['person']} people, {added['circle']} circles. "
        f"Already there: {known['usecase']} use cases, {known['contribution']} answers."
    )
    if added:
        click.echo("The pages' figures follow within a minute if Relais is running, otherwise when it starts.")
