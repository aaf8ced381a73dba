"""The figures of one day, computed in SQL from the ledger alone."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from operator import add, or_
from typing import Any

from django.db import connection

from relais.indicators import definitions, what_counts
from relais.indicators.definitions import Knowledge, Ladder, Ratings, Windows
from relais.indicators.queries.initiatives import initiatives_at
from relais.indicators.queries.meetings import meetings_at
from relais.indicators.queries.skills import skills_at
from relais.indicators.queries.welcome import welcome_at

LADDER = """
WITH eligible AS (
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
), worked AS (
    SELECT DISTINCT actor, object_type, object_id FROM ledger_entry
    WHERE verb = 'application.told' AND occurred_at < %(end)s AND payload ->> 'outcome' = 'yes'
), acts AS MATERIALIZED (
    SELECT entry.actor AS person, (entry.occurred_at AT TIME ZONE 'UTC')::date AS day,
        entry.verb = ANY(%(voluntary)s) AS voluntary,
        entry.verb = ANY(%(value)s) AS value,
        entry.verb = ANY(%(transmission)s) AS transmission,
        entry.verb = ANY(%(transmission)s) OR entry.verb = ANY(%(closed)s)
            OR (entry.verb = ANY(%(closed_if_it_worked)s) AND worked.actor IS NOT NULL) AS completes
    FROM ledger_entry entry
    LEFT JOIN worked ON worked.actor = entry.actor AND worked.object_type = entry.object_type AND worked.object_id = entry.object_id
    WHERE entry.actor IS NOT NULL AND entry.occurred_at < %(end)s AND (
        (entry.verb = ANY(%(value)s) AND entry.occurred_at >= %(oldest)s)
        OR ((entry.verb = ANY(%(visit)s) OR entry.verb = ANY(%(voluntary)s)) AND entry.occurred_at >= %(since_active)s)
    )
), rungs AS (
    SELECT person,
        bool_or(day >= %(active_day)s) AS reached,
        bool_or(voluntary AND day >= %(active_day)s) AS active,
        bool_or(transmission AND day >= %(engaged_day)s) AS transmitter,
        count(*) FILTER (WHERE value AND day >= %(engaged_day)s) >= %(enough)s
            AND min(day) FILTER (WHERE value AND day >= %(engaged_day)s) < max(day) FILTER (WHERE value)
            AND bool_or(completes AND day >= %(engaged_day)s) AS engaged
    FROM acts GROUP BY person
), windows AS (
    SELECT person, day, count(*) OVER span AS acts, bool_or(completes) OVER span AS completes, min(day) OVER span AS first_day
    FROM acts WHERE value
    WINDOW span AS (PARTITION BY person ORDER BY day RANGE BETWEEN %(reach)s PRECEDING AND CURRENT ROW)
), year AS (
    SELECT person FROM windows WHERE day >= %(year_day)s AND acts >= %(enough)s AND completes AND first_day < day
    UNION
    SELECT person FROM acts WHERE value AND day <= %(year_day)s
    GROUP BY person HAVING count(*) >= %(enough)s AND min(day) < max(day) AND bool_or(completes)
)
SELECT eligible.unit, count(*),
    count(*) FILTER (WHERE rungs.reached), count(*) FILTER (WHERE rungs.active), count(*) FILTER (WHERE rungs.engaged),
    count(*) FILTER (WHERE rungs.transmitter), count(year.person)
FROM eligible LEFT JOIN rungs USING (person) LEFT JOIN year USING (person)
GROUP BY eligible.unit
"""

KNOWLEDGE = """
WITH withdrawn AS (
    SELECT DISTINCT object_type, object_id FROM ledger_entry
    WHERE verb IN ('use_case.withdrawn', 'answer.withdrawn', 'content.withdrawn') AND occurred_at < %(end)s
), standing AS (
    SELECT verb, object_id, occurred_at, payload ->> 'use_case' AS use_case
    FROM ledger_entry entry
    WHERE verb IN ('use_case.asked', 'answer.published', 'content.published', 'content.linked') AND occurred_at < %(end)s
    AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.object_type = entry.object_type AND withdrawn.object_id = entry.object_id)
), first_answers AS (
    SELECT use_case, min(occurred_at) AS occurred_at FROM standing WHERE verb <> 'use_case.asked' GROUP BY use_case
), solving AS (
    SELECT DISTINCT ON (object_id) object_id, verb FROM ledger_entry
    WHERE verb IN ('use_case.solved', 'use_case.reopened') AND occurred_at < %(end)s
    ORDER BY object_id, occurred_at DESC, id DESC
), cases AS (
    SELECT solving.verb = 'use_case.solved' AS solved, first_answers.use_case IS NOT NULL AS answered,
        greatest(0, extract(epoch FROM first_answers.occurred_at - asked.occurred_at) * 1000000)::bigint AS delay
    FROM standing asked
    LEFT JOIN first_answers ON first_answers.use_case = asked.object_id
    LEFT JOIN solving ON solving.object_id = asked.object_id
    WHERE asked.verb = 'use_case.asked'
)
SELECT count(*), count(*) FILTER (WHERE answered), count(*) FILTER (WHERE solved),
    (SELECT count(*) FROM standing WHERE verb = 'answer.published'), (SELECT count(*) FROM standing WHERE verb = 'content.published'),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY delay) FILTER (WHERE answered),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY delay DESC) FILTER (WHERE answered)
