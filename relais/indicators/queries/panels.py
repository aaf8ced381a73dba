"""Teams week by week: how many people each has, and how many of them did the thing that is measured. What effects are read on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import connection

from relais.indicators.definitions import Windows
from relais.indicators.effects.cells import Cell
from relais.indicators.queries.ladder import ELIGIBLE, days_of

EPOCH = date(2024, 1, 1)  # a Monday: weeks are numbered from it
# What is counted of a person in a week, for the indicators that people make; another is not read by teams.
OUTCOMES = {
    "engagement": "value > 0",
    "stickiness": "value > 0",
    "survival_m1": "value > 0",
    "active_share": "voluntary > 0",
    "reached_share": "(visited OR voluntary > 0)",
    "transmitters_share": "given > 0",
}

CELLS = """
WITH eligible AS ({eligible}), teams AS (
    SELECT unit, count(*) AS people FROM eligible WHERE unit IS NOT NULL GROUP BY unit
), acts AS (
    SELECT eligible.unit, (day - %(epoch)s) / 7 AS week, count(DISTINCT person) AS marked
    FROM indicators_personday JOIN eligible USING (person)
    WHERE {outcome} AND day BETWEEN %(first)s AND %(last)s AND eligible.unit IS NOT NULL GROUP BY 1, 2
)
SELECT teams.unit, weeks.week, teams.people, coalesce(acts.marked, 0)
FROM teams CROSS JOIN generate_series((%(first)s - %(epoch)s) / 7, (%(last)s - %(epoch)s) / 7) AS weeks(week)
LEFT JOIN acts ON acts.unit = teams.unit AND acts.week = weeks.week
ORDER BY 1, 2
"""


def week_of(day: date) -> int:
    """The number of the week of a day."""
    return (day - EPOCH).days // 7


def monday_of(week: int) -> date:
    return EPOCH + timedelta(7 * week)


def cells(indicator: str, first: date, last: date, *, placed: date, units: Collection[int] = ()) -> list[Cell]:
    """From a Monday to a Sunday, for people as they were placed on the 1st of `placed`'s month; of some units, or of all of them."""
    values: dict[str, Any] = days_of(Windows(placed)) | {"epoch": EPOCH, "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(CELLS.format(eligible=ELIGIBLE, outcome=OUTCOMES[indicator]), values)
        rows = cursor.fetchall()
    return [Cell(str(unit), week, people, marked) for unit, week, people, marked in rows if not units or unit in units]
