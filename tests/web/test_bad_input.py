"""What people and programs send by mistake or on purpose: answered in words, and never run, stored half or answered by a 500."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from relais.knowledge.actions.use_cases import withdraw_use_case
from relais.knowledge.models import Contribution, UseCase
from relais.people.actions import leave_community
from relais.people.models import Person, Role
from tests.factories import make_answer, make_circle, make_content, make_member, make_use_case, make_with_role

pytestmark = pytest.mark.django_db
INJECTED = '<script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="alert(1)\' {{ 7|add:7 }} javascript:alert(1)'
ODD = "👩🏽‍🔧 مرحبا بكم \u202eabc\u202c שלום Ünïcödé"
LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2
RUNS = re.compile(r"<script>alert|<img src=x|<(?:[^>\"]|\"[^\"]*\")*\son\w+=|href=[\"']?javascript:")
ABSURD_NUMBERS = ["0", "999999999999999999999999999999", "-1", "1e3", "%00", "١"]
PLACES = ["/cas/{}/", "/apports/{}/", "/cas/{}/repondre/", "/applications/{}/", "/fichiers/{}/", "/personnes/{}/", "/cercles/{}/"]
LISTS = ["/cas/?page={}", "/cas/?voir=tous&page={}", "/recherche/?q=client&page={}"]
READS = ["/recherche/?q={}", "/recherche/proches/?title={}", "/cas/?voir={}", "/cas/?cercle={}", "/cas/nouveau/?title={}", "/?{}={}"]


@pytest.fixture
def member() -> Person:
    return make_member("Zoé Marchand")


@pytest.fixture
def visitor(client: Client, member: Person) -> Client:
    client.force_login(member)
    return client


def case_fields(**given: object) -> dict[str, object]:
    circle = make_circle()
    fields = {"title": "Un titre", "situation": "Ce qui se passe.", "need": "Ce qu'il faut.", "audience": "", "looked": "1"}
    return {**fields, "circle": circle.pk, "serves": "customers", "sent_key": str(uuid4()), **given}


@pytest.mark.parametrize("text", [INJECTED, ODD, LONG_WORD], ids=["injected", "odd", "long"])
def test_case_says_what_was_typed_and_runs_nothing(text: str, visitor: Client) -> None:
    asked = visitor.post("/cas/nouveau/", case_fields(title=text[:160], situation=text, need=text, audience=text[:120]), follow=True)
    use_case = UseCase.objects.get()
    pages = [asked.text, *(visitor.get(path).text for path in ("/", "/cas/", f"/cercles/{use_case.circle.slug}/", "/recherche/?q=alert"))]

    assert use_case.title == text[:160]
    assert [found for page in pages for found in RUNS.findall(page)] == []


@pytest.mark.parametrize("body_format", ["html", "typed"])
def test_answer_and_content_run_nothing(body_format: str, visitor: Client) -> None:
    use_case = make_use_case()
    sent = {"body": f"<p>Deux mots</p>{INJECTED}", "body_format": body_format, "title": INJECTED[:160], "result": INJECTED, "kind": "sheet"}

    for place in ("repondre", "partager"):
        visitor.post(f"/cas/{use_case.pk}/{place}/", sent | {"sent_key": str(uuid4())})
    pages = [visitor.get(path).text for path in (f"/cas/{use_case.pk}/", *(f"/apports/{one.pk}/" for one in Contribution.objects.all()))]

    assert len(pages) == 3
    assert [found for page in pages for found in RUNS.findall(page)] == []


def test_what_people_say_of_themselves_and_of_circles_runs_nothing(visitor: Client, member: Person) -> None:
    pilot = make_with_role(Role.PILOT, name=INJECTED[:100])
    visitor.post("/mon-compte/", {"passes_on": INJECTED, "wants_to_learn": INJECTED, "language": "fr", "time_zone": "Europe/Paris"})
    content = make_content()
    visitor.post(f"/apports/{content.pk}/remarque/", {"kind": "outdated", "note": INJECTED})
    pages = [visitor.get(f"/personnes/{member.pk}/").text, visitor.get("/mon-compte/").text, visitor.get("/mon-compte/donnees/").text]
    visitor.force_login(pilot)
    pages.append(visitor.post("/reglages/cercles/", {"name": INJECTED[:80], "purpose": INJECTED}, follow=True).text)
    visitor.force_login(content.author)
    pages.append(visitor.get("/remarques/").text)

    member.refresh_from_db()
    assert member.passes_on == INJECTED
    assert [found for page in pages for found in RUNS.findall(page)] == []


@pytest.mark.parametrize("place", READS)
@pytest.mark.parametrize(
    "text", [INJECTED, ODD, "%00", "%27%22%3B--", "x" * 10_000, "%ff%fe"], ids=["script", "odd", "nul", "sql", "long", "latin"]
)
def test_what_an_address_says_is_shown_as_words(place: str, text: str, visitor: Client) -> None:
    shown = visitor.get(place.replace("{}", text))

    assert shown.status_code == (400 if (text, place) == ("%00", "/cas/?cercle={}") else 200)
    assert RUNS.findall(shown.text) == []


@pytest.mark.parametrize("number", ABSURD_NUMBERS)
@pytest.mark.parametrize("place", PLACES)
def test_thing_that_does_not_exist_is_a_404_page(place: str, number: str, visitor: Client) -> None:
    shown = visitor.get(place.replace("{}", number))

    assert shown.status_code == 404
    assert "Il n’y a rien ici pour vous" in shown.text


@pytest.mark.parametrize("number", [*ABSURD_NUMBERS, "x"])
@pytest.mark.parametrize("place", LISTS)
def test_page_number_that_does_not_exist_shows_a_page_that_does(place: str, number: str, visitor: Client) -> None:
    make_use_case()

    assert visitor.get(place.replace("{}", number)).status_code == 200


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ("/cas/{case}/repondre/", {"body": "a\0b c", "sent_key": "x"}),
        ("/cas/{case}/repondre/", {"body": "a b", "sent_key": "x", "body_format": "zip"}),
        ("/apports/{answer}/pertinence/", {"score": "\0"}),
        ("/apports/{answer}/pertinence/", {"score": "²"}),
        ("/apports/{answer}/aussi/", {"case": "²" * 3000}),
        ("/apports/{answer}/avec/", {"name": "\0", "person": "\0"}),
        ("/brouillons/garder/", {"place": "/cas/nouveau/", "title": "a\0b \ud800"}),
        ("/brouillons/garder/", {"place": "/cas/\0/", "title": "a"}),
        ("/brouillons/garder/", {"place": "https://example.org/", "title": "a"}),
        ("/cas/nouveau/", {"title": "a\0b", "circle": "999999999999999999999", "serves": "nobody"}),
        ("/cas/nouveau/", {"title": "x" * 5000, "situation": "y" * 100_000}),
        ("/langue/", {"language": "\0", "next": "//example.org"}),
        ("/mon-compte/", {"language": "xx", "time_zone": "../../etc"}),
        ("/remarques/999999999999999999999/reglee/", {}),
        ("/personnes/moi/montrer/", {"passed_on": "999999999999999999999", "learned": "\0"}),
    ],
)
def test_nonsense_that_is_sent_is_refused_without_an_error(place: str, fields: dict[str, str], visitor: Client, member: Person) -> None:
    given = make_answer(author=member)
    visitor.raise_request_exception = False
    fields = {name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for name, value in fields.items()}

    shown = visitor.post(place.format(case=given.use_case_id, answer=given.pk), fields)

    assert shown.status_code in {200, 302, 400, 404, 422}
    assert Contribution.objects.count() == 1


def test_method_that_an_address_does_not_take_gets_a_page(visitor: Client) -> None:
    shown = [visitor.get("/brouillons/garder/"), visitor.delete("/cas/"), visitor.put("/"), visitor.post("/ou-en-est-on/")]

    assert [answer.status_code for answer in shown] == [405] * 4
    assert ["<h1>" in answer.text for answer in shown] == [True] * 4
    assert shown[0]["Allow"] == "POST"


def test_form_without_its_token_says_so_and_keeps_the_text(member: Person) -> None:
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.force_login(member)
    place = f"/cas/{make_use_case().pk}/repondre/"

    refused = client.post(place, {"body": "Une phrase simple.", "sent_key": str(uuid4())})
    again = client.get(place)

    assert (refused.status_code, Contribution.objects.count()) == (403, 0)
    assert again.context["form"].initial["body"] == "Une phrase simple."


def test_old_link_to_a_case_that_was_withdrawn_is_a_404_page(visitor: Client, member: Person) -> None:
    use_case = make_use_case(author=member)
    withdraw_use_case(use_case, by=member)

    statuses = [visitor.get(f"/cas/{use_case.pk}/{end}").status_code for end in ("", "repondre/", "partager/", "modifier/")]

    assert statuses == [404] * 4


def test_pages_of_somebody_who_left_name_nobody(visitor: Client) -> None:
    given = make_content(make_use_case())
    asker, author = given.use_case.author, given.author
    names = [asker.name, author.name]
    leave_community(asker)
    leave_community(author)

    paths = ["/cas/?voir=tous", f"/cas/{given.use_case_id}/", f"/apports/{given.pk}/", f"/cercles/{given.use_case.circle.slug}/", "/"]
    shown = [visitor.get(path) for path in paths]

    assert [answer.status_code for answer in shown] == [200] * 5
    assert [name for answer in shown for name in names if name in answer.text] == []
    assert visitor.get(f"/personnes/{author.pk}/").status_code == 404
