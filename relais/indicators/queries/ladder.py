"""Where each person stands on the ladder, read from the days that the ledger was condensed into."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Min

from relais.indicators import definitions
from relais.indicators.definitions import Ladder, Windows
from relais.indicators.models import PersonDay

ELIGIBLE = """
    SELECT arrived.object_id::uuid AS person, home.unit
    FROM (
        SELECT DISTINCT ON (object_id) object_id, occurred_at FROM ledger_entry
        WHERE verb = 'person.arrived' AND occurred_at <= %(settled)s
        ORDER BY object_id, occurred_at DESC
    ) arrived
    JOIN (
        SELECT DISTINCT ON (object_id) object_id, unit FROM ledger_entry
        WHERE verb IN ('person.arrived', 'person.moved') AND occurred_at <= %(frozen)s
        ORDER BY object_id, occurred_at DESC, id DESC
    ) home USING (object_id)
    WHERE NOT EXISTS (
        SELECT 1 FROM ledger_entry departed
        WHERE departed.verb = 'person.departed' AND departed.object_id = arrived.object_id
        AND departed.occurred_at >= arrived.occurred_at AND departed.occurred_at < %(frozen)s
    )
"""

LADDER = """
WITH eligible AS ({eligible}), rungs AS (
    SELECT person,
        bool_or(day >= %(active_day)s AND (visited OR voluntary > 0)) AS reached,
        bool_or(day >= %(active_day)s AND voluntary > 0) AS active,
        bool_or(given > 0) AS transmitter,
        sum(value) >= %(enough)s AND count(*) FILTER (WHERE value > 0) > 1 AND min(completes_from) <= %(at)s AS engaged
    FROM indicators_personday WHERE day BETWEEN %(engaged_day)s AND %(at)s AND (value > 0 OR day >= %(active_day)s)
    GROUP BY person
), windows AS (
    SELECT person, day, sum(value) OVER span AS acts, min(completes_from) OVER span AS completes_from, min(day) OVER span AS first_day
    FROM indicators_personday WHERE value > 0 AND day BETWEEN %(oldest)s AND %(at)s
    WINDOW span AS (PARTITION BY person ORDER BY day RANGE BETWEEN %(reach)s PRECEDING AND CURRENT ROW)
), year AS (
    SELECT person FROM windows WHERE day >= %(year_day)s AND acts >= %(enough)s AND completes_from <= %(at)s AND first_day < day
    UNION
    SELECT person FROM indicators_personday WHERE value > 0 AND day BETWEEN %(oldest)s AND %(year_day)s
    GROUP BY person HAVING sum(value) >= %(enough)s AND count(*) > 1 AND min(completes_from) <= %(at)s
)
SELECT eligible.unit, count(*),
    count(*) FILTER (WHERE rungs.reached), count(*) FILTER (WHERE rungs.active), count(*) FILTER (WHERE rungs.engaged),
    count(*) FILTER (WHERE rungs.transmitter), count(year.person)
FROM eligible LEFT JOIN rungs USING (person) LEFT JOIN year USING (person)
GROUP BY eligible.unit
"""


def days_of(windows: Windows) -> dict[str, Any]:
    """The moments that statements about one day name."""
    return {
        "at": windows.at,
        "frozen": windows.frozen,
        "settled": windows.settled,
        "active_day": windows.first_day(definitions.ACTIVE_DAYS),
        "engaged_day": windows.first_day(definitions.ENGAGED_DAYS),
        "year_day": windows.first_day(definitions.YEAR_DAYS),
        "oldest": windows.first_day(definitions.YEAR_DAYS + definitions.ENGAGED_DAYS - 1),
        "reach": timedelta(definitions.ENGAGED_DAYS - 1),
        "enough": definitions.ENGAGED_ACTS,
    }


def ladders_at(day: date) -> dict[int | None, Ladder]:
    """The ladder of each unit as people were placed on the 1st of the month; None holds those without a unit."""
    with connection.cursor() as cursor:
        cursor.execute(LADDER.format(eligible=ELIGIBLE), days_of(Windows(day)))
        return {unit: Ladder(*counts) for unit, *counts in cursor.fetchall()}


def first_day() -> date | None:
    """The day of the first act of value in the community: where its series starts."""
    first: date | None = PersonDay.objects.filter(value__gt=0).aggregate(first=Min("day"))["first"]
    return first
