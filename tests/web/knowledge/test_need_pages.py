from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.knowledge.actions.exchanges import open_to_exchanges
from relais.knowledge.actions.needs import offer, wish
from relais.knowledge.models import Giver, Need
from relais.people.models import Person
from tests.factories import make_circle, make_member, make_need, make_use_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> Person:
    person = make_member("Ann Lee", language="en")
    client.force_login(person)
    client.get("/cas/")
    return person


def said(answer: Any) -> list[str]:
    return [message.tags for message in answer.context["messages"]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(
    client: Client, me: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_need()

    with django_assert_num_queries(4):
        page = client.get("/rencontres/besoins/").text

    assert page.count("1 person would like to learn it") == count


@pytest.mark.parametrize("count", [1, 3])
def test_need_costs_the_same_with_one_wish_and_with_three(
    client: Client, me: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    need = make_need()
    for _ in range(count):
        wish(need, by=make_member())
        offer(need, by=make_member())

    with django_assert_num_queries(4):
        client.get(f"/rencontres/besoins/{need.pk}/")


def test_need_is_said_and_its_draft_found_again(client: Client, me: Person) -> None:
    client.post("/brouillons/garder/", {"place": "/rencontres/besoins/nouveau/", "title": "Souder"})
    started = client.get("/rencontres/besoins/nouveau/").context["form"].initial["title"]
    sent = {"sent_key": str(uuid4()), "title": "Souder à plat", "why": "Deux retours par mois", "circle": make_circle().pk}

    answer = client.post("/rencontres/besoins/nouveau/", sent)
    wrong = client.post("/rencontres/besoins/nouveau/", sent | {"title": " "})

    need = Need.objects.get(author=me)
    assert (started, answer["Location"]) == ("Souder", f"/rencontres/besoins/{need.pk}/")
    assert (list(wrong.context["form"].errors), "Deux retours par mois" in wrong.text) == (["title"], True)


def test_close_needs_are_shown_while_one_types(client: Client, me: Person) -> None:
    make_need(title="Souder à plat")

    found, nothing = (client.get(f"/rencontres/besoins/proches/?title={words}").text for words in ("souder a plat", "facture"))

    assert ("Souder à plat" in found, nothing.strip()) == (True, "")


@pytest.mark.parametrize(
    ("act", "sent", "tags"),
    [
        ("moi-aussi", {}, "success"),
        ("plus-moi", {}, "success"),
        ("je-montre", {}, "success"),
        ("pas-cette-fois", {}, "success"),
        ("atelier", {}, "error"),
        ("clore", {"met": "1"}, "error"),
    ],
)
def test_acts_lead_back_to_the_need_and_say_what_came_of_it(client: Client, me: Person, act: str, sent: dict[str, str], tags: str) -> None:
    need = make_need()

    answer = client.post(f"/rencontres/besoins/{need.pk}/{act}/", sent, follow=True)

    assert (answer.redirect_chain, said(answer)) == ([(f"/rencontres/besoins/{need.pk}/", 302)], [tags])


def test_whoever_can_show_it_makes_a_workshop_in_one_click(client: Client, me: Person) -> None:
    need = make_need()
    for _ in range(2):
        wish(need, by=make_member())
    client.post(f"/rencontres/besoins/{need.pk}/je-montre/")

    offered = client.get(f"/rencontres/besoins/{need.pk}/").text
    answer = client.post(f"/rencontres/besoins/{need.pk}/atelier/")
    after = client.get(f"/rencontres/besoins/{need.pk}/").text

    need.refresh_from_db()
    assert ("Make it a workshop" in offered, answer["Location"]) == (True, f"/rencontres/ateliers/{need.workshop_id}/")
    assert ("Make it a workshop" in after, "A workshop is proposed" in after) == (False, True)


def test_whoever_can_show_it_meets_who_asked_in_one_click(client: Client, me: Person) -> None:
    need = make_need()
    offer(need, by=me)

    page = client.get(f"/rencontres/besoins/{need.pk}/").content.decode()
    closed = client.post(f"/rencontres/besoins/{need.pk}/echange/", follow=True).content.decode()
    for person in (need.author, me):
        open_to_exchanges(1, by=person)
    asked = client.post(f"/rencontres/besoins/{need.pk}/echange/", follow=True).content.decode()

    assert f"/rencontres/besoins/{need.pk}/echange/" in page
    assert "This colleague is not open to another exchange now." in closed
    assert need.title in asked


@pytest.mark.parametrize(("met", "words"), [("1", "This need is met"), ("0", "This need is closed")])
def test_those_who_asked_say_whether_it_is_met(client: Client, me: Person, met: str, words: str) -> None:
    need = make_need(me)

    page = client.post(f"/rencontres/besoins/{need.pk}/clore/", {"met": met}, follow=True).text

    assert words in page
    assert client.get("/rencontres/besoins/999999/").status_code == 404


def test_home_asks_who_may_know_and_tells_who_wished_that_a_workshop_is_proposed(client: Client, me: Person) -> None:
    asked, wished = make_need(title="Souder à plat"), make_need(me, title="Lire un plan")
    Giver.objects.create(need=asked, person=me, state="asked", reason="answer", because=make_use_case(title="Une soudure qui fuit"))
    for _ in range(2):
        wish(wished, by=make_member())
    offer(wished, by=(giver := make_member()))
    other = Client()
    other.force_login(giver)
    other.post(f"/rencontres/besoins/{wished.pk}/atelier/")

    page = client.get("/").text
    passed = client.post(f"/rencontres/besoins/{asked.pk}/pas-cette-fois/", follow=True)

    assert "Could you show it? “Souder à plat”" in page
    assert "1 colleague would like to learn it." in page
    assert "You wanted to learn it: a workshop is proposed" in page
    assert said(passed) == ["success"]
    assert "Could you show it?" not in client.get("/").text


def test_need_is_reported_by_others_than_its_author(client: Client, me: Person) -> None:
    theirs, mine = make_need(), make_need(me)

    pages = [client.get(f"/rencontres/besoins/{need.pk}/").text for need in (theirs, mine)]

    assert ["Report this need" in page for page in pages] == [True, False]
    assert client.get(f"/signaler/besoin/{theirs.pk}/").status_code == 200
