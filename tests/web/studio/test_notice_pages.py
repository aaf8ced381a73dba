"""The pages of notices and mails: read, chosen, stopped."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.ledger.subscriptions import delivered_at_once
from relais.people.models import Person
from relais.studio.actions.choices import choose
from relais.studio.models import Choice, Notice
from relais.studio.pace import Pace
from relais.studio.queries.choices import stop_token
from tests.factories import make_answer, make_content, make_exchange, make_member, make_need, make_use_case, make_workshop

pytestmark = pytest.mark.django_db


def told(count: int = 1) -> Person:
    """Somebody with that many notices of each of several kinds."""
    me = make_member(language="en")
    with delivered_at_once():
        make_exchange(other=me)
        for _ in range(count):
            make_answer(make_use_case(author=me))
    return me


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_notices_are_listed_opened_and_read() -> None:
    client = as_(me := told())
    notice = Notice.objects.get(person=me, kind="answered")

    page = client.get("/avis/")
    opened = client.get(f"/avis/{notice.pk}/")

    assert page.text.count('class="state waiting"') == 2
    assert "answers your case" in page.text
    assert opened.url == f"/apports/{notice.object_id}/"
    assert client.get("/").text.count("1 notice to read") == 1
    assert client.post("/avis/lus/", follow=True).text.count('class="state waiting"') == 0
    assert "to read</a>" not in client.get("/").text


def test_notices_are_nobody_elses() -> None:
    notice = Notice.objects.get(person=told(), kind="answered")

    assert as_(make_member()).get(f"/avis/{notice.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_notices_ask_the_database_the_same(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = as_(told(count))

    with django_assert_num_queries(11):
        assert client.get("/avis/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_digest_asks_the_database_the_same(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = as_(told(count))
    for _ in range(count):
        make_use_case(), make_content(), make_workshop(), make_need()

    with django_assert_num_queries(15):
        page = client.get("/avis/resume/")

    assert "answers your case" in page.text


def test_digest_of_a_quiet_week_and_of_somebody_who_wants_none_says_so() -> None:
    me = make_member(language="en")

    quiet = as_(me).get("/avis/resume/").text
    choose(Pace(2, None, time(19), time(8)), [], by=me)
    none = as_(me).get("/avis/resume/").text

    assert "A quiet week" in quiet
    assert "You chose to receive none" in none


def test_choices_are_shown_as_they_were_made_and_wrong_ones_keep_what_was_typed() -> None:
    client = as_(me := make_member(language="en"))

    kept = client.post(
        "/avis/choisir/", {"at_once": ["remark"], "digest_on": "never", "most": "1", "quiet_from": "20:00", "quiet_until": "07:00"}
    )
    wrong = client.post("/avis/choisir/", {"digest_on": "9", "most": "80", "quiet_from": "20:00", "quiet_until": "07:00"})

    assert (kept.status_code, wrong.status_code) == (302, 422)
    assert Choice.objects.get(person=me).pace == Pace(1, None, time(20), time(7))
    assert '<option value="20:00" selected>' in wrong.text
    assert '<option value="never" selected>No digest' in client.get("/avis/choisir/").text


@pytest.mark.parametrize(("what", "question"), [("digest", "No more digest of the week?"), ("at_once", "when somebody addresses you?")])
def test_mail_is_stopped_in_one_click_without_signing_in(what: str, question: str) -> None:
    me = make_member(language="en")
    address = f"/avis/arreter/{stop_token(me, what)}/"
    stranger = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})

    asked = stranger.get(address)
    stopped = stranger.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert question in asked.text
    assert "You will receive no more" in stopped.text
    choice = Choice.objects.get(person=me)
    assert (choice.digest_on is None, choice.at_once == []) == (what == "digest", what == "at_once")


def test_guessed_way_out_leads_nowhere() -> None:
    assert [Client().get(f"/avis/arreter/{token}/").status_code for token in ("guess", "a.b.c")] == [404, 404]


def test_week_begins_on_monday_for_everybody() -> None:
    assert datetime(2026, 3, 9, tzinfo=UTC).weekday() == Choice().digest_on
