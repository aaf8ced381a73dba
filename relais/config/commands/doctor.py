from __future__ import annotations

import platform
import sys
from importlib import import_module

import click

from relais.config.commands import prepare


@click.command()
def command() -> None:
    """Say what is wrong and how to mend it; exit code 1 when something is."""
    prepare()
    diagnosis = import_module("relais.config.diagnosis")
    click.echo(f"✓ Python {platform.python_version()}")
    wrong = 0
    for name, sentences in diagnosis.faults():
        click.echo("\n".join(f"✗ {sentence}" for sentence in sentences) or f"✓ {name.capitalize()}")
        wrong += len(sentences)
    click.echo("All is well." if not wrong else f"{wrong} to mend.", err=True)
    sys.exit(bool(wrong))
