"""The ledger condensed into days of people: a night reads what is new, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Min

from relais.indicators import what_counts
from relais.indicators.definitions import midnight
from relais.indicators.models import Mark
from relais.indicators.series import months_between
from relais.ledger.models import Entry

type Progress = Callable[[float], None]


def unseen(_part: float) -> None:
    """Where nobody watches the progress."""


OVERLAP = 10_000  # entries read once more: a number is drawn before its entry is committed, a slow one may still come below the mark

# A row is made of all the entries of its day: to read them twice harms nothing.
CONDENSE = """
WITH worked AS MATERIALIZED (
    SELECT actor AS person, object_type, object_id, (min(occurred_at) AT TIME ZONE 'UTC')::date AS day FROM ledger_entry
    WHERE verb = 'application.told' AND payload ->> 'outcome' = 'yes' AND actor IS NOT NULL GROUP BY actor, object_type, object_id
)
INSERT INTO indicators_personday (person, day, visited, voluntary, value, given, received, completes_from)
SELECT person, entry.day,
    bool_or(verb = ANY(%(visit)s)),
    count(*) FILTER (WHERE verb = ANY(%(voluntary)s)),
    count(*) FILTER (WHERE verb = ANY(%(value)s)),
    count(*) FILTER (WHERE verb = ANY(%(transmission)s)),
    count(*) FILTER (WHERE verb = ANY(%(closed)s) OR verb = ANY(%(closed_if_it_worked)s)),
    min(CASE
        WHEN verb = ANY(%(transmission)s) OR verb = ANY(%(closed)s) THEN entry.day
        WHEN verb = ANY(%(closed_if_it_worked)s) AND worked.day IS NOT NULL THEN greatest(entry.day, worked.day) END)
FROM ({entries}) entry LEFT JOIN worked USING (person, object_type, object_id)
WHERE verb = ANY(%(visit)s) OR verb = ANY(%(voluntary)s)
GROUP BY person, entry.day
ON CONFLICT (day, person) DO UPDATE SET visited = excluded.visited, voluntary = excluded.voluntary, value = excluded.value,
    given = excluded.given, received = excluded.received, completes_from = excluded.completes_from
"""
# What is told late completes an act of an earlier day: that day is condensed again too.
OF_THE_DAYS_TOUCHED = """
SELECT person, day, verb, object_type, object_id FROM (
    SELECT actor AS person, (occurred_at AT TIME ZONE 'UTC')::date AS day FROM ledger_entry WHERE id > %(after)s AND actor IS NOT NULL
    UNION
    SELECT told.actor, (done.occurred_at AT TIME ZONE 'UTC')::date FROM ledger_entry told
    JOIN ledger_entry done ON done.object_type = told.object_type AND done.object_id = told.object_id AND done.actor = told.actor
        AND done.verb = ANY(%(closed_if_it_worked)s)
    WHERE told.id > %(after)s AND told.verb = 'application.told'
) touched JOIN ledger_entry ON actor = person
    AND occurred_at >= day::timestamp AT TIME ZONE 'UTC' AND occurred_at < (day + 1)::timestamp AT TIME ZONE 'UTC'
"""
OF_A_PERIOD = """
SELECT actor AS person, (occurred_at AT TIME ZONE 'UTC')::date AS day, verb, object_type, object_id FROM ledger_entry
WHERE actor IS NOT NULL AND occurred_at >= %(first)s AND occurred_at < %(end)s
"""


def keep_days(*, again: bool = False, progress: Progress = unseen) -> date | None:
    """Condense what is new, or everything again; tells the first day of what is new, after which figures may have moved."""
    mark, last = Mark.objects.first(), Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    if again or mark is None:
        _keep_everything(progress)
        moved = Entry.objects.aggregate(first=Min("occurred_at"))["first"]
    else:
        with transaction.atomic():
            _condense(OF_THE_DAYS_TOUCHED, {"after": max(mark.last_entry - OVERLAP, 0)})
        moved = Entry.objects.filter(pk__gt=mark.last_entry).aggregate(first=Min("occurred_at"))["first"]
    mark = mark or Mark()
    mark.last_entry = last
    mark.save()
    return moved.astimezone(UTC).date() if moved else None


def _keep_everything(progress: Progress) -> None:
    """Month by month, each in one transaction: pages read what is there meanwhile."""
    bounds = Entry.objects.aggregate(first=Min("occurred_at"), last=Max("occurred_at"))
    periods = list(_months(bounds["first"], bounds["last"])) if bounds["first"] else []
    for number, (first, end) in enumerate(periods, 1):
        with transaction.atomic():
            _condense(OF_A_PERIOD, {"first": first, "end": end})
        progress(number / len(periods))


def _months(first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    starts = months_between(first.astimezone(UTC).date(), last.astimezone(UTC).date())
    return ((midnight(start), midnight(after)) for start, after in starts)


def _condense(entries: str, values: dict[str, Any]) -> None:
    flags = {flag: what_counts.verbs(flag) for flag in what_counts.FLAGS}
    with connection.cursor() as cursor:
        cursor.execute(CONDENSE.format(entries=entries), flags | values)
