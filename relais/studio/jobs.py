from __future__ import annotations

from procrastinate.contrib.django import app

from relais.core import clock
from relais.ledger.models import Entry
from relais.ledger.subscriptions import on
from relais.studio.actions.letters import write_digest, write_notices
from relais.studio.actions.notices import tell
from relais.studio.queries.choices import people_due_a_digest, people_with_news
from relais.studio.queries.notices import STILL_NEW
from relais.studio.queries.told import TOLD


@on(*TOLD)
def tell_those_concerned(entry: Entry) -> None:
    """Whoever a fact concerns finds it among their notices."""
    tell(entry, next(told for verb, told in TOLD.items() if verb.name == entry.verb))


@app.periodic(cron="*/5 * * * *")
@app.task(name="relais.studio.jobs.write_at_once", queueing_lock="relais.studio.jobs.write_at_once")
def write_at_once(timestamp: int) -> None:
    """Every five minutes, those with something new are written to, each in a transaction of their own."""
    now = clock.now()
    for person in people_with_news(now, STILL_NEW):
        write_notices(person, now)


@app.periodic(cron="15 * * * *")
@app.task(name="relais.studio.jobs.write_digests", queueing_lock="relais.studio.jobs.write_digests")
def write_digests(timestamp: int) -> None:
    """Every hour, the digest of those whose day and hour it is."""
    now = clock.now()
    for person in people_due_a_digest(now):
        write_digest(person, now)
