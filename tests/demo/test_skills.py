"""The demo's people answer what their acts show, ask those who saw it, and confirm."""

from __future__ import annotations

import pytest

from relais.demo.acts import skills as acts
from relais.demo.stage import Stage
from relais.knowledge.models import Prompt, UseCase
from relais.people.actions import grant_role, leave_community
from relais.people.models import Person, Role
from relais.skills.actions.proposals import claim_skill
from relais.skills.actions.vocabulary import Wording, add_skills
from relais.skills.models import Confirmation, ConfirmationRequest, Evidence, Panelist, PersonSkill, Tag
from tests.demo.conftest import answered, play
from tests.factories import make_use_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(stage: Stage) -> str:
    """An answer of the third member, about a skill that is proposed to them."""
    _story, text = answered(stage)
    [skill] = add_skills([Wording((("fr", "preferred", "Rassurer un client"),))], by=None)
    thing = {"object_type": "contribution", "object_id": stage.contributions[text.key].pk}
    Tag.objects.create(skill=skill, chance=0.9, **thing)
    mine = PersonSkill.objects.create(person=stage.people[2], skill=skill)
    Evidence.objects.create(person_skill=mine, what="published", on=stage.first, **thing)
    return text.key


def test_what_is_proposed_is_answered_asked_about_and_confirmed(stage: Stage, about: str) -> None:
    grant_role(stage.people[0], Role.PILOT, by=None)
    stage.people[0].refresh_from_db()
    play(stage, ("skill_panel", 0, about, 3), ("skill_answer", 2, "", 0.5), ("skill_ask", 2, "", 0.5))
    play(stage, *[("skill_confirm", None, "", seed / 7) for seed in range(3)])

    assert Panelist.objects.get().person == stage.people[3]
    assert PersonSkill.objects.get().state == "shown"
    assert ConfirmationRequest.objects.exclude(answered_at=None).count() == 2
    assert Confirmation.objects.exists()


def test_five_requests_are_enough(stage: Stage, about: str) -> None:
    mine = PersonSkill.objects.get()
    PersonSkill.objects.update(state="shown")
    for who in (1, 3, 4, *list(stage.people)[10:12]):
        ConfirmationRequest.objects.create(person_skill=mine, colleague=stage.people[who])
    Panelist.objects.create(person=stage.people[0], skill=mine.skill)

    play(stage, ("skill_ask", 2, "", 0.5))

    assert ConfirmationRequest.objects.count() == 5


def test_whoever_left_or_has_nothing_to_show_asks_nobody(stage: Stage, about: str) -> None:
    claim_skill(PersonSkill.objects.get().skill, by=stage.people[4])
    leave_community(Person.objects.get(pk=stage.people[3].pk))
    stage.people[3].refresh_from_db()

    play(stage, ("skill_ask", 4, "", 0.5), ("skill_ask", 1, "", 0.5))
    assert not ConfirmationRequest.objects.exists()
    ConfirmationRequest.objects.create(person_skill=PersonSkill.objects.get(person=stage.people[2]), colleague=stage.people[3])
    play(stage, ("skill_confirm", None, "", 0.5))

    assert ConfirmationRequest.objects.get().answered_at is None


def test_one_may_leave_a_request(stage: Stage, about: str) -> None:
    PersonSkill.objects.update(state="shown")
    for seed in range(12):
        ConfirmationRequest.objects.all().delete()
        request = ConfirmationRequest.objects.create(person_skill=PersonSkill.objects.get(), colleague=stage.people[1])
        acts.skill_confirm(stage, None, "", seed)
        request.refresh_from_db()
        assert request.answered_at

    assert Confirmation.objects.exists()


def test_those_who_know_say_whether_they_pass_it_on(stage: Stage, about: str) -> None:
    PersonSkill.objects.update(state="shown", level=3)
    case = make_use_case(stage.people[4])
    UseCase.objects.filter(pk=case.pk).update(asked_at=stage.moment(0))
    Tag.objects.create(skill=PersonSkill.objects.get().skill, object_type="usecase", object_id=case.pk, chance=0.9)
    stage.made += 24 * 5

    play(stage, ("skill_prompt", None), ("skill_confirm", None, "", 0.5))

    assert Prompt.objects.get(person=stage.people[2]).state != "open"
