from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.knowledge.actions.search import add_synonyms, note_search_miss
from relais.knowledge.models import SearchMiss, Synonym
from relais.people.models import Person, Role
from tests.factories import make_answer, make_circle, make_content, make_member, make_use_case, make_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> Person:
    person = make_member(language="en")
    client.force_login(person)
    client.get("/")
    return person


def misses() -> list[dict[str, str]]:
    return list(ProcrastinateJob.objects.filter(task_name="relais.knowledge.jobs.note_miss").values_list("args", flat=True))


def test_stranger_finds_no_search(client: Client) -> None:
    assert client.get("/recherche/?q=porte").status_code == 404
    assert client.get("/recherche/proches/?q=porte").status_code == 404


def test_results_lead_to_what_was_found(client: Client, me: Person) -> None:
    case = make_use_case(title="Une serrure <b>dure</b>")
    answer = make_answer(make_use_case(title="Autre"), body="<p>Huilez la serrure.</p>")
    content = make_content(case, title="Serrure pas à pas")

    page = client.get("/recherche/?q=serrure").content.decode()

    assert f'href="/cas/{case.pk}/"' in page
    assert f'href="/cas/{answer.use_case_id}/#apport-{answer.pk}"' in page
    assert f'href="/apports/{content.pk}/"' in page
    assert "<mark>serrure</mark>" in page
    assert "<b>dure</b>" not in page
    assert misses() == []


def test_search_in_vain_offers_to_ask_and_leaves_word(client: Client, me: Person) -> None:
    page = client.get("/recherche/?q=hélicoptère").content.decode()

    assert "/cas/nouveau/?title=h%C3%A9licopt%C3%A8re" in page
    assert misses() == [{"words": "hélicoptère"}]


def test_filtered_search_in_vain_is_no_need(client: Client, me: Person) -> None:
    page = client.get("/recherche/?q=hélicoptère&quoi=cas&langue=fr&resolu=1&cercle=x").content.decode()

    assert "Search everywhere" in page
    assert misses() == []


def test_unknown_filters_are_passed_over(client: Client, me: Person) -> None:
    assert client.get("/recherche/?q=porte&quoi=x&langue=x&page=x").status_code == 200


def test_people_and_circles_stand_on_top(client: Client, me: Person) -> None:
    person, circle = make_member("Serrurière Anne"), make_circle("Serrures")

    page = client.get("/recherche/?q=serrur").content.decode()

    assert f'href="/personnes/{person.pk}/"' in page
    assert f'href="/cercles/{circle.slug}/"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_search_asks_the_database_the_same_whatever_it_finds(
    client: Client, me: Person, rows: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for _ in range(rows):
        make_answer(make_use_case(title="Une serrure"))

    with django_assert_num_queries(6):
        assert client.get("/recherche/?q=serrure").status_code == 200


def test_search_in_vain_stays_frugal(client: Client, me: Person, django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(8):
        assert client.get("/recherche/?q=hélicoptère").status_code == 200


def test_close_cases_are_a_fragment(client: Client, me: Person) -> None:
    case = make_use_case(title="Une serrure dure")

    page = client.get("/recherche/proches/?title=serrure").content.decode()

    assert f'href="/cas/{case.pk}/"' in page
    assert "<html" not in page
    assert client.get("/recherche/proches/").content.strip() == b""


def test_words_of_the_house_are_kept_on_a_page(client: Client) -> None:
    client.force_login(make_with_role(Role.ADMINISTRATOR, language="en"))

    refused = client.post("/reglages/mots/", {"words": "seul"})
    kept = client.post("/reglages/mots/", {"words": "BL, bon de livraison"})

    assert "at least two words" in refused.content.decode()
    assert kept["Location"] == "/reglages/mots/"
    assert "bl, bon de livraison" in client.get("/reglages/mots/").content.decode()
    assert client.post("/reglages/mots/", {}).status_code == 200
    family = Synonym.objects.get()
    assert client.post(f"/reglages/mots/{family.pk}/retirer/")["Location"] == "/reglages/mots/"
    assert client.post(f"/reglages/mots/{family.pk}/retirer/").status_code == 404


def test_words_of_the_house_are_not_everybody_s(client: Client, me: Person) -> None:
    family = add_synonyms("a b, c d", by=make_with_role(Role.ADMINISTRATOR))

    assert client.get("/reglages/mots/").status_code == 404
    assert client.post(f"/reglages/mots/{family.pk}/retirer/").status_code == 404


def test_need_is_set_aside(client: Client) -> None:
    client.force_login(make_with_role(Role.ADMINISTRATOR))
    miss = note_search_miss("hélicoptère")
    assert miss

    assert client.post(f"/recherche/manques/{miss.pk}/ecarter/")["Location"] == "/reglages/mots/"
    assert client.post(f"/recherche/manques/{miss.pk}/ecarter/").status_code == 404
    assert SearchMiss.objects.count() == 0
