from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from relais.knowledge.actions.circles import join_circle
from relais.knowledge.actions.contributions import add_co_author
from relais.knowledge.actions.people import choose_what_shows
from relais.knowledge.actions.reuse import report_application, tell_outcome
from relais.knowledge.actions.use_cases import mark_solved
from relais.knowledge.queries.people import portrait_for
from relais.people.actions import leave_community
from relais.people.models import Person
from tests.factories import make_answer, make_circle, make_content, make_invited, make_member, make_use_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> Person:
    person = make_member(language="en")
    client.force_login(person)
    client.get("/")
    return person


def test_profile_shows_what_was_passed_on_not_what_was_learned(me: Person) -> None:
    anne = make_member("Anne")
    mark_solved(make_answer(make_use_case(anne, title="Résolu")).use_case, by=anne)
    content = make_content(author=anne, title="Fiche")
    shared = make_answer()
    add_co_author(shared, anne, by=shared.author)

    portrait = portrait_for(me, anne.pk)

    assert portrait
    assert [one.pk for one in portrait.passed_on or []] == [shared.pk, content.pk]
    assert (portrait.learned, portrait.own) == (None, False)


def test_person_chooses_what_shows(client: Client, me: Person) -> None:
    mark_solved(make_answer(make_use_case(me, title="Résolu")).use_case, by=me)
    applied = make_content(make_use_case(title="Appliqué"))
    tell_outcome(report_application(applied, by=me), "yes", by=me)
    make_content(author=me, title="Ma fiche")

    assert client.get("/personnes/moi/montrer/").status_code == 200
    assert client.post("/personnes/moi/montrer/", {"learned": "on"})["Location"] == f"/personnes/{me.pk}/"
    page = client.get(f"/personnes/{me.pk}/").content.decode()

    assert ("Résolu" in page, "Appliqué" in page, "Ma fiche" in page) == (True, True, False)
    portrait = portrait_for(me, me.pk)
    assert portrait
    assert [one.title for one in portrait.learned or []] == ["Appliqué", "Résolu"]


def test_profile_leads_to_asking(client: Client, me: Person) -> None:
    anne, circle = make_member("Anne", passes_on="Le réglage", wants_to_learn="L'anglais"), make_circle("Pose")
    join_circle(circle, by=anne)

    page = client.get(f"/personnes/{anne.pk}/").content.decode()

    assert f"/cas/nouveau/?pour={anne.pk}" in page
    assert ("Le réglage" in page, "L&#x27;anglais" in page, "Pose" in page) == (True, True, True)


def test_nobody_has_a_page_who_does_not_take_part(client: Client, me: Person) -> None:
    left = leave_community(make_member())

    for person in (left, make_invited()):
        assert client.get(f"/personnes/{person.pk}/").status_code == 404
    assert portrait_for(make_invited(), me.pk) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_profile_asks_the_database_the_same(
    client: Client, me: Person, rows: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    anne = make_member()
    choose_what_shows(passed_on=True, learned=True, by=anne)
    for _ in range(rows):
        make_answer(author=anne)
        mark_solved(make_use_case(anne), by=anne)

    with django_assert_num_queries(7):
        assert client.get(f"/personnes/{anne.pk}/").status_code == 200
