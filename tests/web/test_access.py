from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, path, resolve, reverse

from relais.config.urls import urlpatterns as real
from relais.core.errors import NotAllowed, Refused
from relais.people.models import Person, Role
from relais.web import access
from relais.web.access import OPEN_NAMES, declared_rule
from relais.web.kept import kept_fields
from tests.factories import make_invited, make_member, make_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


def kept(request: HttpRequest) -> HttpResponse:
    return HttpResponse(repr(kept_fields(request, "/membres/")))


def not_allowed(_request: HttpRequest) -> HttpResponse:
    raise NotAllowed("Only its author can do this.")


def refused(_request: HttpRequest) -> HttpResponse:
    raise Refused("This picture is too big.", field="picture")


def _declared(rule_name: str) -> URLPattern:
    def view(request: HttpRequest) -> HttpResponse:
        return plain(request)

    return path(f"{rule_name}/", getattr(access, rule_name)(view))


RULES = ("everyone", "signed_in", "members", "aggregates", "animators", "pilots", "administrators")
urlpatterns = [
    *real,
    *(_declared(name) for name in RULES),
    path("membres/", access.members(lambda request: plain(request))),
    path("garde/", access.everyone(kept)),
    path("oubli/", lambda request: plain(request)),
    path("interdit/", access.members(not_allowed)),
    path("refus/", access.members(refused)),
]
handler400, handler404, handler500 = "relais.web.errors.bad_request", "relais.web.errors.not_found", "relais.web.errors.server_error"


def reverses(name: str) -> bool:
    return bool(get_resolver("relais.web.people.sign_in_urls").reverse_dict.getlist(name))


def opened_by(client: Client) -> set[str]:
    return {name for name in RULES if client.get(f"/{name}/").status_code == 200}


def an_animator() -> Person:
    person = make_member()
    person.roles = [Role.ANIMATOR]
    person.save(update_fields=["roles"])
    return person


@pytest.mark.parametrize(
    ("make", "opened"),
    [
        (make_invited, {"everyone", "signed_in"}),
        (make_member, {"everyone", "signed_in", "members", "aggregates"}),
        (an_animator, {"everyone", "signed_in", "members", "aggregates", "animators"}),
        (lambda: make_with_role(Role.PILOT), {"everyone", "signed_in", "aggregates", "pilots"}),
        (lambda: make_with_role(Role.SPONSOR), {"everyone", "signed_in", "aggregates"}),
        (lambda: make_with_role(Role.ADMINISTRATOR), {"everyone", "signed_in", "administrators"}),
    ],
)
def test_each_role_opens_what_its_views_declare(client: Client, make: Callable[[], Person], opened: set[str]) -> None:
    client.force_login(make())

    assert opened_by(client) == opened


def test_stranger_opens_what_is_for_everyone(client: Client) -> None:
    assert opened_by(client) == {"everyone"}


def test_view_that_declares_nobody_does_not_exist(client: Client) -> None:
    client.force_login(make_member())

    assert client.get("/oubli/").status_code == 404


def test_stranger_is_offered_to_sign_in_and_come_back(client: Client) -> None:
    page = client.get("/membres/?page=2", headers={"accept-language": "fr"})

    assert page.status_code == 404
    assert '?next=%2Fmembres%2F%3Fpage%3D2"' in page.content.decode()


def test_existing_and_missing_addresses_look_the_same_to_a_stranger(client: Client) -> None:
    hidden = client.get("/membres/").content.decode().replace("membres", "…")
    missing = client.get("/absent/").content.decode().replace("absent", "…")

    assert hidden.split("<main")[1].split("</main>")[0] == missing.split("<main")[1].split("</main>")[0]


def test_head_is_answered_as_get(client: Client) -> None:
    client.force_login(make_member())

    answer = client.head("/membres/")

    assert (answer.status_code, answer.content) == (200, b"")


