from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from importlib import import_module

import click

from relais.config.commands import prepare


@click.group()
def command() -> None:
    """Export or verify the ledger: the append-only facts every figure comes from."""


@command.command("export")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only what was recorded from this UTC day on.")
def export_entries(since: datetime | None) -> None:
    """Print each entry as a line of JSON, in the order of recording."""
    prepare()
    queries = import_module("relais.ledger.queries")
    try:
        for entry in queries.export(since.date() if since else None):
            sys.stdout.write(json.dumps(entry, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@command.command("verify")
def verify() -> None:
    """Compare each sealed day with its seal; name the days that changed."""
    prepare()
    queries = import_module("relais.ledger.queries")
    total = queries.sealed_days()
    with click.progressbar(length=total, label="Verifying", file=sys.stderr) as bar:
        found = list(queries.breaches(after_each=lambda: bar.update(1)))
    for breach in found:
        click.echo(breach.sentence)
    if found:
        click.echo("The ledger is no longer what was sealed: compare it with a backup from before that day.", err=True)
        sys.exit(1)
    click.echo(f"{total} sealed days, each as it was sealed.")
