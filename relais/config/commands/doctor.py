from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from importlib import import_module

import click
import django

from relais.config import database, validity
from relais.config import environment as env
from relais.config.sentences import sentence_for


@click.command()
def command() -> None:
    """Say what is wrong and how to mend it; exit code 1 when something is."""
    click.echo(f"✓ Python {platform.python_version()}")
    wrong = 0
    for name, sentences in look():
        click.echo("\n".join(f"✗ {sentence}" for sentence in sentences) or f"✓ {name.capitalize()}")
        wrong += len(sentences)
    click.echo("All is well." if not wrong else f"{wrong} to mend.", err=True)
    sys.exit(bool(wrong))


def look() -> Iterator[tuple[str, list[str]]]:
    """Settings, then the database, then everything else: what is at fault does not hide what comes after."""
    wrong = validity.faults()
    yield "settings", list(wrong.values())
    validity.stand_in(wrong)
    has_database = env.DATABASE_URL not in wrong
    if has_database and (stopped := _fault(database.ensure)):
        has_database = False
        yield "database", [stopped]
    if unready := _fault(django.setup):
        yield "start", [unready]
    else:
        yield from import_module("relais.config.diagnosis").faults(with_database=has_database)


def _fault(step: Callable[[], object]) -> str:
    """The sentence for what stops this step; nothing when it succeeds."""
    try:
        step()
    except Exception as error:
        if sentence := sentence_for(error):
            return sentence
        raise
    return ""
