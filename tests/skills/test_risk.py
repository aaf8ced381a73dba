"""What a year's departures may take away: from the turnover of all, never from anybody's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from relais.core import clock
from relais.skills.actions.proposals import claim_skill
from relais.skills.models import Evidence, PersonSkill, Skill
from relais.skills.queries.risk import holders, turnover_at
from relais.skills.risk import USUAL_TURNOVER, Turnover, risk, transmissions, turnover
from tests.factories import make_invited, make_member

USUAL = Turnover(0.15, 0.15, 0.15, known=True)


def people(skills: int, each: int, name: str) -> dict[str, set[str]]:
    return {f"{name} {n}": {f"{name} {n} {k}" for k in range(each)} for n in range(skills)}


def test_two_hundred_skills_of_the_method_lose_fourteen_a_year() -> None:
    held = people(80, 1, "one") | people(60, 2, "two") | people(60, 3, "three")

    found = risk(held, USUAL)

    assert round(found.expected, 1) == 13.6
    assert found.low < 13.6 < found.high
    assert found.by_holders == {1: 80, 2: 60, 3: 60}


def test_one_person_who_holds_all_makes_the_interval_wide() -> None:
    alone = {f"skill {n}": {"somebody"} for n in range(20)}

    found = risk(alone, USUAL)

    assert (found.low, found.high, round(found.expected, 1)) == (0, 20, 3.0)


def test_turnover_is_told_from_five_departures_on() -> None:
    assert turnover(4, 100).share == USUAL_TURNOVER
    assert not turnover(4, 100).known
    known = turnover(20, 100)
    assert (known.share, known.known) == (0.2, True)
    assert known.low < 0.2 < known.high


def test_what_one_person_holds_and_colleagues_wait_for_is_passed_on_first() -> None:
    held = {"a": {"x"}, "b": {"y"}, "c": {"x", "y"}, "d": set[str]()}

    found = transmissions(held, USUAL, {"b": 3, "c": 9})

    assert [one.skill for one in found] == ["b", "a", "c"]
    assert found[0].saves == pytest.approx(0.15 - 0.15**2)


skills = st.dictionaries(st.sampled_from("abcdef"), st.frozensets(st.sampled_from("uvwxyz"), min_size=1), max_size=6)


@given_settings(max_examples=20)
@given(skills, st.floats(0.02, 0.5))
def test_one_more_holder_never_raises_the_loss(held: dict[str, frozenset[str]], share: float) -> None:
    leaving = Turnover(share, share, share, known=True)
    for one in transmissions(held, leaving, {}):
        more = {skill: set(known) | ({"newcomer"} if skill == one.skill else set()) for skill, known in held.items()}

        assert risk(held, leaving).expected - risk(more, leaving).expected == pytest.approx(one.saves)


@pytest.mark.django_db
def test_who_holds_a_skill_is_certified_shows_it_and_has_shown_it_lately(starter: dict[str, Skill]) -> None:
    skill = starter["Python"]
    held, old, hidden, notions = (claim_skill(skill, by=make_member()) for _number in range(4))
    PersonSkill.objects.exclude(pk=notions.pk).update(level=3)
    PersonSkill.objects.filter(pk=hidden.pk).update(state="kept")
    for mine, ago in ((held, 30), (old, 600), (hidden, 30), (notions, 30)):
        Evidence.objects.create(person_skill=mine, what="observed", on=clock.today() - timedelta(ago))

    assert holders(clock.today()) == {str(skill.pk): {str(held.person_id)}}


@pytest.mark.django_db
def test_turnover_counts_a_years_departures() -> None:
    today = clock.today()
    for ago in (10, 20, 30, 40, 50, 500):
        make_invited(arrived_on=today - timedelta(900), departed_on=today - timedelta(ago))
    for _number in range(15):
        make_invited(arrived_on=today - timedelta(900))

    assert turnover_at(today).share == 0.25
