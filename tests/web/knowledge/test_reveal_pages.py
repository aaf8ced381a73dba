from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.knowledge.actions.reveals import ask_reveal
from relais.knowledge.models import Reveal, UseCase
from relais.people.actions import grant_role
from relais.people.models import Person, Role
from tests.factories import make_member, make_pseudonymous, make_use_case, make_with_role

pytestmark = pytest.mark.django_db
REASON = "Un collègue est nommément menacé dans ce cas."


def browser(person: Person) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    client.get("/levees/")  # the visit of the day is noted once
    return client


@pytest.fixture
def case() -> UseCase:
    return make_pseudonymous(make_member("Zéphyrine Quatrevaux", language="en"))


@pytest.fixture
def pilot() -> Person:
    return make_with_role(Role.PILOT, language="en")


@pytest.fixture
def administrator() -> Person:
    return make_with_role(Role.ADMINISTRATOR, language="en")


def test_first_key_then_second_key_then_the_name_for_two(case: UseCase, pilot: Person, administrator: Person) -> None:
    first, second, third = browser(pilot), browser(administrator), browser(make_with_role(Role.PILOT))
    asked = first.post(f"/cas/{case.pk}/lever/", {"reason": REASON})
    at = asked["Location"]

    before = [client.get(at).content.decode() for client in (first, second, third)]
    granted = second.post(f"{at}accorder/", follow=True).content.decode()
    after = [client.get(at).content.decode() for client in (first, second, third)]

    assert ["Quatrevaux" in page for page in before] == [False] * 3
    assert ["Turn the second key" in page for page in before] == [False, True, False]
    assert "lifted, for the two of you only" in granted
    assert ["Quatrevaux" in page for page in after] == [True, True, False]


def test_asker_reads_who_asked_why_and_what_came_of_it(case: UseCase, pilot: Person, administrator: Person) -> None:
    asker, at = browser(case.author), f"/levees/{ask_reveal(case, REASON, by=pilot).pk}/"

    waiting = asker.get(f"/cas/{case.pk}/").content.decode()
    browser(administrator).post(f"{at}refuser/")
    refused = asker.get(f"/cas/{case.pk}/").content.decode()

    assert all(words in waiting for words in (REASON, pilot.name, "Your name is not known."))
    assert "your pseudonym stands" in refused


def test_request_without_a_reason_is_refused_at_its_field(case: UseCase, pilot: Person) -> None:
    client = browser(pilot)

    pages = [client.post(f"/cas/{case.pk}/lever/", {"reason": reason}).content.decode() for reason in ("", "Pour voir")]

    assert "a pseudonym is not lifted" in pages[0]
    assert "Write the reason in a full sentence" in pages[1]
    assert Reveal.objects.count() == 0


def test_key_that_may_not_turn_is_told_why(case: UseCase, pilot: Person) -> None:
    at = f"/levees/{ask_reveal(case, REASON, by=pilot).pk}/"

    page = browser(pilot).post(f"{at}accorder/", follow=True).content.decode()

    assert "The second key is held by somebody else" in page


def test_only_a_case_under_a_pseudonym_has_something_to_lift(pilot: Person) -> None:
    client = browser(pilot)

    statuses = [client.get(f"/cas/{pk}/lever/").status_code for pk in (make_use_case().pk, 0)]

    assert [*statuses, client.get("/levees/0/").status_code] == [404, 404, 404]


def test_link_to_lift_is_shown_to_key_holders_but_not_to_the_asker(case: UseCase) -> None:
    holder, asker = grant_role(make_member(), Role.PILOT, by=None), grant_role(case.author, Role.PILOT, by=None)

    shown = [
        f"/cas/{case.pk}/lever/" in browser(person).get(f"/cas/{case.pk}/").content.decode() for person in (holder, make_member(), asker)
    ]

    assert shown == [True, False, False]


def test_second_key_is_awaited_on_the_home_page(case: UseCase, pilot: Person) -> None:
    ask_reveal(case, REASON, by=pilot)
    client = browser(grant_role(make_member(language="en"), Role.ADMINISTRATOR, by=None))

    page = client.get("/").content.decode()

    assert 'href="/levees/"' in page
    assert "waits for your key" in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(pilot: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(count):
        ask_reveal(make_pseudonymous(), REASON, by=pilot)
    client = browser(pilot)

    with django_assert_num_queries(2):
        page = client.get("/levees/").content.decode()

    assert page.count('<article class="card') == count
