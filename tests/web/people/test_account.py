from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from relais.knowledge.actions.drafts import keep_draft
from relais.people.actions import pause
from relais.people.actions.pace import LIMITS
from relais.people.models import Pace, Participation, Person
from relais.web.people.pace import at_draft_pace, too_fast
from tests.factories import make_answer, make_circle, make_invited, make_member, make_pseudonymous, make_unit

CHOSEN = {"passes_on": "La soudure", "wants_to_learn": "", "language": "en", "time_zone": "America/Cayenne"}


def test_account_is_changed(client: Client) -> None:
    member = make_member()
    client.force_login(member)

    answer = client.post("/mon-compte/", CHOSEN)

    member.refresh_from_db()
    assert (answer.url, member.passes_on, member.language, member.time_zone) == ("/mon-compte/", "La soudure", "en", "America/Cayenne")
    assert "Your account is up to date." in client.get("/mon-compte/").content.decode()


def test_what_was_typed_is_kept_when_a_choice_is_refused(client: Client) -> None:
    client.force_login(make_member())

    answer = client.post("/mon-compte/", CHOSEN | {"time_zone": "Mars/Olympus"})

    assert (answer.status_code, "La soudure" in answer.content.decode()) == (422, True)


def test_pause_and_return_take_one_click_each(client: Client) -> None:
    member = make_member()
    client.force_login(member)

    states = []
    for address in ("/mon-compte/pause/", "/mon-compte/reprendre/"):
        client.post(address)
        member.refresh_from_db()
        states.append(member.participation)

    assert states == [Participation.PAUSED, Participation.MEMBER]


@pytest.mark.parametrize(
    ("make", "offered"),
    [
        (make_member, ["pause", "partir"]),
        (lambda: pause(make_member()), ["reprendre", "partir"]),
        (make_invited, ["partir"]),
    ],
    ids=["member", "paused", "invited"],
)
def test_menu_of_every_page_offers_the_ways_out(client: Client, make: Callable[[], Person], offered: list[str]) -> None:
    client.force_login(make())

    menu = client.get("/mon-compte/").text.partition('class="menu-body"')[2].partition("</details>")[0]

    assert re.findall(r"/mon-compte/(pause|reprendre|partir)/", menu) == offered


@pytest.mark.parametrize("make", [make_member, make_invited, lambda: pause(make_member())])
def test_account_page_asks_the_same_few_queries(client: Client, make: object) -> None:
    client.force_login(make())  # type: ignore[operator]
    client.get("/mon-compte/")

    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/mon-compte/")

    assert (answer.status_code, len(queries)) == (200, 1)


def test_leaving_takes_two_clicks_and_says_what_goes_and_stays(client: Client) -> None:
    member = make_member("Ann Lee")
    client.force_login(member)

    told = client.get("/mon-compte/partir/")
    left = client.post("/mon-compte/partir/")

    member.refresh_from_db()
    assert (told.status_code, left.status_code, member.participation, member.name) == (200, 200, Participation.LEFT, "")
    assert client.get("/mon-compte/").status_code == 404


def test_data_is_read_and_downloaded(client: Client) -> None:
    client.force_login(make_member("Ann Lee", make_unit()))

    page, file = client.get("/mon-compte/donnees/"), client.get("/mon-compte/donnees/telecharger/")

    exported = json.loads(file.content)
    assert (page.status_code, "Ann Lee" in page.content.decode()) == (200, True)
    assert exported["people.person"][0]["name"] == "Ann Lee"
    assert set(exported) == {"people.person", "people.membership", "people.session", "account.emailaddress", "ledger.entry"}
    assert file["Content-Disposition"] == 'attachment; filename="relais-mes-donnees.json"'


def test_data_is_kept_as_a_file_to_read_without_a_network(client: Client) -> None:
    member = make_member("Ann Lee", make_unit("Agence de Lille"), language="fr")
    make_pseudonymous(member, make_circle("Accueil"))
    client.force_login(member)

    file = client.get("/mon-compte/donnees/garder/")

    kept = file.text
    assert file["Content-Disposition"] == 'attachment; filename="relais-mes-donnees.html"'
    assert re.findall(r"(?:src|href|url)\s*[=(]", kept) == []
    for said in (
        "Ann Lee",
        "Agence de Lille",
        "<dt>cercle</dt><dd>Accueil</dd>",
        "<dt>sous pseudonyme</dt><dd>oui</dd>",
        "vous",
        "a rejoint",
    ):
        assert said in kept, said


def test_data_is_said_in_words(client: Client) -> None:
    member = make_member(language="en")
    keep_draft("/cas/nouveau/", {"title": "Une idée"}, by=member)
    make_answer(author=member, body="<p>Deux <strong>gestes</strong> suffisent.</p>")
    client.force_login(member)

    page = client.get("/mon-compte/donnees/").text

    for said in (
        "title: Une idée",
        "Deux **gestes** suffisent.",
        "Kept 3 months after it last served. When you leave: goes at once.",
        "Answer",
    ):
        assert said in page, said


def test_writes_that_come_too_fast_wait_and_lose_nothing(client: Client) -> None:
    client.force_login(make_member())
    for _ in range(LIMITS["write"].minute * 2):  # the minute may turn meanwhile
        answer = client.post("/mon-compte/", CHOSEN)
        if answer.status_code == 429:
            break

    page = answer.content.decode()
    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 60) == (429, True)
    assert ("La soudure" in page, 'action="/mon-compte/"' in page) == (True, True)


def test_autosaves_have_a_pace_of_their_own(rf: RequestFactory) -> None:
    member = make_member()

    @at_draft_pace
    def keep(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    waits = [too_fast(rf.post("/"), keep, member) for _ in range(LIMITS["write"].minute * 2 + 1)]

    assert waits == [None] * 61
    assert Pace.objects.get(person=member).kind == "draft"
