from __future__ import annotations

from procrastinate.contrib.django import app

from relais.indicators.actions import refresh_figures


@app.periodic(cron="40 2 * * *")
@app.task(name="relais.indicators.jobs.nightly", queueing_lock="relais.indicators.jobs.nightly")
def nightly(timestamp: int) -> None:
    """Every night, the figures of the day that closed, and their pictures."""
    refresh_figures()


@app.task(name="relais.indicators.jobs.refresh")
def refresh() -> None:
    """After an import of history: every figure anew."""
    refresh_figures(again=True)
