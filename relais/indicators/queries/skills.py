"""Skills detected and certified, told by the ledger (F15)."""

from __future__ import annotations

from datetime import date

from django.db import connection

from relais.indicators.definitions import Skills, Windows

CERTIFIED = 3  # level 3, *certified by peers* (METHOD 3.5)

SKILLS = """
WITH answers AS (
    SELECT DISTINCT ON (object_id) verb, payload ->> 'skill' AS skill FROM ledger_entry
    WHERE verb IN ('skill.accepted', 'skill.kept', 'skill.refused') AND occurred_at < %(end)s
    ORDER BY object_id, occurred_at DESC, id DESC
), gone AS (
    SELECT object_id AS person, max(occurred_at) AS at FROM ledger_entry
    WHERE verb IN ('person.left', 'person.departed') AND occurred_at < %(end)s GROUP BY object_id
), levels AS (
    SELECT DISTINCT ON (object_id) occurred_at,
        payload ->> 'skill' AS skill, payload ->> 'person' AS person, (payload ->> 'after')::int AS level
    FROM ledger_entry WHERE verb = 'level.changed' AND occurred_at < %(end)s
    ORDER BY object_id, occurred_at DESC, id DESC
)
SELECT (SELECT coalesce(json_agg(DISTINCT skill), '[]') FROM answers WHERE verb <> 'skill.refused'),
    (SELECT coalesce(json_agg(DISTINCT skill), '[]') FROM levels LEFT JOIN gone USING (person)
     WHERE level >= %(certified)s AND (gone.at IS NULL OR gone.at < levels.occurred_at)),
    (SELECT coalesce(json_object_agg(object_id, payload ->> 'into'), '{}') FROM ledger_entry
     WHERE verb = 'skill.merged' AND occurred_at < %(end)s)
"""


def skills_at(day: date) -> Skills:
    """The skills that somebody recognised as theirs, and those that somebody here is certified in, at the end of the day."""
    with connection.cursor() as cursor:
        cursor.execute(SKILLS, {"end": Windows(day).end, "certified": CERTIFIED})
        detected, certified, merged = cursor.fetchone()
    return Skills(detected, certified, merged)
