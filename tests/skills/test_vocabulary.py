"""The community's own vocabulary: it grows, changes its words, merges and splits, and never forgets."""

from __future__ import annotations

import uuid
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.models import Entry
from relais.people.models import Person, Role
from relais.skills.actions.vocabulary import Wording, add_skills, merge_skill, revise_skill, split_skill
from relais.skills.models import Concept, Label, Reference, Skill, SkillChange
from relais.skills.queries.vocabulary import present_of, state_at, state_of
from tests.factories import make_member, make_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def pilot() -> Person:
    return make_with_role(Role.PILOT)


def called(name: str, *others: str, uri: str = "", key: uuid.UUID | None = None) -> Wording:
    labels = [("fr", "preferred", name), *(("fr", "alternative", other) for other in others)]
    return Wording(tuple(labels), ((uri, "exact"),) if uri else (), key)


def one(pilot: Person, name: str, *others: str, uri: str = "") -> Skill:
    [skill] = add_skills([called(name, *others, uri=uri)], by=pilot)
    return skill


def names(skill: Skill) -> set[tuple[str, str]]:
    return {(label.kind, label.text) for label in skill.labels.all()}


def test_skills_are_added_once_by_their_key_with_clean_names(pilot: Person) -> None:
    key = uuid.uuid4()

    first = add_skills([called("  Apaiser   un client ", "Rassurer", "Rassurer", "Apaiser un client", key=key)], by=pilot)
    again = add_skills([called("Autre chose", key=key)], by=pilot)

    [skill] = first
    assert (again, names(skill)) == ([], {("preferred", "Apaiser un client"), ("alternative", "Rassurer")})
    assert [entry.payload for entry in Entry.objects.filter(verb="skills.added")] == [{"count": 1}]


@pytest.mark.parametrize(
    ("wordings", "words"),
    [
        ([Wording((("fr", "alternative", "Rassurer"),))], "au moins"),
        ([called("Mesurer"), called("mesurer")], "même nom"),
        ([called("APAISER")], "déjà une compétence"),
    ],
)
def test_two_skills_in_use_never_bear_one_name_and_each_has_one(pilot: Person, wordings: list[Wording], words: str) -> None:
    one(pilot, "Apaiser")

    with pytest.raises(Refused, match=words), transaction.atomic():
        add_skills(wordings, by=pilot)

    assert Skill.objects.count() == 1


def test_only_who_looks_after_it_changes_the_vocabulary(pilot: Person) -> None:
    member, skill = make_member(), one(pilot, "Apaiser")
    other = one(pilot, "Mesurer")

    for act in (
        lambda: add_skills([called("Écouter")], by=member),
        lambda: revise_skill(skill, called("Calmer"), by=member),
        lambda: merge_skill(skill, other, by=member),
        lambda: split_skill(skill, [called("A"), called("B")], by=member),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_skill_is_renamed_aligned_and_hidden_and_nothing_changed_writes_nothing(pilot: Person) -> None:
    skill = one(pilot, "Apaiser")
    wording = called("Apaiser un client", "Calmer", uri="http://x/a")

    revise_skill(skill, wording, hidden=True, by=pilot)
    revise_skill(skill, wording, hidden=True, by=pilot)

    skill.refresh_from_db()
    assert (skill.state, names(skill)) == ("hidden", {("preferred", "Apaiser un client"), ("alternative", "Calmer")})
    assert [alignment.uri for alignment in skill.alignments.all()] == ["http://x/a"]
    assert Entry.objects.filter(verb="skill.revised").count() == 1


def test_a_merged_skill_leads_to_the_other_which_answers_to_its_names(pilot: Person) -> None:
    first, second, third = one(pilot, "Apaiser", "Calmer", uri="http://x/a"), one(pilot, "Rassurer", "Calmer"), one(pilot, "Écouter")

    merge_skill(first, second, by=pilot)
    merge_skill(second, third, by=pilot)

    first.refresh_from_db()
    assert present_of(first) == third
    assert names(third) == {("preferred", "Écouter"), ("alternative", "Apaiser"), ("alternative", "Calmer"), ("alternative", "Rassurer")}
    assert [alignment.uri for alignment in third.alignments.all()] == ["http://x/a"]
    for act in (lambda: merge_skill(third, third, by=pilot), lambda: revise_skill(first, called("Neuf"), by=pilot)):
        with pytest.raises(Refused):
            act()


def test_a_skill_is_split_into_two_that_may_take_its_name(pilot: Person) -> None:
    skill = one(pilot, "Accueil")

    parts = split_skill(skill, [called("Accueil"), called("Accueil au téléphone")], by=pilot)

    skill.refresh_from_db()
    assert (skill.state, [part.split_from for part in parts]) == ("split", [skill, skill])
    with pytest.raises(Refused, match="deux ou plus"):
        split_skill(parts[0], [called("Seule")], by=pilot)


@pytest.mark.parametrize("statement", ["update", "delete"])
def test_history_refuses_to_be_changed(pilot: Person, statement: str) -> None:
    one(pilot, "Apaiser")
    rows = SkillChange.objects.all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(what="merged") if statement == "update" else rows._raw_delete("default")

    assert rows.count() == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.randoms(use_true_random=False), st.integers(3, 14))
def test_whatever_happens_every_past_state_stays_readable(pilot: Person, rng: Random, steps: int) -> None:
    start, seen = clock.now(), []
    with transaction.atomic():
        for step in range(steps):
            with clock.simulated(start + timedelta(hours=step)):
                _something(rng, pilot, step)
                seen.append({skill.pk: state_of(skill) for skill in Skill.objects.prefetch_related("labels", "alignments")})

        read = []
        for step in range(steps):
            moment = start + timedelta(hours=step, minutes=30)
            states: dict[Any, Any] = {skill.pk: state_at(skill, moment) for skill in Skill.objects.all()}
            read.append({pk: state for pk, state in states.items() if state})
        transaction.set_rollback(True)

    assert read == seen


def _something(rng: Random, pilot: Person, step: int) -> None:
    """Any act on any skill that may still change."""
    alive = list(Skill.objects.filter(state__in=["active", "hidden"]).order_by("created_at", "pk"))
    act = rng.choice(["add", "revise", "merge", "split"])
    if act == "add" or len(alive) < 2:
        add_skills([called(f"Savoir {step}", f"Alias {rng.randrange(9)}")], by=pilot)
    elif act == "revise":
        revise_skill(
            rng.choice(alive), called(f"Autrement {step}", uri=f"http://x/{rng.randrange(3)}"), hidden=rng.random() < 0.3, by=pilot
        )
    elif act == "merge":
        merge_skill(*rng.sample(alive, 2), by=pilot)
    else:
        split_skill(rng.choice(alive), [called(f"Partie {step} a"), called(f"Partie {step} b")], by=pilot)


def test_rows_are_told_in_words(pilot: Person) -> None:
    skill = one(pilot, "Apaiser", uri="http://x/a")
    reference = Reference.objects.create(code="esco", title="ESCO", version="1.2", installed_at=clock.now())
    concept = Concept.objects.create(reference=reference, uri="http://x/a")

    said = [str(row) for row in (reference, concept, skill, skill.labels.get(), skill.alignments.get(), skill.changes.get())]

    assert said == ["ESCO 1.2", "http://x/a", str(skill.pk), "Apaiser", "exact http://x/a", f"{clock.now():%Y-%m-%d} added {skill.pk}"]
    assert Label.objects.count() == 1
