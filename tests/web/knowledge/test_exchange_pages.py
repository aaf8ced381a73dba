from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.knowledge.actions.circles import appoint_animator, join_circle
from relais.knowledge.actions.exchanges import answer_exchange, open_to_exchanges
from relais.knowledge.models import Exchange
from relais.people.models import Person
from tests.factories import make_circle, make_exchange, make_member, make_unit

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
    for number in range(count):
        make_exchange(make_member(f"Colleague {number}"), other=me)
        Exchange.objects.update(state="closed")

    with django_assert_num_queries(4):
        page = client.get("/rencontres/echanges/").text

    assert page.count("Colleague") == count


def test_one_says_to_how_many_one_is_open(client: Client, me: Person) -> None:
    kept = client.post("/rencontres/echanges/", {"capacity": "2"}, follow=True)
    wrong = client.post("/rencontres/echanges/", {"capacity": "9"})

    assert (said(kept), list(wrong.context["form"].errors)) == (["success"], ["capacity"])


def test_exchange_is_proposed_from_a_profile_and_refused_in_words(client: Client, me: Person) -> None:
    other = make_member("Bo Ray")

    profile = client.get(f"/personnes/{other.pk}/").text
    refused = client.post(f"/rencontres/echanges/avec/{other.pk}/", {"about": "Sealing"})
    long = client.post(f"/rencontres/echanges/avec/{other.pk}/", {"about": "x" * 201})
    for person in (me, other):
        open_to_exchanges(1, by=person)
    asked = client.post(f"/rencontres/echanges/avec/{other.pk}/", {"about": "Sealing"}, follow=True)

    assert ("Propose an exchange of half an hour" in profile, "Sealing" in refused.text) == (True, True)
    assert (bool(refused.context["form"].non_field_errors()), list(long.context["form"].errors)) == (True, ["about"])
    assert ("Half an hour with Bo Ray" in asked.text, "Your colleague has not answered yet." in asked.text) == (True, True)
    assert client.get("/rencontres/echanges/avec/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_whoever_is_asked_says_yes_then_closes_it_for_the_pair(client: Client, me: Person) -> None:
    exchange = make_exchange(make_member("Bo Ray"), other=me)
    where = f"/rencontres/echanges/{exchange.pk}/"

    waits = client.get(where).text
    client.post(f"{where}repondre/", {"accepted": "1"})
    wrong = client.post(f"{where}clore/", {"happened": ""})
    closed = client.post(f"{where}clore/", {"happened": "1", "useful": "5", "learned": "Prepare the day before."}, follow=True).text

    assert ("Yes, gladly" in waits, list(wrong.context["form"].errors)) == (True, ["happened"])
    assert ("« Prepare the day before. »" in closed, "Close the exchange" in closed) == (True, False)
    client.force_login(make_member())
    assert client.get(where).status_code == 404


def test_refused_acts_say_why(client: Client, me: Person) -> None:
    exchange = make_exchange(me)
    where = f"/rencontres/echanges/{exchange.pk}/"

    early = client.post(f"{where}clore/", {"happened": "0"})
    own = client.post(f"{where}repondre/", {"accepted": "1"}, follow=True)
    back = client.post(f"{where}repondre/", {"accepted": "0"}, follow=True)

    assert early.context["form"].non_field_errors()
    assert (said(own), said(back)) == (["error"], ["success"])
    assert "Not this time." in client.get(where).text


def test_did_not_take_place_is_said_too(client: Client, me: Person) -> None:
    exchange = make_exchange(me)
    answer_exchange(exchange, accepted=True, by=exchange.other)

    page = client.post(f"/rencontres/echanges/{exchange.pk}/clore/", {"happened": "0"}, follow=True).text

    assert "says that it did not take place." in page


@pytest.mark.parametrize(("people", "words"), [(4, "A draw now would make a few pairs."), (6, "A draw now would make 3 pairs.")])
def test_animator_sees_numbers_from_five_people_then_draws(client: Client, me: Person, people: int, words: str) -> None:
    circle, units = make_circle(), [make_unit(), make_unit()]
    appoint_animator(circle, me, by=None)
    for number in range(people):
        person = make_member(f"Colleague {number}", unit=units[number % 2])
        join_circle(circle, by=person)
        open_to_exchanges(1, by=person)
    where = f"/rencontres/echanges/tirage/{circle.slug}/"

    before = client.get(where).text
    drawn = client.post(where, follow=True)
    again = client.post(where, follow=True)

    assert (words in before, "Colleague" in before, said(drawn), said(again)) == (True, False, ["success"], ["error"])
    assert "Nobody can be paired now." in again.text
    assert client.get("/rencontres/echanges/tirage/nowhere/").status_code == 404
