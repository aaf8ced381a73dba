from __future__ import annotations

from procrastinate.contrib.django import app

from relais.core import clock
from relais.skills.actions.levels import reassess_lapsed


@app.periodic(cron="50 3 * * *")
@app.task(name="relais.skills.jobs.let_levels_lapse", queueing_lock="relais.skills.jobs.let_levels_lapse")
def let_levels_lapse(timestamp: int) -> None:
    """Every night, levels whose voices are no longer heard are worked out again."""
    reassess_lapsed(clock.today())
