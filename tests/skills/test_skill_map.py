"""The map: what is shown, what is certified, what waits; found by any name."""

from __future__ import annotations

import uuid

import pytest

from relais.people.actions import leave_community
from relais.people.models import Person
from relais.skills.actions.proposals import answer_proposal, claim_skill
from relais.skills.actions.vocabulary import merge_skill
from relais.skills.models import PersonSkill, Skill, SkillChange, Tag
from relais.skills.queries.skill_map import neighbours_of, person_named, skill_for, skill_rows, who_shows
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_map_counts_those_who_show_and_take_part(starter: dict[str, Skill]) -> None:
    python = starter["Python"]
    shown, certified, kept, left = (claim_skill(python, by=make_member()) for _number in range(4))
    PersonSkill.objects.filter(pk=certified.pk).update(level=3)
    answer_proposal(kept, "kept", by=kept.person)
    leave_community(Person.objects.get(pk=left.person_id))
    Tag.objects.create(skill=python, object_type="contribution", object_id=1, chance=1)
    Tag.objects.create(skill=python, object_type="usecase", object_id=1, chance=1)

    Skill.objects.filter(pk=python.pk).update(things_count=1)

    [row] = skill_rows("fr")

    assert (row.name, row.people, row.certified, row.things) == ("Python", 2, 1, 1)
    assert {one.pk for one in who_shows(python)} == {shown.pk, certified.pk}


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("EXCEL", "fr", "Tableur (Excel, Calc)"),
        ("pivot table", "fr", "Tableur (Excel, Calc)"),
        ("reunion efficace", "fr", "Réunions efficaces"),
        ("excel", "en", "Spreadsheets (Excel, Calc)"),
    ],
)
def test_a_skill_is_found_by_any_of_its_names(starter: dict[str, Skill], words: str, language: str, found: str) -> None:
    assert found in [row.name for row in skill_rows(language, words)]


def test_signs_of_the_search_are_plain_letters(starter: dict[str, Skill]) -> None:
    assert [row.name for row in skill_rows("fr", "100%")] == []


def test_a_merged_skill_leads_to_the_one_that_took_its_place(starter: dict[str, Skill]) -> None:
    merge_skill(starter["Macros et VBA"], starter["Tableur (Excel, Calc)"], by=None)
    merge_skill(starter["Tableur (Excel, Calc)"], starter["Analyse de données"], by=None)

    assert skill_for(starter["Macros et VBA"].pk) == starter["Analyse de données"]
    assert skill_for(uuid.uuid4()) is None
    last = SkillChange.objects.filter(skill=starter["Macros et VBA"]).order_by("-pk")[0]
    assert last.what == SkillChange.What.MERGED


def test_neighbours_are_what_the_same_things_are_about(starter: dict[str, Skill]) -> None:
    for pk in (1, 2):
        for name in ("Python", "Statistiques"):
            Tag.objects.create(skill=starter[name], object_type="contribution", object_id=pk, chance=1)
    Tag.objects.create(skill=starter["Anglais"], object_type="contribution", object_id=1, chance=1)

    assert neighbours_of(starter["Python"]) == [starter["Statistiques"]]
    assert str(Tag.objects.first())


def test_a_name_that_two_bear_names_nobody() -> None:
    first = make_member("Zoé Petit")
    assert person_named("zoé petit") == first
    make_member("Zoé Petit")

    assert person_named("Zoé Petit") is None
    assert person_named(first.email or "") == first
