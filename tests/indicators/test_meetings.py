from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from relais.indicators.actions.figures import figures_at
from relais.indicators.definitions import Meetings, no_show, no_shows
from relais.indicators.queries.meetings import meetings_at
from relais.ledger.models import Entry
from tests.indicators.histories import fact

DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOMEBODY = UUID(int=7)


def held(number: str, when: datetime, *, registered: int = 12, came: int = 10, shape: str = "short") -> Entry:
    return fact("workshop.held", SOMEBODY, when, "workshop", number, {"format": shape, "registered": registered, "came": came})


def opened(number: str, when: datetime) -> Entry:
    return fact("need.opened", SOMEBODY, when, "need", number)


def answered(number: str, workshop: str, when: datetime) -> Entry:
    return fact("need.answered", SOMEBODY, when, "need", number, {"workshop": int(workshop)})


@pytest.mark.parametrize(
    ("registered", "came", "told"),
    [
        (12, 10, None),
        (12, 7, 0.4167),
        (20, 13, 0.25),
        (12, 12, None),
        (12, 0, None),
        (4, 4, None),
        (0, 0, None),
        (10, 3, None),
        (10, 5, 0.5),
    ],
)
def test_share_of_absent_people_is_told_when_neither_side_is_fewer_than_five(registered: int, came: int, told: float | None) -> None:
    assert no_show(registered, came) == told


def test_formats_are_told_when_every_one_can_be() -> None:
    assert no_shows({"long": (20, 10), "short": (12, 10)}) == {"long": None, "short": None}
    assert no_shows({"long": (20, 10), "short": (12, 6)}) == {"long": 0.5, "short": 0.4167}
    assert no_shows({}) == {}


@pytest.mark.django_db
def test_need_waits_until_its_first_workshop_is_held() -> None:
    Entry.objects.bulk_create(
        [
            *[opened(str(n), NOON) for n in range(1, 5)],
            answered("1", "11", NOON),
            held("11", NOON + timedelta(days=2, hours=12)),
            *[answered("2", workshop, NOON) for workshop in ("12", "13")],
            held("12", NOON + timedelta(days=8)),
            held("13", NOON + timedelta(days=4)),
            answered("3", "14", NOON),
            held("15", NOON),
        ]
    )

    found = meetings_at(DAY)

    assert (found.needs, found.needs_with_session) == (4, 2)
    assert figures_at(DAY)["median_days_need_to_session"] == 3.3  # between 2.5 and 4 days, half up


@pytest.mark.django_db
def test_workshop_counts_once_in_its_year_and_not_afterwards() -> None:
    Entry.objects.bulk_create([held("1", NOON, came=7), held("1", NOON + timedelta(1), came=2), held("2", NOON - timedelta(400), came=0)])

    told = figures_at(DAY)

    assert (told["workshops"], told["no_show_share"], told["no_show_share_by_format"]) == (1, 0.4167, {"short": 0.4167})


@pytest.mark.django_db
def test_community_that_has_not_met_tells_nothing() -> None:
    told = figures_at(DAY)

    assert (meetings_at(DAY), told["no_show_share"], told["median_days_need_to_session"]) == (Meetings(), None, None)


def proposed(number: str, when: datetime, origin: str = "across") -> Entry:
    return fact("initiative.proposed", SOMEBODY, when, "initiative", number, {"origin": origin})


@pytest.mark.django_db
def test_answer_of_an_initiative_is_the_first_after_its_proposal() -> None:
    Entry.objects.bulk_create(
        [
            *[proposed(str(n), NOON, origin) for n, origin in enumerate(["bottom_up", "bottom_up", "across", "top_down"], 1)],
            proposed("9", NOON - timedelta(400)),
            fact("initiative.accepted", SOMEBODY, NOON + timedelta(3), "initiative", "1"),
            fact("initiative.refused", SOMEBODY, NOON - timedelta(1), "initiative", "2"),
            fact("initiative.launched", SOMEBODY, NOON + timedelta(hours=150), "initiative", "3"),
            fact("initiative.accepted", SOMEBODY, NOON, "initiative", "9"),
        ]
    )

    told = figures_at(DAY)

    assert (told["initiatives"], told["initiatives_by_origin"]) == (4, {"top_down": 1, "bottom_up": 2, "across": 1})
    assert (told["initiatives_answered"], told["median_days_to_decision"], told["median_days_to_decision_bottom_up"]) == (2, 4.6, 3.0)


def known(verb: str, when: datetime, number: str, **payload: object) -> Entry:
    return fact(verb, SOMEBODY, when, "personskill", number, payload)


@pytest.mark.django_db
def test_skills_count_once_however_they_are_called_and_only_while_somebody_is_certified() -> None:
    people = {"here": str(uuid4()), "left": str(uuid4()), "back": str(uuid4())}
    Entry.objects.bulk_create(
        [
            known("skill.accepted", NOON, "1", skill="a"),
            known("skill.kept", NOON, "2", skill="b"),
            fact("skill.merged", SOMEBODY, NOON, "skill", "b", {"into": "a"}),
            known("skill.accepted", NOON, "3", skill="c"),
            known("skill.refused", NOON + timedelta(hours=1), "3", skill="c"),
            known("skill.accepted", NOON, "4", skill="d"),
            known("level.changed", NOON, "1", skill="a", person=people["here"], after=3),
            known("level.changed", NOON, "2", skill="b", person=people["here"], after=4),
            known("level.changed", NOON, "4", skill="d", person=people["left"], after=3),
            fact("person.left", SOMEBODY, NOON + timedelta(hours=1), "person", people["left"]),
            fact("person.left", SOMEBODY, NOON - timedelta(days=9), "person", people["back"]),
            known("level.changed", NOON, "5", skill="e", person=people["back"], after=3),
            known("level.changed", NOON, "6", skill="f", person=people["here"], after=3),
            known("level.changed", NOON + timedelta(hours=2), "6", skill="f", person=people["here"], after=2),
        ]
    )

    told = figures_at(DAY)

    assert (told["skills_detected"], told["skills_certified"]) == (2, 2)
