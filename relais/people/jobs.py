from __future__ import annotations

from procrastinate.contrib.django import app

from relais.people.actions.retention import apply_retention


@app.periodic(cron="40 2 * * *")
@app.task(name="relais.people.jobs.forget", queueing_lock="relais.people.jobs.forget")
def forget(timestamp: int) -> None:
    """Every night, delete what was kept as long as declared."""
    apply_retention()
