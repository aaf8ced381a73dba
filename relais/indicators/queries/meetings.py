"""Needs and workshops, told by the ledger."""

from __future__ import annotations

from datetime import date

from django.db import connection

from relais.indicators.definitions import YEAR_DAYS, Meetings, Windows, midnight

MEETINGS = """
WITH held AS (
    SELECT DISTINCT ON (object_id) object_id, occurred_at, payload ->> 'format' AS format,
        (payload ->> 'registered')::int AS registered, (payload ->> 'came')::int AS came
    FROM ledger_entry WHERE verb = 'workshop.held' AND occurred_at < %(end)s
    ORDER BY object_id, occurred_at, id
), opened AS (
    SELECT object_id, min(occurred_at) AS occurred_at FROM ledger_entry
    WHERE verb = 'need.opened' AND occurred_at >= %(year)s AND occurred_at < %(end)s GROUP BY object_id
), sessions AS (
    SELECT opened.object_id, greatest(0, extract(epoch FROM min(held.occurred_at) - opened.occurred_at) * 1000000)::bigint AS delay
    FROM opened
    JOIN ledger_entry answered ON answered.verb = 'need.answered' AND answered.object_id = opened.object_id
        AND answered.occurred_at < %(end)s
    JOIN held ON held.object_id = answered.payload ->> 'workshop'
    GROUP BY opened.object_id, opened.occurred_at
)
SELECT (SELECT count(*) FROM opened), (SELECT count(*) FROM sessions),
    (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY delay) FROM sessions),
    (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY delay DESC) FROM sessions),
    (SELECT coalesce(json_agg(json_build_array(format, registered, came) ORDER BY object_id), '[]')
     FROM held WHERE occurred_at >= %(year)s)
"""


def meetings_at(day: date) -> Meetings:
    """The needs and the workshops of the 365 days ending with the day."""
    windows = Windows(day)
    values = {"end": windows.end, "year": midnight(windows.first_day(YEAR_DAYS))}
    with connection.cursor() as cursor:
        cursor.execute(MEETINGS, values)
        needs, sessions, low, high, held = cursor.fetchone()
    return Meetings(needs, sessions, (low, high) if sessions else None, [tuple(one) for one in held])