FROM cases
"""

RATINGS = """
WITH latest AS (
    SELECT DISTINCT ON (actor, object_type, object_id) id, actor, object_type, object_id,
        (occurred_at AT TIME ZONE 'UTC')::date AS day, (payload ->> 'score')::int AS score,
        coalesce((payload ->> 'in_line')::boolean, false) AS in_line, payload -> 'authors' AS authors
    FROM ledger_entry WHERE verb = 'contribution.rated' AND actor IS NOT NULL AND occurred_at < %(end)s
    ORDER BY actor, object_type, object_id, occurred_at DESC, id DESC
), given AS (
    SELECT latest.id, latest.actor, latest.day, author::uuid AS author
    FROM latest, jsonb_array_elements_text(latest.authors) AS author
), excluded AS (
    SELECT id FROM given WHERE actor = author
    UNION
    SELECT given.id FROM given JOIN given back ON back.actor = given.author AND back.author = given.actor AND back.day = given.day
), counted AS (
    SELECT * FROM latest WHERE NOT in_line AND id NOT IN (SELECT id FROM excluded)
), contents AS (
    SELECT count(*) AS ratings, sum(score) AS total FROM counted GROUP BY object_type, object_id
)
SELECT (SELECT count(DISTINCT actor) FROM counted), (SELECT count(*) FROM counted WHERE score <= 2),
    (SELECT coalesce(json_agg(json_build_array(ratings, total, times)), '[]')
     FROM (SELECT ratings, total, count(*) AS times FROM contents GROUP BY ratings, total) grouped)
"""


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _flags() -> dict[str, Any]:
    return {flag: what_counts.verbs(flag) for flag in what_counts.FLAGS}


def ladders_at(day: date) -> dict[int | None, Ladder]:
    """The ladder of each unit as people were placed on the 1st of the month; None holds those without a unit."""
    windows = Windows(day)
    oldest = windows.first_day(definitions.YEAR_DAYS + definitions.ENGAGED_DAYS - 1)
    values = _flags() | {
        "end": windows.end,
        "frozen": windows.frozen,
        "settled": windows.settled,
        "oldest": definitions.midnight(oldest),
        "since_active": definitions.midnight(windows.first_day(definitions.ACTIVE_DAYS)),
        "active_day": windows.first_day(definitions.ACTIVE_DAYS),
        "engaged_day": windows.first_day(definitions.ENGAGED_DAYS),
        "year_day": windows.first_day(definitions.YEAR_DAYS),
        "reach": timedelta(definitions.ENGAGED_DAYS - 1),
        "enough": definitions.ENGAGED_ACTS,
    }
    return {unit: Ladder(*counts) for unit, *counts in _rows(LADDER, values)}


def knowledge_at(day: date) -> Knowledge:
    """What was asked and passed on up to the end of the day, and not taken back by then."""
    [(cases, answered, solved, answers, contents, low, high)] = _rows(KNOWLEDGE, {"end": Windows(day).end})
    return Knowledge(cases, answered, solved, answers, contents, (low, high) if answered else None)


def ratings_at(day: date) -> Ratings:
    """The ratings that count at the end of the day (METHOD 3.4)."""
    [(raters, low, by_content)] = _rows(RATINGS, {"end": Windows(day).end})
    return Ratings(raters, low, [tuple(group) for group in by_content])


def first_day() -> date | None:
    """The day of the first act of the community, arrivals apart: where its series starts."""
    [(first,)] = _rows("SELECT min((occurred_at AT TIME ZONE 'UTC')::date) FROM ledger_entry WHERE verb = ANY(%(value)s)", _flags())
    return first if isinstance(first, date) else None


def figures_at(day: date) -> dict[str, Any]:
    """The figures of one day, as `relais figures --json` prints them."""
    whole = reduce(add, ladders_at(day).values(), Ladder())
    return figures_of(day, whole)


def figures_of(day: date, whole: Ladder) -> dict[str, Any]:
    """The same, when the ladder of the whole is known."""
    parts = (welcome_at(day), meetings_at(day), initiatives_at(day), skills_at(day))
    return reduce(or_, (part.figures for part in parts), definitions.figures(day, whole, knowledge_at(day), ratings_at(day)))
