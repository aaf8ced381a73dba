from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.core import clock
from relais.knowledge.actions.care import name_deputy
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.models import Care
from relais.people.models import Person
from tests.factories import make_content, make_member, make_use_case

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
        make_content(author=me)

    with django_assert_num_queries(2):
        page = client.get("/contenus/a-moi/").text

    assert page.count("Still true") == count


def test_owner_says_that_it_is_still_true_from_the_list_and_from_its_page(client: Client, me: Person) -> None:
    content = make_content(author=me)
    Care.objects.update(review_on=clock.today())

    waits, due = client.get("/").text, client.get(f"/apports/{content.pk}/").text
    listed = client.post(f"/contenus/{content.pk}/toujours-vrai/", {"next": "list"})
    page = client.post(f"/contenus/{content.pk}/toujours-vrai/", follow=True)

    assert ("1 content to read again" in waits, "It has not been read again for a year" in due) == (True, True)
    assert (listed["Location"], said(page)) == ("/contenus/a-moi/", ["success", "success"])
    assert "Said to be true on" in page.text


def test_deputy_is_named_by_their_address_and_a_wrong_one_is_told(client: Client, me: Person) -> None:
    content, deputy = make_content(author=me), make_member()

    wrong = client.post(f"/contenus/{content.pk}/suppleance/", {"email": "nobody@example.org", "next": "list"}, follow=True)
    client.post(f"/contenus/{content.pk}/suppleance/", {"email": deputy.email, "next": "list"})

    assert (said(wrong), Care.objects.get().deputy) == (["error"], deputy)
    assert client.post("/contenus/999999/toujours-vrai/").status_code == 404


def test_reader_sees_who_looks_after_it_and_may_not_say_so(client: Client, me: Person) -> None:
    content = make_content()

    page = client.get(f"/apports/{content.pk}/").text
    refused = client.post(f"/contenus/{content.pk}/toujours-vrai/", follow=True)

    assert ("looks after it" in page, "Still true" in page, said(refused)) == (True, False, ["error"])


def test_deputy_finds_it_in_their_list(client: Client, me: Person) -> None:
    content = make_content(author=make_member("Bo Ray"))
    name_deputy(Care.objects.get(), me.email or "", by=content.author)

    assert "you are the deputy of Bo Ray" in client.get("/contenus/a-moi/").text


def test_animator_takes_over_what_nobody_looks_after_and_sees_what_is_due(client: Client, me: Person) -> None:
    case = make_use_case()
    orphan, due = make_content(case, title="Orphan"), make_content(case, title="Old")
    Care.objects.filter(pk=orphan.pk).update(owner=None)
    Care.objects.filter(pk=due.pk).update(review_on=clock.today())
    appoint_animator(case.circle, me, by=None)

    page = client.get("/animer/").text
    taken = client.post(f"/contenus/{orphan.pk}/reprendre/", follow=True)

    assert ("nobody looks after it any more" in page, "to be read again since" in page, said(taken)) == (True, True, ["success"])
    assert Care.objects.get(pk=orphan.pk).owner == me


def test_who_leaves_is_led_to_what_they_look_after(client: Client, me: Person) -> None:
    assert "/contenus/a-moi/" in client.get("/mon-compte/partir/").text
