"""The figures of one day, computed in SQL from the ledger alone."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection

from relais.indicators import definitions
from relais.indicators.definitions import Knowledge, Ladder, Ratings, Windows
from relais.indicators.queries.initiatives import initiatives_at
from relais.indicators.queries.meetings import meetings_at
from relais.indicators.queries.rhythm import rhythm_at
from relais.indicators.queries.skills import skills_at
from relais.indicators.queries.welcome import welcome_at

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


def knowledge_at(day: date) -> Knowledge:
    """What was asked and passed on up to the end of the day, and not taken back by then."""
    [(cases, answered, solved, answers, contents, low, high)] = _rows(KNOWLEDGE, {"end": Windows(day).end})
    return Knowledge(cases, answered, solved, answers, contents, (low, high) if answered else None)


def ratings_at(day: date) -> Ratings:
    """The ratings that count at the end of the day (METHOD 3.4)."""
    [(raters, low, by_content)] = _rows(RATINGS, {"end": Windows(day).end})
    return Ratings(raters, low, [tuple(group) for group in by_content])


def figures_of(day: date, whole: Ladder) -> dict[str, Any]:
    """The figures of one day, when the ladder of the whole is known."""
    parts = (welcome_at(day), meetings_at(day), initiatives_at(day), skills_at(day), rhythm_at(day))
    return reduce(or_, (part.figures for part in parts), definitions.figures(day, whole, knowledge_at(day), ratings_at(day)))
