"""The workshops, needs and initiatives of the demo, on its stage and in the plan of a small year."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest

from relais.demo.acts import PERFORMERS
from relais.demo.stage import Stage
from relais.demo.themes import initiatives, meetings
from relais.demo.year import planned
from relais.knowledge.models import Exchange, Initiative, Measure, Need, Registration, Workshop
from relais.people.models import Role
from tests.demo.conftest import answered, play

WORKSHOP = {"title": "Sceller", "circle": "sav", "shape": "short", "warm_up": "Quand ?", "notes": "- un geste\n- deux gestes", "case": ""}
NEED = {"title": "Sceller un tube", "why": "", "circle": "sav"}
TOLD = {
    "title": "Rappeler dans la journée", "what": "Un binôme.", "origin": "bottom_up", "circle": "sav", "customer": True, "employee": False,
    "indicator": ["Réclamations", "par semaine", "down", 38],
}  # fmt: skip


def held(stage: Stage, case: str) -> Workshop:
    """One waits, one does not come; the host closes it and publishes what came out of it."""
    play(stage, ("workshop_propose", 1, "a", WORKSHOP | {"start": 1 + 20 / 24, "end": 1 + 20.5 / 24, "case": case}))
    Workshop.objects.update(capacity=2)
    play(stage, *[("workshop_register", who, "a") for who in (2, 3, 4)], ("warm_up", 2, "a", "Hier."), ("warm_up", 4, "a", "Moi aussi."))
    stage.made = 20
    play(stage, ("workshop_come", 1, "a", 2), ("workshop_come", 1, "a", 4), ("workshop_close", 1, "a"))
    play(stage, *[("workshop_worth", who, "a", (5, 4)) for who in (2, 3, 4)], ("workshop_publish", 1, "a"))
    return Workshop.objects.get()


@pytest.mark.django_db
def test_workshop_is_told_from_its_proposal_to_its_content(stage: Stage) -> None:
    story, _text = answered(stage)

    workshop = held(stage, story.key)

    told = [(each.person == stage.people[2], each.state, each.reply, each.came, each.worth) for each in Registration.objects.order_by("pk")]
    assert told == [(True, "registered", "Hier.", True, 5), (False, "registered", "", False, None), (False, "waiting", "", None, None)]
    assert (workshop.held_at is not None, workshop.content is not None) == (True, True)


@pytest.mark.django_db
def test_workshop_without_a_case_publishes_nothing(stage: Stage) -> None:
    workshop = held(stage, "")

    assert (workshop.content, workshop.materials) == (None, "- un geste\n- deux gestes")


@pytest.mark.django_db
def test_need_becomes_a_workshop_that_meets_it(stage: Stage) -> None:
    play(stage, ("need_open", 0, "b", NEED), ("need_wish", 1, "b"), ("need_wish", 2, "b"), ("need_offer", 3, "b"), ("need_propose", 3, "b"))
    play(stage, *[("need_register", who, "b") for who in (0, 1)])
    stage.made = 24 * 12

    play(stage, ("need_meet", 3, "b"), ("need_close", 0, "b", True))

    need = Need.objects.get()
    assert (need.met, need.workshop is not None, Registration.objects.filter(came=True).count()) == (True, True, 2)


@pytest.mark.django_db
def test_pairs_are_drawn_and_all_but_one_say_that_they_met(stage: Stage) -> None:
    play(stage, ("role", 0, Role.PILOT), ("appoint", 0, "sav", 4), *[("exchanges_open", who, "", 1) for who in range(4)])

    play(stage, ("round_draw", 4, "tirage", "sav"), ("round_close", None, "tirage"))

    assert sorted(Exchange.objects.values_list("state", flat=True)) == ["agreed", "closed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "state"), [(("initiative_decide", 4, "c", (False, "Déjà fait.")), "refused"), (("initiative_launch", 1, "c"), "launched")]
)
def test_initiative_is_decided_or_launched_after_ten_days(stage: Stage, act: tuple[object, ...], state: str) -> None:
    play(stage, ("role", 4, Role.PILOT), ("initiative_open", 1, "c", TOLD))
    stage.made = 24 * 11

    play(stage, act)

    assert Initiative.objects.get().state == state


@pytest.mark.django_db
def test_initiative_under_way_is_joined_and_measured(stage: Stage) -> None:
    play(stage, ("role", 4, Role.PILOT), ("initiative_open", 1, "c", TOLD), ("initiative_decide", 4, "c", (True, "")))

    play(stage, ("initiative_join", 2, "c"), ("initiative_measure", 1, "c", 31.5))

    assert (Initiative.objects.get().participants.count(), Measure.objects.get().value) == (2, 31.5)


def test_year_of_a_company_meets_decides_and_keeps_something_to_come() -> None:
    planner = planned(600, 365, date(2025, 11, 24), 1)

    told = Counter(act.what for act in planner.acts)
    starts = [act.value["start"] for act in planner.acts if act.what == "workshop_propose"]

    assert (
        told["workshop_propose"] >= 16,
        told["workshop_worth"] > 60,
        told["need_open"] > 6,
        told["initiative_open"] > 4,
        told["round_draw"],
    ) == (True, True, True, True, 2)
    assert sum(start > planner.days for start in starts) >= 1
    assert set(told) <= set(PERFORMERS)


@pytest.mark.parametrize("people", [60, 600])
def test_short_year_has_no_room_for_them_and_says_nothing(people: int) -> None:
    planner = planned(people, 35, date(2026, 1, 5), 1)

    for theme in (meetings, initiatives):
        theme.tell(planner, Random(1))

    meetings._round(planner, Random(1), "trop-tôt", "relation-client", 20)
    meetings._workshop(planner, Random(1), "trop-tôt", meetings.WORKSHOPS[0], 5)
    assert not [act for act in planner.acts if act.what.startswith(("workshop_close", "need_", "initiative_", "round_"))]