def test_coming_by_is_noted_once_a_day(client: Client) -> None:
    person = make_member()
    client.force_login(person)

    client.get("/membres/")
    client.get("/membres/")

    assert person.pk in set(type(person).objects.filter(last_seen_on__isnull=False).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("address", "told", "status"),
    [("/interdit/", "Only its author can do this.", 403), ("/refus/", "This picture is too big.", 422)],
)
def test_refusal_without_a_form_is_told_on_a_page(client: Client, address: str, told: str, status: int) -> None:
    client.force_login(make_member())

    page = client.post(address, headers={"referer": "http://testserver/membres/"})

    assert page.status_code == status
    assert f'<p class="lead">{told}</p>' in page.content.decode()
    assert 'href="/membres/"' in page.content.decode()


@pytest.mark.parametrize("name", ["account_login", "mfa_authenticate"])
def test_sign_in_is_open_to_strangers(name: str) -> None:
    view = resolve(reverse("account_login")).func

    assert declared_rule(view, name) is None


def test_other_addresses_of_sign_in_need_somebody(client: Client) -> None:
    address = reverse("mfa_list_webauthn")

    stranger = client.get(address).status_code
    client.force_login(make_member())
    member = client.get(address).status_code

    assert (stranger, member) == (404, 200)


def test_open_names_exist() -> None:
    assert {name for name in OPEN_NAMES if not reverses(name)} == set()


class TestWhatWasTyped:
    def test_it_is_found_again_after_signing_in(self, client: Client) -> None:
        page = client.post("/membres/", {"title": "Un titre", "labels": ["a", "b"], "password": "secret", "empty": ""})
        client.force_login(make_member())

        assert page.status_code == 404
        assert "Votre texte est gardé" in page.content.decode()
        assert client.get("/garde/").content.decode() == "{'title': 'Un titre', 'labels': ['a', 'b']}"

    def test_it_is_dropped_when_sent_again(self, client: Client) -> None:
        client.post("/membres/", {"title": "Un titre"})
        client.force_login(make_member())

        client.post("/membres/", {"title": "Un titre"})

        assert client.get("/garde/").content.decode() == "{}"

    def test_it_stays_while_another_form_is_sent(self, client: Client) -> None:
        client.post("/membres/", {"title": "Un titre"})
        client.force_login(make_member())

        client.post("/signed_in/", {"title": "Autre"})

        assert client.get("/garde/").content.decode() == "{'title': 'Un titre'}"

    def test_only_the_last_three_forms_are_kept(self, client: Client) -> None:
        for address in ("/membres/", "/signed_in/", "/aggregates/", "/pilots/"):
            client.post(address, {"title": "Un titre"})

        assert list(client.session["kept"]) == ["/signed_in/", "/aggregates/", "/pilots/"]

    def test_too_much_of_it_is_not_kept(self, client: Client) -> None:
        page = client.post("/membres/", {"title": "x" * 20_001})

        assert "kept" not in client.session
        assert "Votre texte est gardé" not in page.content.decode()

    def test_as_much_as_a_long_text_is_kept(self, client: Client) -> None:
        client.post("/membres/", {"title": "x" * 20_000})

        assert list(client.session["kept"]) == ["/membres/"]

    def test_one_address_leaves_so_many_forms_and_no_more(self, settings: LazySettings) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"kept": "2/h/ip"}
        strangers = [Client(REMOTE_ADDR=address) for address in ("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2")]

        for stranger in strangers:
            stranger.post("/membres/", {"title": "Un titre"})

        assert ["kept" in stranger.session for stranger in strangers] == [True, True, False, True]

    def test_it_is_forgotten_after_an_hour(self, client: Client) -> None:
        client.post("/membres/", {"title": "Un titre"})
        session = client.session
        session["kept"]["/membres/"]["at"] -= 3601
        session.save()

        assert client.get("/garde/").content.decode() == "{}"

    def test_nothing_waits_for_a_form_never_sent(self) -> None:
        request = RequestFactory().get("/")
        request.session = {}

        assert kept_fields(request, "/membres/") == {}
