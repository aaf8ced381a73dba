from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from relais.core import clock
from relais.knowledge.actions.attendance import mark_came, register
from relais.knowledge.actions.circles import appoint_animator, join_circle
from relais.knowledge.actions.reuse import question_contribution, report_application
from relais.knowledge.models import Proposal
from relais.knowledge.queries.home import home_for
from relais.people.models import Role
from relais.web.knowledge.words import reason_words
from tests.factories import make_answer, make_circle, make_content, make_invited, make_member, make_use_case, make_with_role, make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> object:
    person = make_member(language="en")
    client.force_login(person)
    client.get("/")  # the visit of the day is noted once
    return person


def test_stranger_is_led_to_sign_in(client: Client) -> None:
    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, reverse("account_login"))


def test_invited_person_is_welcomed(client: Client) -> None:
    client.force_login(make_invited())

    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/bienvenue/")


def test_sponsor_reads_where_the_community_stands(client: Client) -> None:
    client.force_login(make_with_role(Role.SPONSOR))

    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/ou-en-est-on/")


def test_newcomer_is_offered_a_circle(client: Client, me: object) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert b"Choose my circles" in response.content
    assert b"Nothing new here yet." in response.content


def test_everything_that_may_wait_is_told_one_of_each_kind_first(me: object) -> None:
    circle = make_circle()
    appoint_animator(circle, me, by=None)
    with clock.simulated(clock.now() - timedelta(days=15)):
        application = report_application(make_answer(), by=me)
        make_use_case(circle=circle)
    make_answer(make_use_case(me))
    question_contribution(make_answer(author=me), "outdated", by=make_member())
    for _ in range(2):
        Proposal.objects.create(use_case=make_use_case(), person=me, reason="circle")

    with clock.simulated(clock.now()):
        found = home_for(me, clock.now())

    assert [thing.kind for thing in found.waiting] == ["proposal", "to_tell", "to_animate"]
    assert (found.waiting[1].pk, found.waiting[2].count) == (application.pk, 1)
    assert found.has_acted is True


def test_each_thing_that_waits_has_its_words(client: Client, me: object) -> None:
    circle = make_circle()
    appoint_animator(circle, me, by=None)
    with clock.simulated(clock.now() - timedelta(days=15)):
        make_use_case(circle=circle)
        report_application(make_content(title="Plan"), by=me)
    question_contribution(make_answer(author=me), "outdated", by=make_member())
    client.force_login(me)

    page = client.get("/").content.decode()

    assert "Did it work? “Plan”" in page
    assert "1 remark on what you wrote" in page
    assert "1 case without an answer for two days" in page


def test_answer_without_a_title_is_quoted_up_to_a_whole_word(client: Client, me: object) -> None:
    with clock.simulated(clock.now() - timedelta(days=15)):
        report_application(make_answer(body=f"<p>{'Dites ' * 12}bonjour à chacun, puis attendez que la file avance.</p>"), by=me)
    client.force_login(me)

    page = client.get("/").content.decode()

    assert f"Did it work? “{'Dites ' * 12}bonjour…”" in page


def test_proposal_and_answers_to_my_case_have_their_words(client: Client, me: object) -> None:
    make_answer(make_use_case(me, title="Mon cas"))
    proposal = Proposal.objects.create(use_case=make_use_case(title="Un autre"), person=me, reason="circle")

    page = client.get("/").content.decode()

    assert f'action="/propositions/{proposal.pk}/passer/"' in page
    assert "1 answer to your case. Is it solved?" in page


def test_news_of_my_circles_and_one_unanswered_case(client: Client, me: object) -> None:
    circle = make_circle()
    join_circle(circle, by=me)
    here = make_use_case(circle=circle, title="Un cas d'ici")
    make_content(make_use_case(circle=circle, title="Autre"), title="Une fiche d'ici")
    make_use_case(title="Ailleurs")

    found = home_for(me, clock.now())

    assert {row.title for row in found.news} == {"Une fiche d'ici", "Autre"}
    assert found.small
    assert found.small.pk == here.pk
    assert f'href="/cas/{here.pk}/"' in client.get("/").content.decode()


def test_case_stands_once_on_home(me: object) -> None:
    circle = make_circle()
    join_circle(circle, by=me)
    proposed, other = make_use_case(circle=circle), make_use_case(circle=circle)
    Proposal.objects.create(use_case=proposed, person=me, reason="circle")

    found = home_for(me, clock.now())

    assert ([thing.use_case for thing in found.waiting], found.small and found.small.pk, found.news) == ([proposed.pk], other.pk, [])


def test_first_case_then_solved_ones_are_the_small_thing(client: Client, me: object) -> None:
    join_circle(make_circle(), by=me)
    before = client.get("/").content
    make_use_case(me)
    after = client.get("/").content

    assert (b"Write my first case" in before, b"Read solved cases" in after) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_the_database_the_same_whatever_it_shows(
    client: Client, me: object, rows: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    circle = make_circle()
    join_circle(circle, by=me)
    for _ in range(rows):
        Proposal.objects.create(use_case=make_use_case(circle=circle), person=me, reason="circle")
        make_content(make_use_case(circle=circle))

    with django_assert_num_queries(5):
        assert client.get("/").status_code == 200


def test_declining_is_one_click(client: Client, me: object) -> None:
    mine = Proposal.objects.create(use_case=make_use_case(), person=me, reason="circle")
    other = Proposal.objects.create(use_case=make_use_case(), person=make_member(), reason="circle")

    assert client.post(f"/propositions/{mine.pk}/passer/")["Location"] == "/"
    assert client.post(f"/propositions/{other.pk}/passer/").status_code == 404
    mine.refresh_from_db()
    assert mine.state == Proposal.State.DECLINED


@pytest.mark.parametrize(
    ("reason", "because", "words"),
    [
        ("best", "X", "Your answer to a close case was the best one: “X”."),
        ("applied", "X", "You made it work on a close case: “X”."),
        ("animates", "", "You look after this circle."),
        ("circle", "", "You have already helped in this circle."),
        ("answer", "", "You have already helped in this circle."),
        ("animates", "X", "You look after this circle."),
    ],
)
def test_reason_is_told(reason: str, because: str, words: str) -> None:
    with translation.override("en"):
        assert reason_words(reason, because) == words


def test_meeting_of_tomorrow_waits_with_its_question_then_what_it_was_worth(client: Client, me: object) -> None:
    workshop = make_workshop(title="Sealing a tube", starts_at=clock.now() + timedelta(hours=30), warm_up="When did it leak?")
    make_workshop(title="Far away")
    registration = register(workshop, by=me)
    register(make_workshop(title="Next week"), by=me)

    before = client.get("/").text
    with clock.simulated(workshop.starts_at):
        mark_came(workshop, registration, came=True, by=workshop.host)
        after = home_for(me, clock.now())

    assert "Sealing a tube, tomorrow" in before or "Sealing a tube, on " in before
    assert ("The host asks: When did it leak?" in before, "Next week" in before) == (True, False)
    assert [(thing.kind, thing.pk) for thing in after.waiting] == [("worth", workshop.pk)]
    assert "Was it worth the time?" in client.get("/").text
