from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from relais.core import clock
from relais.core.errors import NotAllowed
from relais.knowledge.actions.circles import appoint_animator, found_circle, join_circle, trust_with
from relais.knowledge.actions.reuse import question_contribution
from relais.knowledge.actions.search import note_search_miss
from relais.knowledge.models import Circle, CircleMember
from relais.people.models import Person, Role
from tests.factories import make_answer, make_circle, make_invited, make_member, make_use_case, make_with_role, make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> Person:
    person = make_member(language="en")
    client.force_login(person)
    client.get("/")
    return person


@pytest.fixture
def keeper(client: Client) -> Person:
    person = make_with_role(Role.PILOT, language="en")
    client.force_login(person)
    return person


def test_my_circles_come_first(client: Client, me: Person) -> None:
    make_circle("Achats")
    mine = make_circle("Ventes")
    join_circle(mine, by=me)
    make_use_case(circle=mine)

    page = client.get("/cercles/").content.decode()

    assert page.index("Ventes") < page.index("Achats")
    assert "1 person · 1 case to answer" in page


def test_one_joins_and_leaves_in_one_click(client: Client, me: Person) -> None:
    circle = make_circle()

    joined = client.post(f"/cercles/{circle.slug}/rejoindre/", {"next": "/cercles/"})
    left = client.post(f"/cercles/{circle.slug}/quitter/")

    assert (joined["Location"], left["Location"]) == ("/cercles/", f"/cercles/{circle.slug}/")
    assert CircleMember.objects.filter(person=me, until=None).count() == 0
    assert client.post("/cercles/nulle-part/rejoindre/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_circle_shows_who_looks_after_it_and_what_waits(
    client: Client, me: Person, rows: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    circle = make_circle()
    appoint_animator(circle, make_member("Anne Animatrice"), by=None)
    for _ in range(rows):
        make_workshop(circle=circle, title="Atelier")
        make_use_case(circle=circle, title="Sans réponse")
        make_answer(make_use_case(circle=circle, title="Répondu"))

    with django_assert_num_queries(7):
        page = client.get(f"/cercles/{circle.slug}/").content.decode()

    assert "Anne Animatrice" in page
    assert page.count("Sans réponse") == page.count("Répondu") == page.count("Atelier") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_circles_asks_the_database_the_same(
    client: Client, me: Person, rows: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for _ in range(rows):
        make_circle()

    with django_assert_num_queries(2):
        assert client.get("/cercles/").status_code == 200


def test_circle_is_opened_and_entrusted(client: Client, keeper: Person) -> None:
    member = make_member("Anne")

    opened = client.post("/reglages/cercles/", {"name": "Santé & sécurité", "purpose": "Rentrer entier."})
    entrusted = client.post("/reglages/cercles/sante-securite/", {"email": member.email})

    assert opened["Location"] == entrusted["Location"] == "/reglages/cercles/sante-securite/"
    assert "Anne" in client.get("/reglages/cercles/").content.decode()
    member.refresh_from_db()
    assert member.has_role(Role.ANIMATOR)
    assert (
        client.post("/reglages/cercles/sante-securite/retirer/", {"person": member.pk})["Location"] == "/reglages/cercles/sante-securite/"
    )
    assert client.post("/reglages/cercles/sante-securite/retirer/", {"person": member.pk}).status_code == 404
    member.refresh_from_db()
    assert not member.has_role(Role.ANIMATOR)


def test_refusals_are_told_beside_what_was_typed(client: Client, keeper: Person) -> None:
    make_circle()
    Circle.objects.update(slug="pose", name="Pose")
    invited = make_invited()

    assert "There is a circle of this name already" in client.post("/reglages/cercles/", {"name": "Pose"}).content.decode()
    assert "Give the circle a name" in client.post("/reglages/cercles/", {"name": "?"}).content.decode()
    assert client.post("/reglages/cercles/", {}).status_code == 200
    assert "Nobody who takes part" in client.post("/reglages/cercles/pose/", {"email": invited.email}).content.decode()
    assert "Nobody who takes part" in client.post("/reglages/cercles/pose/", {"email": "x@example.org"}).content.decode()
    assert client.get("/reglages/cercles/pose/").status_code == 200


def test_members_do_not_look_after_circles(client: Client, me: Person) -> None:
    circle = make_circle()

    assert client.get("/reglages/cercles/").status_code == 404
    with pytest.raises(NotAllowed):
        found_circle("Pose", "", by=me)
    with pytest.raises(NotAllowed):
        trust_with(circle, me.email or "", by=me)


def test_animator_sees_where_a_word_helps(client: Client, me: Person) -> None:
    circle = make_circle("Pose")
    appoint_animator(circle, me, by=None)
    with clock.simulated(clock.now() - timedelta(days=15)):
        old = make_member()
        make_use_case(old, circle, title="Attend depuis longtemps")
        question_contribution(make_answer(make_use_case(circle=circle)), "outdated", by=old)
    make_use_case(make_member(), circle, title="Premier cas")
    note_search_miss("hélicoptère")

    client.force_login(Person.objects.get(pk=me.pk))
    page = client.get("/animer/").content.decode()

    assert page.index("Premier cas") < page.index("Attend depuis longtemps") < page.index("hélicoptère")
    assert "1 text" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_animation_asks_the_database_the_same(
    client: Client, me: Person, rows: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    circle = make_circle()
    appoint_animator(circle, me, by=None)
    for n in range(rows):
        make_use_case(circle=circle)
        note_search_miss(f"besoin {n}")

    with django_assert_num_queries(9):
        assert client.get("/animer/").status_code == 200


def test_need_set_aside_by_an_animator_leads_back_to_the_page(client: Client, me: Person) -> None:
    appoint_animator(make_circle(), me, by=None)
    miss = note_search_miss("hélicoptère")
    assert miss

    assert client.post(f"/recherche/manques/{miss.pk}/ecarter/")["Location"] == "/animer/"


def test_who_animates_nothing_finds_no_such_page(client: Client, me: Person) -> None:
    assert client.get("/animer/").status_code == 404
