from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.core import clock
from relais.knowledge.actions.attendance import mark_came, register, warm_up
from relais.knowledge.models import Registration, Workshop
from relais.people.models import Person
from tests.factories import make_circle, make_member, make_use_case, make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> Person:
    person = make_member("Ann Lee", language="en", time_zone="Europe/Paris")
    client.force_login(person)
    client.get("/cas/")
    return person


def fields(**changed: Any) -> dict[str, Any]:
    given = {
        "sent_key": str(uuid4()),
        "title": "Calming a customer",
        "format": "short",
        "circle": make_circle().pk,
        "day": (clock.now() + timedelta(days=9)).date().isoformat(),
        "hour": "14:00",
        "room": "Room 2",
        "capacity": "12",
        "weeks": "0",
    }
    return given | changed


def said(answer: Any) -> list[str]:
    return [message.tags for message in answer.context["messages"]]


def over(workshop: Workshop, guest: Person) -> Workshop:
    """The guest came; it took place yesterday."""
    registration = register(workshop, by=guest)
    with clock.simulated(workshop.starts_at):
        mark_came(workshop, registration, came=True, by=workshop.host)
    ago = timedelta(days=9)
    Workshop.objects.filter(pk=workshop.pk).update(starts_at=workshop.starts_at - ago, ends_at=workshop.ends_at - ago)
    return Workshop.objects.get(pk=workshop.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(
    client: Client, me: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_workshop()

    with django_assert_num_queries(4):
        page = client.get("/rencontres/").text

    assert page.count("12 places left") == count


@pytest.mark.parametrize("count", [1, 3])
def test_workshop_costs_the_same_with_one_guest_and_with_three(
    client: Client, me: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    workshop = make_workshop(use_case=make_use_case(), warm_up="When did it last happen?")
    for _ in range(count):
        register(workshop, by=(guest := make_member()))
        warm_up(workshop, "Yesterday", by=guest)

    with django_assert_num_queries(3):
        page = client.get(f"/rencontres/ateliers/{workshop.pk}/").text

    assert f"{count} {'person comes' if count == 1 else 'people come'}" in page
    assert "Yesterday" not in page  # what those who come say is for them


def test_workshop_is_proposed_at_the_hour_of_ones_own_clock_and_shown_in_that_of_others(client: Client, me: Person) -> None:
    answer = client.post("/rencontres/ateliers/proposer/", fields(day="2030-07-01"), follow=True)

    workshop = Workshop.objects.get(host=me)
    assert answer.redirect_chain == [(f"/rencontres/ateliers/{workshop.pk}/", 302)]
    assert (workshop.starts_at.isoformat(), workshop.ends_at - workshop.starts_at) == ("2030-07-01T12:00:00+00:00", timedelta(minutes=20))
    client.force_login(make_member(time_zone="Europe/London", language="en"))
    assert "at 1 PM" in client.get(f"/rencontres/ateliers/{workshop.pk}/").text


def test_series_is_proposed_at_once(client: Client, me: Person) -> None:
    client.post("/rencontres/ateliers/proposer/", fields(weeks="2", dates="3"))

    assert Workshop.objects.filter(host=me).count() == 3


def test_workshop_is_proposed_from_a_case_and_from_words(client: Client, me: Person) -> None:
    case = make_use_case()

    started = client.get(f"/rencontres/ateliers/proposer/?cas={case.pk}").context["form"].initial
    named = client.get("/rencontres/ateliers/proposer/?titre=Sceller").context["form"].initial
    client.post("/rencontres/ateliers/proposer/", fields(use_case=case.pk))

    assert (started["title"], started["circle"], named["title"]) == (case.title, case.circle, "Sceller")
    assert Workshop.objects.get(host=me).use_case == case
    assert client.get("/rencontres/ateliers/proposer/?cas=nothing").status_code == 200


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"format": "free"}, "minutes"),
        ({"minutes": "3"}, "minutes"),
        ({"format": "free", "minutes": "abc"}, "minutes"),
        ({"format": "unknown"}, "format"),
        ({"day": "2001-01-01"}, "day"),
        ({"room": ""}, "room"),
        ({"co_host": "nobody@example.org"}, "co_host"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"capacity": "1"}, "capacity"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(client: Client, me: Person, changed: dict[str, str], field: str) -> None:
    answer = client.post("/rencontres/ateliers/proposer/", fields(purpose="Bring your own case") | changed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert "Bring your own case" in answer.text


def test_place_is_taken_then_given_back(client: Client, me: Person) -> None:
    workshop = make_workshop()

    taken = client.post(f"/rencontres/ateliers/{workshop.pk}/je-participe/", follow=True)
    shown = client.get("/rencontres/").text
    back = client.post(f"/rencontres/ateliers/{workshop.pk}/je-rends-ma-place/", follow=True)

    assert (said(taken), said(back), "you have a place" in shown) == (["success"], ["success"], True)
    assert Registration.objects.count() == 0


def test_full_workshop_says_that_one_waits(client: Client, me: Person) -> None:
    workshop = make_workshop(capacity=2)
    for _ in range(2):
        register(workshop, by=make_member())

    page = client.get(f"/rencontres/ateliers/{workshop.pk}/").text
    client.post(f"/rencontres/ateliers/{workshop.pk}/je-participe/")
    waiting = client.get(f"/rencontres/ateliers/{workshop.pk}/").text

    assert ("Put me on the waiting list" in page, "you are on the waiting list" in waiting) == (True, True)
    assert "1 person waits for a place." in waiting


def test_refused_acts_say_why(client: Client, me: Person) -> None:
    workshop = make_workshop(me)
    acts = ["je-participe/", "question/", "terminer/", "publier/"]

    answers = [client.post(f"/rencontres/ateliers/{workshop.pk}/{act}", follow=True) for act in acts]

    assert [said(answer) for answer in answers] == [["error"]] * 4
    assert client.get("/rencontres/ateliers/999999/").status_code == 404


def test_host_changes_and_cancels_it(client: Client, me: Person) -> None:
    workshop = make_workshop(me, co_host=make_member())
    where = f"/rencontres/ateliers/{workshop.pk}"

    started = client.get(f"{where}/modifier/").context["form"].initial
    wrong = client.post(f"{where}/modifier/", fields(circle=workshop.circle_id, day="2001-01-01"))
    client.post(f"{where}/modifier/", fields(circle=workshop.circle_id, room="Room 3"))
    silent = client.post(f"{where}/annuler/", {"reason": ""})
    client.post(f"{where}/annuler/", {"reason": "The saw is broken"})

    workshop.refresh_from_db()
    assert (started["minutes"], started["co_host"]) == (45, make_email(workshop))
    assert (list(wrong.context["form"].errors), list(silent.context["form"].errors)) == (["day"], ["reason"])
    assert (workshop.place, workshop.sequence, workshop.cancel_reason) == ("Room 3", 2, "The saw is broken")
    assert "The saw is broken" in client.get(f"{where}/").text


def make_email(workshop: Workshop) -> str:
    return Person.objects.exclude(pk=workshop.host_id).get(pk__in=Person.objects.filter(email__contains="person")).email or ""


def test_cancelling_what_took_place_is_refused_in_words(client: Client, me: Person) -> None:
    workshop = over(make_workshop(me), make_member())
    client.post(f"/rencontres/ateliers/{workshop.pk}/terminer/")

    answer = client.post(f"/rencontres/ateliers/{workshop.pk}/annuler/", {"reason": "Too late"})

    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize("page", ["modifier/", "annuler/", "derouler/", "presents/"])
def test_those_who_do_not_lead_it_find_no_page_to_do_so(client: Client, me: Person, page: str) -> None:
    assert client.get(f"/rencontres/ateliers/{make_workshop().pk}/{page}").status_code == 404
    assert client.get(f"/rencontres/ateliers/{make_workshop(me).pk}/{page}").status_code == 200


def test_host_projects_the_steps_and_a_code_that_leads_to_i_am_here(client: Client, me: Person) -> None:
    workshop, free = make_workshop(me, format="long"), make_workshop(me, format="free")

    page = client.get(f"/rencontres/ateliers/{workshop.pk}/derouler/").text
    own = client.get(f"/rencontres/ateliers/{free.pk}/derouler/").text

    assert page.count("data-minutes=") == 8
    assert f"http://testserver/rencontres/ateliers/{workshop.pk}/je-suis-la/{workshop.check_in}/" in page
    assert "<svg" in page
    assert "data-minutes=" not in own


def test_guest_says_i_am_here_then_what_it_was_worth(client: Client, me: Person) -> None:
    workshop = make_workshop()
    register(workshop, by=me)
    Workshop.objects.filter(pk=workshop.pk).update(starts_at=clock.now() - timedelta(minutes=5))
    where = f"/rencontres/ateliers/{workshop.pk}"

    asked = client.get(f"{where}/je-suis-la/{workshop.check_in}/")
    here = client.post(f"{where}/je-suis-la/{workshop.check_in}/", follow=True)
    wrong = client.post(f"{where}/avis/", {"worth": "9", "relevance": "5"})
    client.post(f"{where}/avis/", {"worth": "5", "relevance": "4"})

    assert (asked.status_code, said(here), list(wrong.context["form"].errors)) == (200, ["success"], ["worth"])
    assert Registration.objects.values_list("came", "worth", "relevance").get() == (True, 5, 4)
    assert "What you said of it" in client.get(f"{where}/").text


def test_who_did_not_come_is_told_why_they_do_not_rate(client: Client, me: Person) -> None:
    answer = client.post(f"/rencontres/ateliers/{make_workshop().pk}/avis/", {"worth": "5", "relevance": "4"})

    assert answer.context["form"].non_field_errors()


def test_question_of_the_day_before_is_answered_and_read_by_those_who_come(client: Client, me: Person) -> None:
    workshop = make_workshop(warm_up="When did it last happen?")
    register(workshop, by=me)

    answer = client.post(f"/rencontres/ateliers/{workshop.pk}/question/", {"reply": "Yesterday at noon"}, follow=True)

    assert (said(answer), "Yesterday at noon" in answer.text) == (["success"], True)


def test_host_ticks_the_list(client: Client, me: Person) -> None:
    workshop = make_workshop(me)
    registration = register(workshop, by=make_member("Bo Ray"))
    where = f"/rencontres/ateliers/{workshop.pk}/presents/"

    early = client.post(f"{where}{registration.pk}/", {"came": "1"}, follow=True)
    Workshop.objects.filter(pk=workshop.pk).update(starts_at=clock.now() - timedelta(minutes=5))
    client.post(f"{where}{registration.pk}/", {"came": "1"})
    page = client.get(where).text

    assert (said(early), "Bo Ray" in page, "Was not there" in page) == (["error"], True, True)
    assert client.post(f"{where}999999/").status_code == 404


def test_what_came_out_is_kept_then_becomes_a_content_in_one_click(client: Client, me: Person) -> None:
    workshop = over(make_workshop(me, use_case=make_use_case()), make_member())
    where = f"/rencontres/ateliers/{workshop.pk}"

    client.post(f"{where}/notes/", {"materials": "- tell them where their order is"})
    offered = client.get(f"{where}/").text
    published = client.post(f"{where}/publier/")

    workshop.refresh_from_db()
    assert "Make it a content of the case" in offered
    assert published["Location"] == f"/cas/{workshop.use_case_id}/#apport-{workshop.content_id}"
    assert workshop.title in client.get(f"{where}/").text


def test_empty_workshop_that_is_over_says_so(client: Client, me: Person) -> None:
    workshop = make_workshop(me)
    Workshop.objects.filter(pk=workshop.pk).update(starts_at=clock.now() - timedelta(2), ends_at=clock.now() - timedelta(1))

    assert "Nobody had registered." in client.get(f"/rencontres/ateliers/{workshop.pk}/").text


def test_notes_too_long_are_cut_rather_than_lost(client: Client, me: Person) -> None:
    workshop = make_workshop(me)

    client.post(f"/rencontres/ateliers/{workshop.pk}/notes/", {"materials": "x" * 60_000})

    workshop.refresh_from_db()
    assert len(workshop.materials) == 50_000


def test_past_workshops_have_a_shelf_and_circles_a_filter(client: Client, me: Person) -> None:
    workshop = over(make_workshop(title="Gone by"), me)
    make_workshop(title="Soon here")

    past = client.get(f"/rencontres/?voir=passes&cercle={workshop.circle.slug}").text
    coming = client.get("/rencontres/").text

    assert ("Gone by" in past, "you were there" in past, "Soon here" in past) == (True, True, False)
    assert ("Gone by" in coming, client.get("/rencontres/?voir=passes&cercle=none").status_code) == (False, 200)
