"""Builds the demo: all of it or nothing, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from relais.core import clock
from relais.core.errors import Refused
from relais.demo.acts import perform
from relais.demo.calendar import first_day
from relais.demo.company import ROOT
from relais.demo.stage import Stage
from relais.demo.year import planned
from relais.indicators.actions.cards import draw_cards
from relais.indicators.actions.figures import refresh_figures
from relais.indicators.actions.goals import draw_goals, refit_forecasts
from relais.ledger.actions import seal_closed_days
from relais.ledger.subscriptions import delivered_at_once
from relais.people.models import Person, Unit
from relais.skills.actions.starter import add_starter_vocabulary

SMALLEST = 55
ANALYSE_EVERY = 500  # acts: the planner cannot see by itself how tables grow inside one transaction
Progress = Callable[[int, int], None]


def is_built() -> bool:
    """Whether this database holds the demo."""
    return Unit.objects.filter(code=ROOT).exists()


@transaction.atomic
def build(*, people: int = 600, months: int = 12, seed: int = 1, progress: Progress | None = None) -> int:
    """Tell the year of Les Ateliers Brévin up to yesterday; says how many acts it took.

    Interrupted, it leaves nothing behind. A database in which people live is left alone.
    """
    _refuse_bad_sizes(people, months)
    if Person.objects.exists():
        raise Refused("This database holds people already: the demo is only built into an empty one. Choose another RELAIS_DATA folder.")
    today = clock.recorded().date()
    first = first_day(today, months)
    planner = planned(people, (today - first).days, first, seed)
    stage = Stage(planner.members, first)
    with delivered_at_once(), _one_transaction():
        with clock.simulated(stage.moment(0.2)):
            add_starter_vocabulary()
        stage.set()
        for number, act in enumerate(planner.acts, 1):
            perform(stage, act)
            if number % ANALYSE_EVERY == 0:
                _analyse()
            if progress:
                progress(number, len(planner.acts))
    seal_closed_days()
    refresh_figures(again=True)
    refit_forecasts()
    draw_cards()
    draw_goals()
    return stage.made


@contextmanager
def _one_transaction() -> Iterator[None]:
    """No savepoint around each action: tens of thousands in one transaction, locking the same rows, slow it down tenfold.

    An action that fails then fails the whole demo, which is what we want.
    """
    features: Any = connection.features
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = True


def _analyse() -> None:
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("relais.")]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")


def _refuse_bad_sizes(people: int, months: int) -> None:
    if people < SMALLEST:
        raise Refused(f"The demo needs {SMALLEST} people at least: one for each of its teams.")
    if not 1 <= months <= 24:
        raise Refused("The demo tells 1 to 24 months.")
