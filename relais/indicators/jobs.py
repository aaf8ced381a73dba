from __future__ import annotations

from procrastinate.contrib.django import app

from relais.indicators.actions import refresh_figures
from relais.knowledge.events import HISTORY_IMPORTED
from relais.ledger.models import Entry
from relais.ledger.subscriptions import on
from relais.people.events import PEOPLE_IMPORTED


@app.periodic(cron="40 2 * * *")
@app.task(name="relais.indicators.jobs.nightly", queueing_lock="relais.indicators.jobs.nightly")
def nightly(timestamp: int) -> None:
    """Every night, the figures of the day that closed, and their pictures."""
    refresh_figures()


@on(HISTORY_IMPORTED, PEOPLE_IMPORTED)
def refresh(entry: Entry) -> None:
    """After an import, every figure anew: its facts may lie years back."""
    refresh_figures(again=True)
