from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from relais.ledger.actions import seal_closed_days
from relais.ledger.models import Entry
from relais.ledger.subscriptions import subscriptions_for


@app.task(name="relais.ledger.jobs.deliver", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def deliver(entry_id: int, handler: str) -> None:
    """Hand one entry to one subscriber; tried again, ever later, when it fails."""
    entry = Entry.objects.get(pk=entry_id)
    for subscription in subscriptions_for(entry):
        if subscription.name == handler:
            subscription.handler(entry)


@app.periodic(cron="20 2 * * *")
@app.task(name="relais.ledger.jobs.seal", queueing_lock="relais.ledger.jobs.seal")
def seal(timestamp: int) -> None:
    """Every night, close the days that ended."""
    seal_closed_days()
