from __future__ import annotations

from procrastinate.contrib.django import app

from relais.core import clock
from relais.maturity.actions import close_wave
from relais.maturity.queries import waves_over


@app.periodic(cron="20 3 * * *")
@app.task(name="relais.maturity.jobs.close_over", queueing_lock="relais.maturity.jobs.close_over")
def close_over(timestamp: int) -> None:
    """Every night, close the wave whose last day is past."""
    for wave in waves_over(clock.today()):
        close_wave(wave, by=None)
