from __future__ import annotations

from importlib import import_module
from typing import Any

from procrastinate.contrib.django import app

from relais.core import clock
from relais.indicators.actions.cards import draw_cards
from relais.indicators.actions.figures import draw_courses, refresh_figures
from relais.indicators.actions.goals import draw_goals, refit_forecasts
from relais.indicators.events import GOAL_SET, LEVER_TAKEN
from relais.indicators.models import LeverUse
from relais.indicators.queries.courses import courses
from relais.knowledge.events import HISTORY_IMPORTED, MEASURES_KEPT
from relais.ledger.models import Entry
from relais.ledger.subscriptions import on
from relais.people.events import PEOPLE_IMPORTED


def _readings() -> Any:
    """Brings scipy, that web processes, which load this module too, have no use for."""
    return import_module("relais.indicators.actions.readings")


@app.periodic(cron="40 2 * * *")
@app.task(name="relais.indicators.jobs.nightly", queueing_lock="relais.indicators.jobs.nightly")
def nightly(timestamp: int) -> None:
    """Every night, the figures of the day that closed, and their pictures."""
    refresh_figures()
    refit_forecasts()
    _readings().read_uses()
    draw_cards()
    draw_goals()


@on(HISTORY_IMPORTED, PEOPLE_IMPORTED)
def refresh(entry: Entry) -> None:
    """After an import, every figure anew: its facts may lie years back."""
    refresh_figures(again=True)
    draw_cards()


@on(LEVER_TAKEN)
def foresee(entry: Entry) -> None:
    """After a lever is taken, what could be seen of it: before it starts."""
    _readings().foresee_use(LeverUse.objects.get(pk=entry.object_id))


@on(GOAL_SET)
def draw_new_goal(entry: Entry) -> None:
    """After a goal is set, its picture; the forecast it is compared with is made if it was not yet; not in a simulated year."""
    if not clock.is_simulated():
        refit_forecasts()
        draw_goals()


@on(MEASURES_KEPT)
def draw_what_moved(entry: Entry) -> None:
    """After a measure, its picture anew; a simulated year draws all of them once, at its end."""
    if not clock.is_simulated():
        draw_courses(courses([entry.payload["indicator"]]))
