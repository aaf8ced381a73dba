from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from relais.people.models import Participation, Person, Role
from relais.web.places import Place, places_for
from tests.factories import make_member

MEMBER = {"participation": Participation.MEMBER}


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        (Person(), []),
        (Person(**MEMBER), ["Home", "Use cases", "Meetings", "Know-how", "Where we stand"]),
        (Person(roles=[Role.SPONSOR]), ["Where we stand"]),
        (Person(**MEMBER, roles=[Role.ANIMATOR]), ["Home", "Use cases", "Meetings", "Know-how", "Where we stand", "Animate", "Reports"]),
        (Person(roles=[Role.ADMINISTRATOR]), ["Administer"]),
    ],
)
def test_places_are_those_the_person_may_enter(person: Person, labels: list[str]) -> None:
    with translation.override("en"):
        assert [str(place.label) for place in places_for(person)] == labels


@pytest.mark.parametrize(
    ("address", "path", "inside"),
    [
        ("knowledge:home", "/", True),
        ("knowledge:home", "/cas/", False),
        ("knowledge:use_case_list", "/cas/12/", True),
        ("knowledge:use_case_list", "/", False),
    ],
)
def test_place_knows_the_addresses_inside_it(address: str, path: str, inside: bool) -> None:
    place = Place("Somewhere", address, "home", bool)

    assert place.holds(path) is inside


@pytest.mark.django_db
def test_present_place_is_marked(client: Client) -> None:
    client.force_login(make_member())

    page = client.get("/cas/").content.decode().split('<nav class="places"')[1].split("</nav>")[0]

    assert page.count('aria-current="page"') == 1
    assert '<a href="/cas/" aria-current="page">' in page


@pytest.mark.django_db
def test_stranger_sees_no_place(client: Client) -> None:
    assert '<nav class="places"' not in client.get(reverse("account_login")).content.decode()


@pytest.mark.django_db
class TestLanguage:
    def test_stranger_chooses_it_for_the_browser(self, client: Client) -> None:
        answer = client.post("/langue/", {"language": "en", "next": "/une-adresse/"}, headers={"accept-language": "fr"})

        assert (answer.status_code, answer["Location"]) == (302, "/une-adresse/")
        assert client.get("/une-adresse/", headers={"accept-language": "fr"})["Content-Language"] == "en"

    def test_person_chooses_it_for_good(self, client: Client) -> None:
        person = make_member()
        client.force_login(person)

        client.post("/langue/", {"language": "en"})

        person.refresh_from_db()
        assert person.language == "en"

    def test_same_language_again_changes_nothing(self, client: Client) -> None:
        person = make_member()
        client.force_login(person)

        client.post("/langue/", {"language": "fr"})

        person.refresh_from_db()
        assert person.language == "fr"

    def test_unknown_language_and_foreign_address_are_left_alone(self, client: Client) -> None:
        answer = client.post("/langue/", {"language": "tlh", "next": "https://elsewhere.example/"})

        assert answer["Location"] == "/"
        assert "django_language" not in client.cookies
