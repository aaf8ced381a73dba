"""A ledger of any length, made in SQL: so many people in so many units, who did so many things over two years."""

from __future__ import annotations

from django.db import connection

DAYS, UNITS, OBJECTS = 730, 400, 50  # of history; places; one thing made for that many entries
# The verbs of a lived year, each as often as it stands here (in a hundred).
MIX = (
    ("person.visited", 68),
    ("use_case.asked", 2),
    ("use_case.supported", 5),
    ("answer.published", 6),
    ("content.published", 1),
    ("application.reported", 4),
    ("application.told", 2),
    ("contribution.rated", 6),
    ("workshop.registered", 2),
    ("workshop.rated", 1),
    ("use_case.solved", 1),
    ("circle.joined", 2),
)
PERSON = "md5('person ' || {n})::uuid"

PEOPLE = f"""
INSERT INTO ledger_entry (occurred_at, recorded_at, verb, object_type, object_id, unit, payload)
SELECT date_trunc('day', now()) - interval '1 day' * %(days)s, now() - interval '1 day' * %(days)s, 'person.arrived', 'person',
    {PERSON.format(n="n")}::text, 1 + n %% %(units)s, '{{}}'
FROM generate_series(1, %(people)s) AS n
"""

ACTS = f"""
WITH dice AS (
    SELECT n, 1 + floor(%(people)s * power(random(), 2.2))::int AS who, random() AS kind,
        date_trunc('day', now()) - interval '1 second' * (1 + 86400 * %(days)s * (1 - n::float8 / %(entries)s)) AS moment,
        1 + floor(random() * %(objects)s)::int AS thing, random() AS luck
    FROM generate_series(%(first)s, %(last)s) AS n
), drawn AS (
    SELECT *, (%(verbs)s::text[])[width_bucket(kind, %(bounds)s::float8[])] AS verb FROM dice
)
INSERT INTO ledger_entry (occurred_at, recorded_at, actor, verb, object_type, object_id, unit, payload)
SELECT moment, moment, {PERSON.format(n="who")}, verb,
    CASE WHEN verb LIKE 'use_case%%' THEN 'usecase' WHEN verb LIKE 'workshop%%' THEN 'workshop' ELSE 'contribution' END,
    CASE WHEN verb IN ('use_case.asked', 'answer.published', 'content.published') THEN n ELSE thing END,
    1 + who %% %(units)s,
    CASE verb WHEN 'answer.published' THEN jsonb_build_object('use_case', thing::text)
        WHEN 'content.published' THEN jsonb_build_object('use_case', thing::text)
        WHEN 'application.told' THEN jsonb_build_object('outcome', CASE WHEN luck < .7 THEN 'yes' ELSE 'no' END, 'minutes_saved', 15)
        WHEN 'contribution.rated' THEN
            jsonb_build_object('score', 3 + floor(luck * 3)::int, 'authors', jsonb_build_array(md5('person ' || thing)), 'in_line', false)
        ELSE '{{}}' END
FROM drawn
"""

BATCH = 1_000_000


def add(people: int, entries: int, count: int) -> None:
    """So many more, of yesterday, of the same people and things."""
    values = {"people": people, "days": DAYS, "units": UNITS, "objects": max(entries // OBJECTS, 1), "entries": entries}
    bounds = [sum(weight for _verb, weight in MIX[:n]) / 100 for n in range(len(MIX))]
    more = {"first": entries + 1, "last": entries + count, "verbs": [verb for verb, _weight in MIX], "bounds": bounds}
    with connection.cursor() as cursor:
        cursor.execute(ACTS.replace("%(days)s * (1 - n::float8 / %(entries)s)", "random()"), values | more)


def fill(people: int, entries: int) -> None:
    """Write the arrivals, then the acts, in the order of their days, up to yesterday evening; indexes are made anew at the end."""
    bounds = [sum(weight for _verb, weight in MIX[:n]) / 100 for n in range(len(MIX))]
    values = {"people": people, "days": DAYS, "units": UNITS, "objects": max(entries // OBJECTS, 1), "entries": entries}
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'ledger_entry' AND indexname NOT LIKE '%pkey'")
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(PEOPLE, values)
        for first in range(1, entries + 1, BATCH):
            more = {"first": first, "last": min(first + BATCH - 1, entries), "verbs": [verb for verb, _weight in MIX], "bounds": bounds}
            cursor.execute(ACTS, values | more)
        for _name, definition in indexes:
            cursor.execute(definition)
        cursor.execute("ANALYZE ledger_entry")
