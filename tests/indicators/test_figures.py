"""The edges of every definition, one by one; five people are enough to be told of, so casts have five."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from relais.indicators.actions.figures import figures_at
from relais.indicators.definitions import midnight
from relais.indicators.queries.ladder import ladders_at
from relais.ledger.models import Entry
from tests.indicators.histories import arrived, fact

pytestmark = pytest.mark.django_db
AT = date(2026, 3, 31)
LAST_MOMENT = datetime.combine(AT, time.max, UTC)
FIVE = [UUID(int=n + 1) for n in range(5)]


def days_before(days: int) -> datetime:
    """The first instant of the day that many days before AT."""
    return midnight(AT - timedelta(days))


def settle(since: datetime | None = None) -> None:
    """Five people in the perimeter."""
    Entry.objects.bulk_create(arrived(person, since or days_before(600)) for person in FIVE)


def each(verb: str, moment: datetime, object_type: str = "contribution", **payload: Any) -> None:
    """Each of the five does it, with a thing of their own."""
    Entry.objects.bulk_create(fact(verb, person, moment, object_type, f"{person.int}", payload) for person in FIVE)


def rung(name: str) -> object:
    return figures_at(AT)[name]


@pytest.mark.parametrize(
    ("since", "eligible"),
    [
        (datetime(2026, 1, 30, tzinfo=UTC), 5),
        (datetime(2026, 1, 30, 0, 0, 0, 1, tzinfo=UTC), None),
        (datetime(2026, 2, 1, tzinfo=UTC), None),
    ],
)
def test_eligible_since_thirty_days_on_the_first(since: datetime, eligible: int | None) -> None:
    settle(since)

    assert rung("eligible") == eligible


@pytest.mark.parametrize(("gone", "eligible"), [(datetime(2026, 2, 28, 23, 59, tzinfo=UTC), None), (datetime(2026, 3, 1, tzinfo=UTC), 5)])
def test_departed_before_the_first_is_not_eligible(gone: datetime, eligible: int | None) -> None:
    settle()
    Entry.objects.bulk_create([fact("person.departed", None, gone, "person", str(FIVE[0]))])

    assert rung("eligible") == eligible


def test_who_comes_back_is_eligible_again() -> None:
    settle()
    gone, back = days_before(300), days_before(200)
    Entry.objects.bulk_create(fact("person.departed", None, gone, "person", str(person)) for person in FIVE)
    Entry.objects.bulk_create(arrived(person, back) for person in FIVE)

    assert rung("eligible") == 5


def test_who_leaves_the_community_stays_eligible() -> None:
    settle()
    each("person.left", days_before(90), "person")

    assert rung("eligible") == 5


@pytest.mark.parametrize(
    ("verb", "moment", "rungs"),
    [
        ("person.visited", days_before(27), (5, None)),
        ("person.visited", days_before(28), (None, None)),
        ("person.visited", LAST_MOMENT, (5, None)),
        ("person.visited", days_before(-1), (None, None)),
        ("contribution.questioned", days_before(27), (5, 5)),
        ("contribution.questioned", days_before(28), (None, None)),
        ("role.granted", LAST_MOMENT, (None, None)),
    ],
)
def test_reached_and_active_look_at_28_days(verb: str, moment: datetime, rungs: tuple[int | None, int | None]) -> None:
    settle()
    each(verb, moment)

    assert (rung("reached"), rung("active")) == rungs


def act(days: list[int], verb: str = "use_case.asked") -> None:
    for number, day in enumerate(days):
        for person in FIVE:
            fact(verb, person, days_before(day), "usecase", f"{person.int}-{number}", {"use_case": 0}).save()


@pytest.mark.parametrize(
    ("asked", "answered", "engaged"),
    [
        ([0, 0], [89], 5),
        ([0, 0], [90], None),
        ([0, 0], [0], None),  # one day only
        ([0], [1], None),  # two acts only
        ([0, 1, 2], [], None),  # nothing passed on
        ([], [0, 0, 1], 5),
    ],
)
def test_engaged_takes_three_acts_on_two_days_with_one_that_completes(asked: list[int], answered: list[int], engaged: int | None) -> None:
    settle()
    act(asked)
    act(answered, "answer.published")

    assert rung("engaged") == engaged


@pytest.mark.parametrize(
    ("outcome", "told", "engaged"),
    [("yes", 0, 5), ("partly", 0, None), ("no", 0, None), ("yes", -1, None)],
)
def test_application_completes_once_told_that_it_worked(outcome: str, told: int, engaged: int | None) -> None:
    settle()
    act([20, 20])
    each("application.reported", days_before(15))
    each("application.told", days_before(told), outcome=outcome)

    assert rung("engaged") == engaged


def test_solving_completes() -> None:
    settle()
    act([20, 20])
    act([15], "use_case.solved")

    assert rung("engaged") == 5


@pytest.mark.parametrize(
    ("days", "engaged"),
    [
        ([453, 453, 364], 5),  # the window that ends on the first of the 365 days
        ([454, 454, 364], None),
        ([453, 365, 365], 5),
        ([454, 366, 366], None),
        ([100, 189, 189], 5),
        ([100, 190, 190], None),
    ],
)
def test_engaged_in_twelve_months_is_any_window_that_ends_in_the_year(days: list[int], engaged: int | None) -> None:
    settle()
    act(days, "answer.published")

    assert (rung("engaged_12_months"), rung("engaged")) == (engaged, None)


def test_transmitters_look_at_90_days() -> None:
    settle()
    act([89], "content.published")

    assert rung("transmitters") == 5
    assert figures_at(AT + timedelta(1))["transmitters"] is None


def test_fewer_than_five_people_are_never_told() -> None:
    figures = figures_at(AT)

    assert [figures[name] for name in ("eligible", "engaged", "engagement", "engagement_interval", "raters", "relevance")] == [None] * 6
    assert [figures[name] for name in ("use_cases", "answers", "ratings", "median_hours_to_first_answer")] == [0, 0, 0, None]


def test_first_answer_counts_without_what_was_withdrawn() -> None:
    person, asked = FIVE[0], days_before(9)
    hour = timedelta(hours=1)
    Entry.objects.bulk_create(
        [
            fact("use_case.asked", person, asked, "usecase", "1"),
            fact("use_case.asked", person, asked, "usecase", "2"),
            fact("use_case.asked", person, asked, "usecase", "3"),
            fact("use_case.withdrawn", person, asked, "usecase", "3"),
            fact("answer.published", person, asked + hour, "contribution", "1", {"use_case": 1}),
            fact("answer.withdrawn", person, asked + 2 * hour, "contribution", "1"),
            fact("content.published", person, asked + 5 * hour, "contribution", "2", {"use_case": 1}),
            fact("content.linked", person, asked + 8 * hour, "contribution", "2", {"use_case": 2}),
            fact("use_case.solved", person, asked + 9 * hour, "usecase", "1"),
            fact("use_case.solved", person, asked + 9 * hour, "usecase", "2"),
            fact("use_case.reopened", person, asked + 10 * hour, "usecase", "2"),
        ]
    )

    figures = figures_at(AT)

    names = ("use_cases", "use_cases_answered", "use_cases_solved", "answers", "contents", "median_hours_to_first_answer")
    assert [figures[name] for name in names] == [2, 2, 1, 0, 1, 6.5]


def rate(rater: UUID, author: UUID, score: int, moment: datetime = LAST_MOMENT, *, thing: str = "1", in_line: bool = False) -> None:
    payload: dict[str, object] = {"score": score, "authors": [str(author)], "in_line": in_line}
    fact("contribution.rated", rater, moment, "contribution", thing, payload).save()


def test_relevance_leaves_out_what_does_not_count() -> None:
    author, *raters = [UUID(int=n + 1) for n in range(9)]
    for rater in raters[:5]:
        rate(rater, author, 4)
    rate(raters[0], author, 5)  # replaces the first
    rate(author, author, 1)
    rate(raters[5], author, 1, in_line=True)
    rate(raters[6], author, 1)
    rate(author, raters[6], 1, thing="2")
    rate(raters[0], raters[1], 2, thing="3", moment=days_before(40))

    figures = figures_at(AT)

    names = ("ratings", "raters", "relevance", "relevance_by_content", "low_ratings_share")
    assert [figures[name] for name in names] == [6, 5, 3.83, 3.1, 0.1667]


def test_people_stand_in_the_unit_of_the_first() -> None:
    settle()
    moved, moved_later = midnight(date(2026, 3, 1)), midnight(date(2026, 3, 2))
    Entry.objects.bulk_create(fact("person.moved", None, moved, "person", str(person), unit=7) for person in FIVE[:2])
    Entry.objects.bulk_create(fact("person.moved", None, moved_later, "person", str(person), unit=8) for person in FIVE)

    ladders = ladders_at(AT)

    assert {unit: ladder.eligible for unit, ladder in ladders.items()} == {7: 2, None: 3}
