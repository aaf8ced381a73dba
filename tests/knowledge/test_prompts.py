"""Those who know are asked for what waits: rarely, with a reason, and a no is a no."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.core import clock
from relais.core.errors import NotAllowed
from relais.knowledge import jobs
from relais.knowledge.actions.needs import wish
from relais.knowledge.actions.prompts import answer_prompt, prompt_those_who_know
from relais.knowledge.actions.routing import propose_use_case
from relais.knowledge.models import Need, Prompt, UseCase
from relais.knowledge.prompting import Demand, Knower, match
from relais.people.actions import pause
from relais.people.models import Person
from relais.skills.actions.proposals import claim_skill
from relais.skills.actions.vocabulary import Wording, add_skills
from relais.skills.models import PersonSkill, Skill, Tag
from tests.factories import make_answer, make_member, make_need, make_use_case


@pytest.fixture
def skill(db: None) -> Skill:
    return add_skills([Wording((("fr", "preferred", "Souder"),))], by=None)[0]


def knower(skill: Skill, level: int = 3) -> Person:
    person = make_member()
    PersonSkill.objects.filter(pk=claim_skill(skill, by=person).pk).update(level=level)
    return person


def waiting(skill: Skill, days: int = 3, author: Person | None = None) -> UseCase:
    with clock.simulated(clock.now() - timedelta(days)):
        case = make_use_case(author)
    Tag.objects.create(skill=skill, object_type="usecase", object_id=case.pk, chance=0.9)
    return case


def wanted(skill: Skill, people: int) -> Need:
    need = make_need()
    for _number in range(people - 1):
        wish(need, by=make_member())
    Tag.objects.create(skill=skill, object_type="need", object_id=need.pk, chance=0.9)
    return need


def test_a_case_that_waits_is_put_to_who_knows_best(skill: Skill) -> None:
    knower(skill, level=1)
    best = knower(skill)
    case = waiting(skill)

    [prompt] = prompt_those_who_know()

    assert (prompt.person_id, prompt.kind, prompt.use_case_id, prompt.waiting) == (best.pk, "answer", case.pk, 1)
    assert str(skill.pk) in str(prompt)


def test_several_cases_ask_for_one_content(skill: Skill) -> None:
    knower(skill)
    oldest = waiting(skill, days=9)
    waiting(skill)

    [prompt] = prompt_those_who_know()

    assert (prompt.kind, prompt.use_case_id, prompt.waiting) == ("content", oldest.pk, 2)


def test_what_several_would_like_to_learn_asks_for_a_workshop(skill: Skill) -> None:
    knower(skill)
    need = wanted(skill, people=3)

    [prompt] = prompt_those_who_know()

    assert (prompt.kind, prompt.need_id, prompt.waiting) == ("workshop", need.pk, 3)


def test_a_wish_of_two_or_a_case_of_today_waits(skill: Skill) -> None:
    knower(skill)
    wanted(skill, people=2)
    waiting(skill, days=1)

    assert prompt_those_who_know() == []


def test_nobody_is_asked_twice_in_a_fortnight(skill: Skill) -> None:
    knower(skill)
    waiting(skill)

    asked = []
    for day in range(30):
        with clock.simulated(clock.now() + timedelta(day)):
            asked += [day for _prompt in prompt_those_who_know()]

    assert asked == [0, 14, 28]


def test_a_no_is_kept_for_three_months(skill: Skill) -> None:
    person = knower(skill)
    waiting(skill)
    [prompt] = prompt_those_who_know()
    answer_prompt(prompt, "declined", by=person)
    answer_prompt(prompt, "accepted", by=person)

    assert Prompt.objects.get().state == "declined"
    with clock.simulated(clock.now() + timedelta(60)):
        assert prompt_those_who_know() == []
    with clock.simulated(clock.now() + timedelta(95)):
        assert len(prompt_those_who_know()) == 1


def test_nobody_answers_their_own_case_nor_one_they_answered_nor_on_a_pause(skill: Skill) -> None:
    asker, resting, helped = knower(skill), knower(skill), knower(skill)
    case = waiting(skill, author=asker)
    pause(resting)
    make_answer(case, helped)
    UseCase.objects.filter(pk=case.pk).update(first_answer_at=None)

    assert prompt_those_who_know() == []


def test_only_whom_it_was_asked_of_answers(skill: Skill) -> None:
    knower(skill)
    waiting(skill)
    [prompt] = prompt_those_who_know()

    with pytest.raises(NotAllowed):
        answer_prompt(prompt, "later", by=make_member())


@pytest.mark.django_db
def test_what_nobody_takes_up_lapses(skill: Skill, moment: datetime) -> None:
    person = knower(skill)
    waiting(skill)
    prompt_those_who_know()
    pause(person)

    with clock.simulated(clock.now() + timedelta(31)):
        jobs.prompt(timestamp=0)

    assert Prompt.objects.get().state == "later"


@pytest.mark.parametrize(("level", "reason"), [(3, "certified"), (1, "skilled")])
def test_a_case_is_routed_to_those_who_show_its_skill(skill: Skill, level: int, reason: str) -> None:
    person = knower(skill, level)
    case = waiting(skill, days=0)

    assert [(one.person_id, one.reason) for one in propose_use_case(case)] == [(person.pk, reason)]


def test_who_only_said_so_is_not_asked(skill: Skill) -> None:
    knower(skill, level=0)
    case = waiting(skill, days=0)

    assert propose_use_case(case) == []


people = st.builds(Knower, st.uuids(), st.integers(1, 4), st.frozensets(st.integers(1, 5)))
asked = st.builds(
    Demand, st.sampled_from([UUID(int=1), UUID(int=2)]), st.lists(st.integers(1, 5), unique=True, max_size=4).map(tuple), st.none()
)


@given(st.lists(asked, max_size=5, unique_by=lambda each: each.skill), st.lists(people, max_size=6))
def test_each_is_asked_once_and_never_for_their_own_case_alone(found: list[Demand], known: list[Knower]) -> None:
    chosen = match(found, {demand.skill: known for demand in found})

    assert len({knower.person for _demand, knower in chosen}) == len(chosen)
    assert all(set(demand.cases) - knower.cases for demand, knower in chosen)
