from __future__ import annotations

import sys
import time
from importlib import import_module
from typing import Any

import click

from relais.config.commands import prepare
from relais.core.errors import RelaisError


@click.command()
@click.option("--people", default=600, show_default=True, help="How many work in the company.")
@click.option("--months", default=12, show_default=True, help="How many months are told, up to yesterday.")
@click.option("--seed", default=1, show_default=True, help="Another number tells another year.")
def command(people: int, months: int, seed: int) -> None:
    """Build the demo community, Les Ateliers Brévin: a year of a company, told by real acts."""
    prepare()
    building: Any = import_module("relais.demo.build")
    if building.is_built():
        click.echo("The demo is there already: nothing was changed. For a new one, choose another RELAIS_DATA folder.")
        return
    begun = time.monotonic()
    try:
        with click.progressbar(length=1000, label="Building the demo", file=sys.stderr) as bar:
            acts = building.build(people=people, months=months, seed=seed, progress=lambda n, of: bar.update(n * 1000 // of - bar.pos))
    except RelaisError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"The demo is ready: {people} people, {months} months, {acts} acts, in {time.monotonic() - begun:.0f} s.")
