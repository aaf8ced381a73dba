from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relais.core import clock
from relais.knowledge.models import Prompt
from relais.people.models import Person
from relais.skills.actions import confirmations
from relais.skills.actions.proposals import claim_skill
from relais.skills.models import PersonSkill, Skill, Tag
from tests.factories import make_invited, make_member, make_need, make_unit, make_use_case
from tests.web.skills.conftest import page, post

pytestmark = pytest.mark.django_db


# Prompts


@pytest.mark.parametrize(
    ("kind", "said", "leads"),
    [
        ("answer", "Deux phrases suffisent", "/repondre/"),
        ("content", "Une courte fiche", "/partager/"),
        ("workshop", "court atelier", "/rencontres/besoins/"),
        ("gone", "Deux phrases suffisent", "/competences/"),
    ],
)
def test_what_colleagues_wait_for_is_taken_up_in_one_click(
    as_anne: Client, anne: Person, skill: Skill, kind: str, said: str, leads: str
) -> None:
    case, need = make_use_case(), make_need()
    about = {"workshop": {"need": need}, "gone": {}}.get(kind, {"use_case": case})
    prompt = Prompt.objects.create(person=anne, skill=skill, kind=kind if kind != "gone" else "answer", waiting=2, **about)
    assert said in page(as_anne, "mine_list")

    answer = as_anne.post(reverse("skills:prompt_answer", args=[prompt.pk]), {"state": "accepted"})

    assert leads in answer.headers["location"]
    assert Prompt.objects.get().state == "accepted"


def test_a_prompt_may_be_left(as_anne: Client, anne: Person, skill: Skill) -> None:
    prompt = Prompt.objects.create(person=anne, skill=skill, kind="answer", use_case=make_use_case(), waiting=1)

    assert "Personne ne demande pourquoi" in post(as_anne, "prompt_answer", prompt.pk, state="later")
    assert as_anne.post(reverse("skills:prompt_answer", args=[prompt.pk]), {"state": "other"}).status_code == 404
    assert as_anne.post(reverse("skills:prompt_answer", args=[404]), {"state": "later"}).status_code == 404


def test_what_could_be_lost_and_what_to_pass_on_first(as_anne: Client, mine: PersonSkill) -> None:
    assert "trop tôt" in page(as_anne, "risk_show")
    PersonSkill.objects.filter(pk=mine.pk).update(level=3)
    Tag.objects.create(skill=mine.skill, object_type="usecase", object_id=make_use_case().pk, chance=0.9)

    shown = page(as_anne, "risk_show")

    for words in ("0,2", "entre 0 et 1", "15 %", "Calmer un client", "1 question ou envie attend", "le départ de personne"):
        assert words in shown
    assert reverse("skills:risk_show") in page(as_anne, "skill_list")
    leave = [make_invited(arrived_on=clock.today() - timedelta(900), departed_on=clock.today() - timedelta(9)) for _n in range(5)]
    assert len(leave) == 5
    assert "l’an dernier ici" in page(as_anne, "risk_show")


def test_contested_levels_ask_as_much_however_many_there_are(as_anne: Client, skill: Skill) -> None:
    def contested() -> None:
        mine = claim_skill(skill, by=make_member(unit=make_unit()))
        confirmations.open_contest(mine, "Je le fais chaque jour.", by=mine.person)

    contested()
    page(as_anne, "contest_list")
    with CaptureQueriesContext(connection) as few:
        page(as_anne, "contest_list")
    for _number in range(5):
        contested()
    with CaptureQueriesContext(connection) as many:
        page(as_anne, "contest_list")

    assert len(many) == len(few)
