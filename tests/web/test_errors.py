from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from relais.config.urls import urlpatterns as real
from relais.web.access import everyone
from relais.web.errors import database_is_away, form_address, same_origin
from tests.factories import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@everyone
def breaks(_request: HttpRequest) -> HttpResponse:
    raise ValueError("a secret that must not be logged")


@everyone
def away(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is closed")


@everyone
def writes(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("title", ""))


urlpatterns = [*real, path("casse/", breaks), path("loin/", away), path("ecrire/", writes)]
handler400, handler404, handler500 = "relais.web.errors.bad_request", "relais.web.errors.not_found", "relais.web.errors.server_error"


@pytest.fixture
def visitor() -> Client:
    """A browser: it gets the page, where a test client would get the exception; forms need their token."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True, headers={"accept-language": "fr"})


def caused_by(error: DatabaseError, cause: Exception) -> DatabaseError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (caused_by(OperationalError(), psycopg.errors.AdminShutdown()), True),
        (caused_by(OperationalError(), psycopg.errors.TooManyConnections()), True),
        (caused_by(OperationalError(), psycopg.OperationalError()), True),
        (InterfaceError("connection already closed"), True),
        (caused_by(OperationalError(), psycopg.errors.DeadlockDetected()), False),
        (caused_by(OperationalError(), psycopg.errors.QueryCanceled()), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_database_away_is_told_from_a_refused_statement(error: BaseException | None, away: bool) -> None:
    assert database_is_away(error) is away


def test_database_away_gives_a_page_to_wait_on(visitor: Client) -> None:
    page = visitor.get("/loin/")

    assert (page.status_code, page["Retry-After"]) == (503, "10")
    assert "Relais revient dans un instant" in page.content.decode()


def test_database_away_for_somebody_signed_in_needs_no_session(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.force_login(make_member())

    def refuse(*_given: Any) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        page = visitor.get("/ecrire/")
    recovered = visitor.get("/ecrire/")

    assert (page.status_code, recovered.status_code) == (503, 200)


def test_broken_page_shows_the_number_that_the_logs_carry(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")

    page = visitor.get("/casse/")

    number = page.content.decode().split('<span class="error-id">')[1].split("</span>")[0]
    assert page.status_code == 500
    assert number in [record.msg.get("request") for record in caplog.records if isinstance(record.msg, dict)]


def test_page_too_old_keeps_what_one_of_our_pages_sent(visitor: Client) -> None:
    page = visitor.post("/ecrire/", {"title": "Un titre"}, headers={"origin": "http://testserver", "referer": "http://testserver/cas/"})

    assert page.status_code == 403
    assert "Votre texte est gardé" in page.content.decode()
    assert 'class="button main" href="/cas/"' in page.content.decode()
    assert visitor.session["kept"]["/ecrire/"]["fields"] == {"title": ["Un titre"]}


def test_page_too_old_keeps_nothing_from_elsewhere(visitor: Client) -> None:
    page = visitor.post("/ecrire/", {"title": "Un titre"}, headers={"origin": "https://elsewhere.example"})

    assert page.status_code == 403
    assert "kept" not in visitor.session


def test_text_too_long_is_said_in_words(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    page = client.post("/ecrire/", {"title": "Un long titre"}, headers={"accept-language": "en"})

    assert page.status_code == 413
    assert "This is too much to take in one go" in page.content.decode()


def test_request_that_cannot_be_read_is_said_in_words() -> None:
    page = Client(headers={"host": "elsewhere.example", "accept-language": "en"}).get("/langue/")

    assert page.status_code == 400
    assert "Relais did not understand this request" in page.content.decode()


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"origin": "http://testserver"}, True),
        ({"referer": "http://testserver/cas/"}, True),
        ({"origin": "http://testserver.example"}, False),
        ({}, False),
    ],
)
def test_own_pages_are_told_from_others(headers: dict[str, str], ours: bool) -> None:
    assert same_origin(RequestFactory().post("/", headers=headers)) is ours


@pytest.mark.parametrize(
    ("method", "referer", "address"),
    [
        ("get", "http://testserver/cas/", "/x/?a=1"),
        ("post", "http://testserver/cas/", "/cas/"),
        ("post", "https://elsewhere.example/cas/", "/x/"),
        ("post", "", "/x/"),
    ],
)
def test_way_back_leads_to_the_page_of_the_form(method: str, referer: str, address: str) -> None:
    request = getattr(RequestFactory(), method)("/x/?a=1", headers={"referer": referer})

    assert form_address(request) == address


def test_form_from_an_address_that_is_none_is_refused_like_any_other() -> None:
    client = Client(enforce_csrf_checks=True)

    page = client.post("/langue/", {"language": "en"}, headers={"Referer": "http://[broken", "Origin": "http://[broken"})

    assert page.status_code == 403
