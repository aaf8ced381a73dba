from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from itertools import batched, islice
from pathlib import Path
from typing import Any

import click
from django.utils import translation

from relais.config.commands import prepare
from relais.core.errors import RelaisError

LOT = 100


@click.group("skills")
def command() -> None:
    """Find the skills that texts are about, and learn to do it better."""


@command.command()
@click.option("--quiet", is_flag=True, help="Say nothing.")
def starter(quiet: bool) -> None:
    """Give a community without any vocabulary the everyday skills that ship with Relais."""
    prepare()
    added = import_module("relais.skills.actions.starter").add_starter_vocabulary()
    if quiet:
        return
    click.echo(f"{len(added)} skills added." if added else "There is a vocabulary already: it stays as it is.")


@command.command()
def index() -> None:
    """Build the index of skills again, and what its entries mean where the models are installed (make meaning)."""
    prepare()

    def told(model: str, count: int) -> Any:
        bar = click.progressbar(length=count, label=f"What skills mean ({model})", file=sys.stderr)
        bar.render_progress()
        return bar.update

    import_module("relais.skills.actions.detection").rebuild_index(told)
    click.echo("\nThe index is ready.")


@command.command()
@click.argument("texts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("found", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--mode", type=click.Choice(["fast", "accurate"]), default="accurate", help="fast: words alone.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="How many processes read in parallel.")
def detect(texts: Path, found: Path, mode: str, workers: int) -> None:
    """Read TEXTS (a JSON object a line: id, text, lang) and write to FOUND what each is about; goes on where it was stopped."""
    prepare()
    _ready(mode)
    done = _whole_lines(found)
    with texts.open(encoding="utf-8") as lines:
        total = sum(1 for _line in lines)
    with (
        texts.open(encoding="utf-8") as lines,
        found.open("a", encoding="utf-8") as out,
        click.progressbar(length=total, label="Reading", file=sys.stderr) as bar,
    ):
        bar.update(done)
        numbered = islice(enumerate(lines, 1), done, None)
        for predictions in _read(batched(numbered, LOT), mode, workers):
            out.writelines(f"{line}\n" for line in predictions)
            out.flush()
            bar.update(len(predictions))


def _whole_lines(path: Path) -> int:
    """How many results stand in the file; one cut in the middle is taken away."""
    if not path.exists():
        return 0
    content = path.read_bytes()
    path.write_bytes(content[: content.rfind(b"\n") + 1])
    return content.count(b"\n")


def _read(lots: Iterator[tuple[tuple[int, str], ...]], mode: str, workers: int) -> Iterator[list[str]]:
    if workers == 1:
        yield from (_look(lot, mode) for lot in lots)
        return
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(mode,)) as pool:
        while several := list(islice(lots, workers * 4)):
            yield from pool.map(_look, several, [mode] * len(several))


def _start(mode: str) -> None:
    prepare()
    import_module("django.db").connections.close_all()
    _ready(mode)


def _ready(mode: str) -> Any:
    return import_module("relais.skills.queries.detection").detector(mode)


def _look(lot: tuple[tuple[int, str], ...], mode: str) -> list[str]:
    actions, queries = import_module("relais.skills.actions.detection"), import_module("relais.skills.queries.detection")
    detector, uris = _ready(mode), queries.uris_by_key()
    lines = []
    for number, line in lot:
        try:
            row = json.loads(line)
            text, language, key = str(row["text"]), actions.language_said(row.get("lang")), row["id"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise click.ClickException(
                f"Line {number} is no text to read (id, text, lang): {error}. The lines before it are written."
            ) from error
        lines.append(actions.prediction(key, detector.detect(text, language), uris))
    return lines


@command.command()
@click.argument("texts", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--adopt", "adopted", is_flag=True, help="Use the new weights from now on, if they are at least as good.")
def train(texts: Path | None, adopted: bool) -> None:
    """Learn from what the community accepted and refused, and from TEXTS (a JSON object a line: text, lang, gold, acceptable)."""
    prepare()
    actions = import_module("relais.skills.actions.detection")
    texts_of = import_module("relais.knowledge.queries.detection").texts_of
    labelled = import_module("relais.skills.queries.proposals").answered_proposals(texts_of)
    if texts:
        with texts.open(encoding="utf-8") as lines:
            try:
                labelled = [*labelled, *actions.read_labelled(lines)]
            except ValueError as error:
                raise click.ClickException(f"{texts.name}: {error}. Nothing was learnt.") from error
    translation.activate("en")
    try:
        comparison = actions.train(labelled)
    except RelaisError as error:
        raise click.ClickException(f"{error} Nothing was learnt.") from error
    for mode, new in comparison.new.items():
        click.echo(f"{mode}: right skills among the first five: {comparison.present[mode]:.1%} now, {new:.1%} with the new weights")
    if not comparison.better:
        click.echo("The new weights are not better: the present ones stay.")
    elif adopted:
        actions.adopt(comparison.learnt)
        click.echo("The new weights are used from now on.")
    else:
        click.echo("Nothing was changed. Add --adopt to use the new weights.")
