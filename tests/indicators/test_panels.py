"""Teams week by week, against the same counted by hand from the entries."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.indicators import what_counts
from relais.indicators.actions.days import keep_days
from relais.indicators.queries.panels import OUTCOMES, cells, monday_of, week_of
from relais.ledger.models import Entry
from tests.factories import make_unit
from tests.indicators.histories import arrived, fact

MONDAY, WEEKS = date(2026, 2, 2), 5
VERBS = ("person.visited", "circle.joined", "use_case.asked", "answer.published", "workshop.rated", "person.paused")
COUNTED = {
    "value > 0": {"value"},
    "voluntary > 0": {"voluntary"},
    "(visited OR voluntary > 0)": {"visit", "voluntary"},
    "given > 0": {"transmission"},
}


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_week_begins_on_its_monday_and_lasts_seven_days(day: date) -> None:
    monday = monday_of(week_of(day))

    assert monday.weekday() == 0
    assert monday <= day < monday + timedelta(7)
    assert week_of(monday - timedelta(1)) == week_of(day) - 1


def by_hand(indicator: str, entries: list[Entry], homes: dict[UUID, int]) -> dict[tuple[str, int], int]:
    """How many people of each team did it in each week, one entry after the other."""
    flags = COUNTED[OUTCOMES[indicator]]
    found: dict[tuple[str, int], set[UUID]] = defaultdict(set)
    for entry in entries:
        counts = what_counts.WHAT_COUNTS[entry.verb]
        if entry.actor in homes and any(getattr(counts, flag) for flag in flags):
            found[str(homes[entry.actor]), week_of(entry.occurred_at.date())].add(entry.actor)
    return {key: len(people) for key, people in found.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_cells_are_what_one_counts_by_hand(seed: int) -> None:
    dice, units = Random(seed), [make_unit(f"Équipe {number}").pk for number in range(3)]
    homes = {UUID(int=number + 1): dice.choice(units) for number in range(12)}
    homeless = UUID(int=99)
    entries = [
        fact(
            dice.choice(VERBS),
            dice.choice([*homes, homeless]),
            datetime.combine(MONDAY + timedelta(dice.randrange(-3, 7 * WEEKS + 3)), dice.choice([time.min, time(12), time.max]), UTC),
            "contribution",
            str(number),
            {"use_case": 1},
        )
        for number in range(150)
    ]
    Entry.objects.bulk_create([*(arrived(person, datetime(2025, 1, 1, tzinfo=UTC), unit) for person, unit in homes.items()), *entries])
    keep_days()

    for indicator in OUTCOMES:
        found = cells(indicator, MONDAY, MONDAY + timedelta(7 * WEEKS - 1), placed=MONDAY)

        expected = by_hand(indicator, entries, homes)
        assert {(cell.team, cell.period): cell.marked for cell in found if cell.marked} == {
            key: count for key, count in expected.items() if week_of(MONDAY) <= key[1] < week_of(MONDAY) + WEEKS
        }
        assert {cell.period for cell in found} == set(range(week_of(MONDAY), week_of(MONDAY) + WEEKS))
        assert sum(cell.people for cell in found) == len(homes) * WEEKS


@pytest.mark.django_db
def test_people_are_counted_where_they_were_placed_on_the_first_of_the_month() -> None:
    old, new, person = make_unit("Avant").pk, make_unit("Après").pk, UUID(int=1)
    moved = fact("person.moved", None, datetime(2026, 2, 10, tzinfo=UTC), "person", str(person), unit=new)
    Entry.objects.bulk_create([arrived(person, datetime(2025, 1, 1, tzinfo=UTC), old), moved])

    before, after = (cells("active_share", MONDAY, MONDAY + timedelta(6), placed=day) for day in (MONDAY, date(2026, 3, 2)))

    assert [[cell.team for cell in each] for each in (before, after)] == [[str(old)], [str(new)]]
