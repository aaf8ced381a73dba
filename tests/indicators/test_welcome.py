"""First posts met within a day, from facts placed at the edges."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from bench.recompute import recompute
from relais.indicators.definitions import Welcome
from relais.indicators.queries.welcome import welcome_at
from relais.ledger.queries import export
from tests.indicators.histories import fact

pytestmark = pytest.mark.django_db
AT = date(2026, 3, 31)
NEW, OTHER = UUID(int=1), UUID(int=2)
POSTED = datetime(2026, 3, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(microseconds=1)


def recomputed() -> dict[str, object]:
    figures = recompute([json.dumps(line) for line in export()], AT)
    return {name: figures[name] for name in Welcome().figures}


def counted() -> tuple[int, int]:
    """People whose first post is due and those who were met; the newcomer alone posts here, the other replies."""
    found = welcome_at(AT)
    assert recomputed() == found.figures
    return found.first_posts, found.met


def post(verb: str = "use_case.asked", when: datetime = POSTED, thing: str = "7") -> None:
    payload = {} if verb == "use_case.asked" else {"use_case": 70}
    fact(verb, NEW, when, "usecase" if verb == "use_case.asked" else "contribution", thing, payload).save()


@pytest.mark.parametrize(
    ("verb", "thing", "payload", "met"),
    [
        ("answer.published", "50", {"use_case": 7}, 1),
        ("content.published", "50", {"use_case": 7}, 1),
        ("answer.published", "50", {"use_case": 8}, 0),
        ("use_case.supported", "7", {}, 1),
        ("use_case.supported", "8", {}, 0),
        ("use_case.revised", "7", {}, 0),
    ],
)
def test_first_case_is_met_by_an_answer_a_content_or_a_me_too(verb: str, thing: str, payload: dict[str, object], met: int) -> None:
    fact("use_case.asked", OTHER, POSTED - 300 * DAY, "usecase", "1").save()
    post()

    fact(verb, OTHER, POSTED + DAY / 2, "contribution" if "published" in verb else "usecase", thing, payload).save()

    assert counted() == (1, met)


@pytest.mark.parametrize("posted", ["answer.published", "content.published"])
@pytest.mark.parametrize(
    ("verb", "payload", "met"),
    [
        ("application.reported", {}, 1),
        ("contribution.rated", {"score": 4, "authors": [str(NEW)], "in_line": False}, 1),
        ("contribution.questioned", {}, 1),
        ("best_answer.chosen", {"contribution": 7, "author": str(NEW)}, 1),
        ("best_answer.chosen", {"contribution": 8, "author": str(NEW)}, 0),
        ("reaction.settled", {}, 0),
    ],
)
def test_first_text_is_met_when_it_is_taken_up(posted: str, verb: str, payload: dict[str, object], met: int) -> None:
    post(posted)

    fact(verb, OTHER, POSTED + DAY / 2, "contribution", "7", payload).save()

    assert counted() == (1, met)


def test_asker_under_a_pseudonym_who_chooses_an_answer_meets_it() -> None:
    post("answer.published")

    fact("best_answer.chosen", None, POSTED + DAY / 2, "usecase", "70", {"contribution": 7, "author": str(NEW)}).save()

    assert counted() == (1, 1)


@pytest.mark.parametrize(("after", "met"), [(-SECOND, 0), (timedelta(0), 1), (DAY, 1), (DAY + SECOND, 0)])
def test_meeting_happens_within_24_hours(after: timedelta, met: int) -> None:
    post()

    fact("use_case.supported", OTHER, POSTED + after, "usecase", "7").save()

    assert counted() == (1, met)


def test_nobody_meets_their_own_post() -> None:
    post()

    fact("answer.published", NEW, POSTED + DAY / 2, "contribution", "50", {"use_case": 7}).save()

    assert counted() == (1, 0)


@pytest.mark.parametrize(
    ("when", "due"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), 1),
        (datetime(2026, 1, 1, tzinfo=UTC) - SECOND, 0),
        (datetime(2026, 3, 31, tzinfo=UTC) - SECOND, 1),
        (datetime(2026, 3, 31, tzinfo=UTC), 0),
    ],
)
def test_post_is_counted_once_its_day_is_over_and_for_90_days(when: datetime, due: int) -> None:
    post(when=when)

    assert counted() == (due, 0)


def test_only_the_first_post_of_a_person_is_one() -> None:
    post(when=POSTED - 200 * DAY, thing="1")
    post()

    assert counted() == (0, 0)


@pytest.mark.parametrize(("posts", "met", "told"), [(4, 4, (None, None, None)), (6, 4, (6, None, None)), (8, 6, (8, 6, 0.75))])
def test_fewer_than_five_people_are_not_told(posts: int, met: int, told: tuple[int | None, int | None, float | None]) -> None:
    figures = Welcome(posts, met).figures

    assert tuple(figures.values()) == told
