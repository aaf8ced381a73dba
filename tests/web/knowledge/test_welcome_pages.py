from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from relais.core import clock
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.models import UseCase
from relais.people.models import Person
from tests.factories import make_answer, make_member, make_pseudonymous, make_use_case

pytestmark = pytest.mark.django_db
CARE = "Be considerate: it is the first time that "
WELCOME = "Your first post here? Welcome."


def page(person: Person, at: str) -> str:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    return client.get(at).content.decode()


def reader() -> Person:
    """Somebody who has written before, and reads English."""
    return make_answer(author=make_member(language="en")).author


@pytest.fixture
def case() -> UseCase:
    return make_use_case(make_member("Léa Morin", language="en"))


def test_whoever_answers_a_first_case_is_asked_to_be_considerate(case: UseCase) -> None:
    shown = [page(person, f"/cas/{case.pk}/") for person in (reader(), case.author)]

    assert [f"{CARE}Léa Morin writes here." in one for one in shown] == [True, False]


def test_whoever_meets_a_first_answer_is_asked_to_be_considerate(case: UseCase) -> None:
    answer = make_answer(case, author=make_member("Noé Petit", language="en"))

    shown = [page(person, f"/cas/{case.pk}/") for person in (reader(), answer.author)]

    assert [f"{CARE}Noé Petit writes here." in one for one in shown] == [True, False]


def test_second_post_and_pseudonym_are_met_as_any_other(case: UseCase) -> None:
    second, secret = make_use_case(case.author), make_pseudonymous()

    shown = [page(reader(), f"/cas/{one.pk}/") for one in (second, secret)]

    assert [CARE in one for one in shown] == [False, False]
    assert "Somebody dared to ask this without their name." in shown[1]


def test_first_post_of_ones_own_leads_to_the_charter(case: UseCase) -> None:
    newcomer, known = make_member(language="en"), reader()

    shown = [[WELCOME in page(person, at) for at in ("/cas/nouveau/", f"/cas/{case.pk}/")] for person in (newcomer, known)]

    assert shown == [[True, True], [False, False]]


def test_animator_finds_first_posts_to_welcome(case: UseCase) -> None:
    animator, answer = reader(), make_answer(make_use_case(case.author, case.circle), author=make_member("Noé Petit"))
    appoint_animator(case.circle, animator, by=None)

    shown = page(animator, "/animer/")

    assert (f'href="/cas/{case.pk}/"' in shown, f"#apport-{answer.pk}" in shown, "Noé Petit" in shown) == (True, True, True)


def test_home_asks_the_animator_to_welcome_after_a_few_hours(case: UseCase) -> None:
    animator = reader()
    appoint_animator(case.circle, animator, by=None)
    UseCase.objects.filter(pk=case.pk).update(asked_at=clock.now() - timedelta(hours=5))

    assert "1 first post that nobody has met" in page(animator, "/")
