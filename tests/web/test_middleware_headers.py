from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "told"),
    [("/cas/", "private, no-cache"), ("/absent/", "private, no-cache"), ("/mon-compte/donnees/telecharger/", "private, no-store")],
)
def test_no_cache_in_between_keeps_a_page(client: Client, address: str, told: str) -> None:
    client.force_login(make_member())

    assert client.get(address)["Cache-Control"] == told


def test_page_of_a_stranger_is_not_shared_either(client: Client) -> None:
    assert "private" in client.get("/compte/connexion/")["Cache-Control"]


@pytest.mark.parametrize("way", ["/mon-compte/partir/", "/compte/deconnexion/"])
def test_browser_forgets_the_pages_and_drafts_of_whoever_leaves(client: Client, way: str) -> None:
    client.force_login(make_member())

    left = client.post(way)

    assert left["Clear-Site-Data"] == '"cache", "storage"'


def test_browser_of_somebody_whose_session_ended_keeps_its_drafts(client: Client) -> None:
    assert "Clear-Site-Data" not in client.post("/cas/", {"title": "Un titre"})


def test_referer_that_cannot_be_read_is_no_referer(client: Client) -> None:
    page = client.post("/absent/", headers={"referer": "http://["})

    assert page.status_code == 404


def test_next_page_that_is_no_address_is_not_followed(client: Client) -> None:
    page = client.post("/compte/mot-de-passe/oublie/?next=http://[", {"email": "a@b.fr", "next": "http://["})

    assert page.status_code in (200, 302)
