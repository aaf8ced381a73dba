"""How regularly people act, whether they come back, and whether what they took worked: read from the days of people, and the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from relais.indicators.definitions import (
    ENGAGED_DAYS,
    OUTCOME_DAYS,
    SURVIVALS,
    YEAR_DAYS,
    Outcomes,
    Rhythm,
    Survival,
    Windows,
    midnight,
)
from relais.indicators.queries.ladder import ELIGIBLE, days_of

RHYTHM = """
WITH eligible AS ({eligible}), acts AS (
    SELECT person, %(at)s - day AS ago, given, received FROM indicators_personday JOIN eligible USING (person)
    WHERE day BETWEEN %(engaged_day)s AND %(at)s AND value > 0
)
SELECT count(DISTINCT person) FILTER (WHERE ago / 7 = 0), count(DISTINCT person) FILTER (WHERE ago / 7 = 1),
    count(DISTINCT person) FILTER (WHERE ago / 7 = 2), count(DISTINCT person) FILTER (WHERE ago / 7 = 3),
    count(DISTINCT person) FILTER (WHERE ago / 7 < 4),
    count(DISTINCT person) FILTER (WHERE given > 0), count(DISTINCT person) FILTER (WHERE received > 0),
    coalesce(sum(given), 0), coalesce(sum(received), 0)
FROM acts
"""

# Who began on which day, and of those whose period of looking is over, who came back in it.
SURVIVAL = """
WITH begun AS MATERIALIZED (
    SELECT person, min(day) AS day FROM indicators_personday WHERE voluntary > 0 AND day <= %(at)s GROUP BY person
)
SELECT period.name, count(*), count(*) FILTER (WHERE EXISTS (
    SELECT FROM indicators_personday later WHERE later.person = begun.person AND later.voluntary > 0
    AND later.day BETWEEN begun.day + period.first AND begun.day + period.last))
FROM begun JOIN unnest(%(names)s::text[], %(firsts)s::int[], %(lasts)s::int[]) AS period(name, first, last)
    ON begun.day BETWEEN %(at)s - period.last - %(year)s + 1 AND %(at)s - period.last
GROUP BY period.name
"""

# Each contribution that somebody applied, once, on the last day they said so; told: the last word on it.
OUTCOMES = """
WITH applied AS MATERIALIZED (
    SELECT actor, object_type, object_id FROM ledger_entry
    WHERE verb = 'application.reported' AND actor IS NOT NULL AND occurred_at >= %(first)s AND occurred_at < %(end)s
    GROUP BY actor, object_type, object_id HAVING max(occurred_at) < %(due)s
), words AS MATERIALIZED (
    SELECT id, actor, object_type, object_id, occurred_at, payload ->> 'outcome' AS outcome
    FROM ledger_entry WHERE verb = 'application.told' AND occurred_at < %(end)s
), told AS (
    SELECT DISTINCT ON (actor, object_type, object_id) actor, outcome FROM words JOIN applied USING (actor, object_type, object_id)
    ORDER BY actor, object_type, object_id, occurred_at DESC, id DESC
)
SELECT (SELECT count(*) FROM applied), (SELECT count(*) FROM told), (SELECT count(*) FROM told WHERE outcome = 'yes'),
    (SELECT count(DISTINCT actor) FROM told)
"""


def rhythm_at(day: date) -> Rhythm:
    """The rhythm of the four weeks, the giving and taking of the ninety days, who came back, and what worked."""
    windows = Windows(day)
    [(*weekly, monthly, givers, takers, given, received)] = _rows(RHYTHM.format(eligible=ELIGIBLE), days_of(windows))
    return Rhythm(tuple(weekly), monthly, givers, takers, given, received, _survivals(day), _outcomes(windows))


def _survivals(day: date) -> dict[str, Survival]:
    firsts, lasts = zip(*SURVIVALS.values(), strict=True)
    values = {"at": day, "year": YEAR_DAYS, "names": list(SURVIVALS), "firsts": list(firsts), "lasts": list(lasts)}
    found = {name: Survival(*counts) for name, *counts in _rows(SURVIVAL, values)}
    return {name: found.get(name, Survival(0, 0)) for name in SURVIVALS}


def _outcomes(windows: Windows) -> Outcomes:
    first, due = (midnight(windows.first_day(days)) for days in (ENGAGED_DAYS + OUTCOME_DAYS, OUTCOME_DAYS))
    [counts] = _rows(OUTCOMES, {"end": windows.end, "first": first, "due": due})
    return Outcomes(*counts)


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
