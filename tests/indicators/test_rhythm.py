"""Regularity, giving and taking, coming back, what worked: each at the edges of its window."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from relais.indicators.actions.figures import figures_at
from relais.ledger.models import Entry
from tests.indicators.histories import arrived, fact

pytestmark = pytest.mark.django_db
AT = date(2026, 3, 31)
PEOPLE = [UUID(int=n + 1) for n in range(10)]


def noon(days_ago: int) -> datetime:
    return datetime.combine(AT - timedelta(days_ago), time(12), UTC)


def settle(*entries: Entry) -> None:
    Entry.objects.bulk_create([*(arrived(person, noon(600)) for person in PEOPLE), *entries])


def each(verb: str, days_ago: int, people: int = 5, **payload: Any) -> list[Entry]:
    """The first so many people do it, each about a thing of their own."""
    return [fact(verb, person, noon(days_ago), "contribution", str(person.int), payload) for person in PEOPLE[:people]]


def test_who_acts_every_week_is_told_from_who_acts_once() -> None:
    weekly = [entry for days in (0, 7, 14, 27) for entry in each("use_case.asked", days)]
    once = [fact("use_case.asked", person, noon(6), "usecase", "9") for person in PEOPLE[5:]]
    settle(*weekly, *once)

    figures = figures_at(AT)

    assert (figures["wae"], figures["mae"], figures["stickiness"]) == (6.3, 10, 0.625)


def test_twenty_ninth_day_belongs_to_no_week() -> None:
    settle(*each("use_case.asked", 28))

    assert figures_at(AT)["mae"] is None


@pytest.mark.parametrize(("givers", "reciprocity"), [(5, 0.83), (4, None)])
def test_giving_is_compared_with_taking_from_five_people_each(givers: int, reciprocity: float | None) -> None:
    settle(*each("answer.published", 89, givers, use_case=1), *each("workshop.rated", 0, 6))

    figures = figures_at(AT)

    assert (figures["acts_given"], figures["acts_received"], figures["reciprocity"]) == (
        (givers, 6, reciprocity) if reciprocity else (None, None, None)
    )


@pytest.mark.parametrize(("later", "share"), [(27, None), (28, 0.5), (55, 0.5), (56, None)])
def test_who_comes_back_in_the_second_month_survives_it(later: int, share: float | None) -> None:
    settle(*each("circle.joined", 100, 10), *each("circle.joined", 100 - later))

    figures = figures_at(AT)

    assert (figures["begun_m1"], figures["survival_m1"]) == (10, share)


def test_who_began_too_lately_to_be_looked_at_is_not_counted() -> None:
    settle(*each("circle.joined", 54))

    assert figures_at(AT)["begun_m1"] is None


def test_last_word_tells_whether_it_worked() -> None:
    first = each("application.told", 20, 6, outcome="yes")
    changed = fact("application.told", PEOPLE[0], noon(19), "contribution", "1", {"outcome": "no"})
    settle(*each("application.reported", 30, 8), *first, changed)

    figures = figures_at(AT)

    assert (figures["outcomes_due"], figures["outcomes_told"], figures["outcomes_told_share"]) == (8, 6, 0.75)
    assert (figures["worked_share"], figures["worked_interval"]) == (0.8333, [0.4365, 0.9699])


@pytest.mark.parametrize(("days", "due"), [(13, 0), (14, 5), (103, 5), (104, 0)])
def test_fourteen_days_must_have_gone_by(days: int, due: int) -> None:
    settle(*each("application.reported", days))

    figures = figures_at(AT)

    assert (figures["outcomes_due"], figures["outcomes_told"], figures["worked_share"]) == (due, None, None)
