from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from relais.core import clock
from relais.integrations.calendar.actions import close_feed, open_feed
from relais.integrations.calendar.models import Feed
from relais.knowledge.actions.attendance import register
from relais.knowledge.actions.circles import join_circle
from relais.knowledge.actions.workshops import cancel_workshop, revise_workshop
from relais.people.actions import leave_community
from relais.people.models import Person
from tests.factories import make_circle, make_member, make_workshop, workshop_text

pytestmark = pytest.mark.django_db


def read(client: Client, token: str) -> list[Any]:
    """The events of a feed, as an independent library reads them."""
    answer = client.get(f"/agenda/{token}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content.decode()).walk("VEVENT"))


def test_feed_holds_what_one_leads_goes_to_and_waits_for(client: Client) -> None:
    me = make_member()
    make_workshop(me, title="Je mène")
    register(make_workshop(title="J'y vais"), by=me)
    full = make_workshop(title="J'attends", capacity=2)
    for person in (make_member(), make_member(), me):
        register(full, by=person)
    make_workshop(title="Ailleurs")

    events = read(client, open_feed(me, circles=False))

    assert {str(event["summary"]): str(event["status"]) for event in events} == {
        "Je mène": "CONFIRMED",
        "J'y vais": "CONFIRMED",
        "J'attends (liste d’attente)": "TENTATIVE",
    }


def test_circles_are_shown_by_choice_as_free_time(client: Client) -> None:
    me, circle = make_member(language="en"), make_circle()
    join_circle(circle, by=me)
    make_workshop(circle=circle)

    with_circles = read(client, open_feed(me, circles=True))
    without = read(client, open_feed(me, circles=False))

    assert [(str(event["status"]), str(event["transp"])) for event in with_circles] == [("TENTATIVE", "TRANSPARENT")]
    assert without == []


def test_moved_and_cancelled_keep_their_name_and_raise_their_number(client: Client) -> None:
    me, workshop = make_member(), make_workshop()
    register(workshop, by=me)
    token = open_feed(me, circles=False)
    [before] = read(client, token)

    moved = revise_workshop(workshop, workshop_text(workshop.circle, starts_at=workshop.starts_at + timedelta(1)), by=workshop.host)
    [after] = read(client, token)
    cancel_workshop(workshop, "Grippe", by=workshop.host)
    [gone] = read(client, token)

    assert before["uid"] == after["uid"] == gone["uid"]
    assert [int(event["sequence"]) for event in (before, after, gone)] == [0, 1, 2]
    assert (after["dtstart"].dt, str(gone["status"])) == (moved.starts_at.replace(microsecond=0), "CANCELLED")


def test_words_with_commas_lines_and_accents_survive(client: Client) -> None:
    me = make_member()
    make_workshop(me, title="Écouter, dire; refaire", purpose="Ligne 1\nLigne 2 : " + "é" * 100, link="https://visio.example/a?b=c,d")

    [event] = read(client, open_feed(me, circles=False))

    assert str(event["summary"]) == "Écouter, dire; refaire"
    assert str(event["description"]).startswith("Ligne 1\nLigne 2 : é")
    assert "https://visio.example/a?b=c,d" in str(event["description"])


def test_feed_is_not_read_again_when_nothing_changed(client: Client) -> None:
    me, workshop = make_member(), make_workshop()
    token = open_feed(me, circles=False)
    mark = client.get(f"/agenda/{token}.ics")["ETag"]

    same = client.get(f"/agenda/{token}.ics", headers={"If-None-Match": mark})
    register(workshop, by=me)
    changed = client.get(f"/agenda/{token}.ics", headers={"If-None-Match": mark})

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)


def test_renewed_address_replaces_the_one_before_and_a_closed_one_opens_nothing(client: Client) -> None:
    me = make_member()
    first, second = open_feed(me, circles=False), open_feed(me, circles=False)

    answers = [client.get(f"/agenda/{token}.ics").status_code for token in (first, second, "guess")]
    close_feed(me)

    assert (answers, client.get(f"/agenda/{second}.ics").status_code) == ([404, 200, 404], 404)


def test_secret_is_not_kept_and_goes_with_its_person(client: Client) -> None:
    me = make_member()
    token = open_feed(me, circles=False)

    kept = Feed.objects.get().digest
    leave_community(me)

    assert (token in kept, Feed.objects.count(), client.get(f"/agenda/{token}.ics").status_code) == (False, 0, 404)


def test_address_is_shown_once_on_its_page(client: Client) -> None:
    client.force_login(make_member(language="en"))

    opened = client.post("/mon-agenda/", {"circles": "1"}).text
    again = client.get("/mon-agenda/").text
    client.post("/mon-agenda/fermer/")

    assert ("http://testserver/agenda/" in opened, "http://testserver/agenda/" in again, "Renew my address" in again) == (True, False, True)
    assert Feed.objects.count() == 0


def test_old_workshops_leave_the_feed(client: Client) -> None:
    with clock.simulated(datetime(2026, 1, 1, tzinfo=UTC)):
        me: Person = make_member()
        make_workshop(me)
        token = open_feed(me, circles=False)

    with clock.simulated(datetime(2026, 8, 1, tzinfo=UTC)):
        assert read(client, token) == []
