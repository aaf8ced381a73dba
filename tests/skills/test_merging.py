"""Two names of one thing: people follow, and lose nothing."""

from __future__ import annotations

import pytest

from relais.core import clock
from relais.ledger.subscriptions import delivered_at_once
from relais.people.models import Person, Role
from relais.skills.actions.confirmations import confirm, name_panelist
from relais.skills.actions.merging import follow_merge
from relais.skills.actions.proposals import answer_proposal, claim_skill
from relais.skills.actions.vocabulary import merge_skill
from relais.skills.models import Confirmation, Evidence, LevelChange, Panelist, PersonSkill, Skill, Tag
from tests.factories import make_member, make_unit, make_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(starter: dict[str, Skill]) -> Skill:
    return starter["Macros et VBA"]


@pytest.fixture
def new(starter: dict[str, Skill]) -> Skill:
    return starter["Tableur (Excel, Calc)"]


def known(skill: Skill, person: Person, *things: int) -> PersonSkill:
    mine = claim_skill(skill, by=person)
    for pk in things:
        thing = {"object_type": "contribution", "object_id": pk}
        Evidence.objects.create(person_skill=mine, what="published", on=clock.today(), **thing)
        Tag.objects.get_or_create(skill=skill, **thing, defaults={"chance": 0.9})
    return mine


def merged(old: Skill, new: Skill) -> None:
    Skill.objects.filter(pk=old.pk).update(things_count=Tag.objects.filter(skill=old).count())
    with delivered_at_once():
        merge_skill(old, new, by=None)


def test_who_knew_one_now_knows_the_other(old: Skill, new: Skill) -> None:
    mine = known(old, make_member(), 1, 2)

    merged(old, new)

    found = PersonSkill.objects.get()
    assert (found.pk, found.skill, found.level, found.evidences.count()) == (mine.pk, new, 1, 2)
    assert Skill.objects.get(pk=new.pk).things_count == 2


def test_who_knew_both_keeps_every_act_and_every_voice_once(old: Skill, new: Skill) -> None:
    person, colleague, other = (make_member(unit=make_unit()) for _number in range(3))
    first, second = known(old, person, 1, 2), known(new, person, 2)
    answer_proposal(second, "kept", by=person)
    Evidence.objects.create(person_skill=first, what="observed", on=clock.today(), note="Au bureau")
    for skill, voice in ((first, colleague), (first, other), (second, colleague)):
        confirm(skill, skill.evidences.get(object_id=2), by=voice)
    for skill in (old, new):
        name_panelist(skill, other, by=make_with_role(Role.PILOT))

    merged(old, new)

    found = PersonSkill.objects.get()
    assert (found.pk, found.state) == (second.pk, "shown")
    assert sorted(found.evidences.values_list("what", "object_id")) == [("observed", None), ("published", 1), ("published", 2)]
    assert set(Confirmation.objects.values_list("confirmer", "person_skill")) == {(colleague.pk, found.pk), (other.pk, found.pk)}
    assert Panelist.objects.get().skill == new
    assert Tag.objects.filter(skill=new).count() == 2


def test_history_stays_under_the_name_it_was_written_for(old: Skill, new: Skill) -> None:
    person, colleague = make_member(unit=make_unit()), make_member(unit=make_unit())
    mine = known(old, person, 1)
    confirm(mine, mine.evidences.get(), by=colleague)

    merged(old, new)

    assert [one.skill for one in LevelChange.objects.order_by("pk")] == [old.pk]
    assert follow_merge(Skill.objects.get(pk=old.pk), new) == 0
