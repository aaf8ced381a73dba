from __future__ import annotations

import json
import sys
from datetime import datetime
from importlib import import_module
from typing import Any

import click

from relais.config.commands import prepare
from relais.core import clock


def table(values: dict[str, Any]) -> str:
    """The dictionary, one figure a line."""
    width = max(map(len, values))
    return "\n".join(f"{name:<{width}}  {'—' if value is None else value}" for name, value in values.items())


@click.command()
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), help="The UTC day asked (default: today).", metavar="DATE")
@click.option("--json", "as_json", is_flag=True, help="As one line of JSON.")
@click.option("--rebuild", is_flag=True, help="First take every figure of the series anew, from the ledger.")
def command(at: datetime | None, as_json: bool, rebuild: bool) -> None:
    """Print the community's figures for a day, from the ledger alone (docs/figures.md defines them)."""
    prepare()
    actions = import_module("relais.indicators.actions.figures")
    if rebuild:
        with click.progressbar(length=1000, label="Taking every figure anew", file=sys.stderr) as bar:
            actions.refresh_figures(again=True, progress=lambda part: bar.update(int(1000 * part) - bar.pos))
    figures = actions.figures_at(at.date() if at else clock.today())
    if as_json:
        click.echo(json.dumps(figures))
        return
    click.echo(table(figures))
    click.echo("— : fewer than five people, or nothing to measure yet. Definitions: docs/figures.md", file=sys.stderr)
    click.echo("Exact numbers, for whoever keeps this server: pages tell them in fives. Pass pages on, not these.", file=sys.stderr)
