from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from relais.core import clock
from relais.people.models import Person
from relais.skills.actions.proposals import claim_skill
from relais.skills.actions.vocabulary import Wording, add_skills
from relais.skills.models import Evidence, PersonSkill, Skill, Tag
from tests.factories import make_content, make_member, make_unit


def named(french: str, english: str = "") -> Skill:
    labels = (("fr", "preferred", french), *((("en", "preferred", english),) if english else ()))
    return add_skills([Wording(labels)], by=None)[0]


@pytest.fixture
def skill() -> Skill:
    return named("Calmer un client", "Calming a customer")


@pytest.fixture
def anne() -> Person:
    return make_member("Anne Roux", make_unit("Atelier"))


@pytest.fixture
def mine(skill: Skill, anne: Person) -> PersonSkill:
    found = claim_skill(skill, by=anne)
    content = make_content(author=anne)
    thing = {"object_type": "contribution", "object_id": content.pk}
    Evidence.objects.create(person_skill=found, what="published", on=clock.today(), words=["client"], **thing)
    Tag.objects.create(skill=skill, chance=0.9, **thing)
    return found


def page(client: Client, name: str, *arguments: object, **query: str) -> str:
    return plain(client.get(reverse(f"skills:{name}", args=arguments), query).content.decode())


def plain(text: str) -> str:
    """With ordinary spaces: those that keep a sign with its word are for the eye."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def post(client: Client, name: str, pk: object, **sent: str) -> str:
    return plain(client.post(reverse(f"skills:{name}", args=[pk]), sent, follow=True).content.decode())


@pytest.fixture
def as_anne(client: Client, anne: Person) -> Client:
    client.force_login(anne)
    return client
