"""Initiatives: where they come from, and how long their answer takes, told by the ledger."""

from __future__ import annotations

from datetime import date

from django.db import connection

from relais.indicators.definitions import YEAR_DAYS, Initiatives, Windows, midnight

INITIATIVES = """
WITH proposed AS (
    SELECT DISTINCT ON (object_id) object_id, id, occurred_at, payload ->> 'origin' AS origin FROM ledger_entry
    WHERE verb = 'initiative.proposed' AND occurred_at >= %(year)s AND occurred_at < %(end)s
    ORDER BY object_id, occurred_at, id
), answered AS (
    SELECT proposed.object_id, proposed.origin,
        greatest(0, extract(epoch FROM min(answer.occurred_at) - proposed.occurred_at) * 1000000)::bigint AS delay
    FROM proposed JOIN ledger_entry answer ON answer.object_id = proposed.object_id AND answer.occurred_at < %(end)s
        AND answer.verb IN ('initiative.accepted', 'initiative.refused', 'initiative.launched')
        AND answer.occurred_at >= proposed.occurred_at
    GROUP BY proposed.object_id, proposed.origin, proposed.occurred_at
)
SELECT (SELECT coalesce(json_object_agg(origin, n), '{}') FROM (SELECT origin, count(*) AS n FROM proposed GROUP BY origin) counted),
    (SELECT coalesce(json_agg(delay), '[]') FROM answered),
    (SELECT coalesce(json_agg(delay), '[]') FROM answered WHERE origin = 'bottom_up')
"""


def initiatives_at(day: date) -> Initiatives:
    """The initiatives proposed in the 365 days ending with the day."""
    windows = Windows(day)
    with connection.cursor() as cursor:
        cursor.execute(INITIATIVES, {"end": windows.end, "year": midnight(windows.first_day(YEAR_DAYS))})
        by_origin, delays, from_the_field = cursor.fetchone()
    return Initiatives(by_origin, sorted(delays), sorted(from_the_field))
