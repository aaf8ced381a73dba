from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.core import clock
from relais.indicators.models import Picture
from relais.knowledge.actions.initiatives import Start, add_indicator, decide_initiative, join_initiative
from relais.knowledge.actions.measures import answer_pulse, close_pulse, keep_measure, open_pulse
from relais.knowledge.models import Initiative, Measure, Pulse
from relais.people.models import Person, Role
from tests.factories import (
    make_circle,
    make_content,
    make_initiative,
    make_member,
    make_proposed,
    make_use_case,
    make_with_role,
    make_workshop,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> Person:
    person = make_member("Ann Lee", language="en")
    client.force_login(person)
    client.get("/cas/")
    return person


@pytest.fixture
def pilot() -> Client:
    client = Client()
    client.force_login(make_with_role(Role.PILOT, language="en"))
    return client


def fields(**changed: Any) -> dict[str, Any]:
    given = {"sent_key": str(uuid4()), "title": "Answer within a day", "what": "Two of us keep the box.", "origin": "across"}
    return given | {"circle": make_circle().pk} | changed


def said(answer: Any) -> list[str]:
    return [message.tags for message in answer.context["messages"]]


def under_way(author: Person) -> Initiative:
    initiative = make_proposed(author)
    return decide_initiative(initiative, accepted=True, by=make_with_role(Role.PILOT))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(
    client: Client, me: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_proposed()

    with django_assert_num_queries(5):
        page = client.get("/initiatives/").text

    assert page.count("1 person takes part") == count


@pytest.mark.parametrize("count", [1, 3])
def test_initiative_costs_the_same_with_one_indicator_and_with_three(
    client: Client, me: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    initiative = under_way(make_member())
    for number in range(count):
        indicator = add_indicator(initiative, Start(f"Délai {number}", Decimal(9), date(2026, 1, 5)), by=initiative.author)
        keep_measure(indicator, date(2026, 2, 2), Decimal(7), by=initiative.author)
        open_pulse(indicator, "Facile ?", by=initiative.author)

    with django_assert_num_queries(10):
        client.get(f"/initiatives/{initiative.pk}/")


def test_initiative_is_begun_then_needs_its_purpose_and_its_start(client: Client, me: Person, pilot: Client) -> None:
    begun = client.post("/initiatives/nouvelle/", fields())
    initiative = Initiative.objects.get(author=me)
    where = f"/initiatives/{initiative.pk}/"

    without_purpose = client.post(f"{where}proposer/").text
    client.post(f"{where}modifier/", fields(circle=initiative.circle_id, serves=["customers"]))
    without_start = client.post(f"{where}proposer/").text
    added = {"name": "Complaints", "unit": "a week", "direction": "down", "baseline": "40", "baseline_on": "2026-01-05"}
    client.post(f"{where}indicateur/", added)
    proposed = client.post(f"{where}proposer/", follow=True)
    silent = pilot.post(f"{where}decider/", {"accepted": "0", "reason": " "}).text
    accepted = pilot.post(f"{where}decider/", {"accepted": "1", "reason": "Go ahead."}, follow=True).text

    assert begun["Location"] == where
    assert ("Say whom it serves" in without_purpose, "Add one indicator" in without_start) == (True, True)
    assert (said(proposed)[-1], "refused only with a reason" in silent, "Go ahead." in accepted) == ("success", True, True)
    assert Initiative.objects.get().state == "launched"


@pytest.mark.parametrize(
    ("path", "sent", "words"),
    [
        ("indicateur/", {"name": "", "baseline": "x"}, "Name what should move"),
        ("indicateur/", {"name": "Délai", "direction": "up", "baseline": "1", "baseline_on": "2999-01-01"}, "measured today or before"),
    ],
)
def test_bad_indicator_comes_back_with_its_reason(client: Client, me: Person, path: str, sent: dict[str, str], words: str) -> None:
    page = client.post(f"/initiatives/{make_initiative(me).pk}/{path}", sent)

    assert (page.status_code, words in page.text) == (200, True)


def test_bad_revision_is_shown_again_and_others_find_none(client: Client, me: Person) -> None:
    initiative = make_proposed(me)

    page = client.post(f"/initiatives/{initiative.pk}/modifier/", fields(circle=initiative.circle_id, serves=[]))

    assert list(page.context["form"].errors) == ["serves"]
    assert client.get(f"/initiatives/{initiative.pk}/modifier/").context["form"].initial["serves"] == ["customers"]
    assert client.get(f"/initiatives/{make_proposed().pk}/modifier/").status_code == 404
    assert client.get("/initiatives/nouvelle/").status_code == 200


def test_who_does_not_decide_finds_no_decision(client: Client, me: Person) -> None:
    assert client.post(f"/initiatives/{make_proposed().pk}/decider/", {"accepted": "1"}).status_code == 404
    assert client.get(f"/initiatives/{make_initiative().pk}/").status_code == 404


@pytest.mark.parametrize(("act", "tags"), [("rejoindre", "success"), ("quitter", "success"), ("lancer", "error"), ("terminer", "error")])
def test_acts_lead_back_and_say_what_came_of_it(client: Client, me: Person, act: str, tags: str) -> None:
    initiative = make_proposed()

    answer = client.post(f"/initiatives/{initiative.pk}/{act}/", follow=True)

    assert (answer.redirect_chain, said(answer)) == ([(f"/initiatives/{initiative.pk}/", 302)], [tags])


def test_things_are_gathered_by_the_address_of_their_page(client: Client, me: Person) -> None:
    initiative, host = make_proposed(me), "https://relais.example"
    paths = [f"/cas/{make_use_case().pk}/", f"{host}/apports/{make_content().pk}/", f"/rencontres/ateliers/{make_workshop().pk}"]
    where = f"/initiatives/{initiative.pk}/rassembler/"

    tags = [said(client.post(where, {"address": path}, follow=True)) for path in [*paths, "/cas/99999/", "x"]]

    assert tags == [["success"]] * 3 + [["error"]] * 2
    assert client.get(f"/initiatives/{initiative.pk}/").text.count("Gathered here") == 1


def test_measures_are_typed_and_shown_with_what_they_tell(client: Client, me: Person) -> None:
    initiative = under_way(me)
    where = f"/initiatives/indicateurs/{initiative.indicators.get().pk}/"

    client.post(f"{where}mesure/", {"on": "2026-02-02", "value": "31"})
    wrong = client.post(f"{where}mesure/", {"on": "2999-02-02", "value": "31"}).text
    empty = client.post(f"{where}mesure/", {"on": "", "value": "many"})
    page = client.get(f"/initiatives/{initiative.pk}/").text

    assert ("This day is still to come." in wrong, empty.status_code) == (True, 200)
    assert ("From 40 to 31 par semaine." in page, "It moves as it should." in page) == (True, True)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (40, "It has not moved: 40 par semaine."),
        (52, "From 40 to 52 par semaine. It moves the other way."),
        (None, "It starts from 40 par semaine"),
    ],
)
def test_what_a_measure_tells_is_said_in_a_sentence(client: Client, me: Person, value: int | None, sentence: str) -> None:
    initiative = make_proposed(me)
    if value is not None:
        keep_measure(initiative.indicators.get(), clock.today(), Decimal(value), by=me)

    page = client.get(f"/initiatives/{initiative.pk}/").text

    assert sentence in page


def test_measures_are_drawn_over_their_table(client: Client, me: Person) -> None:
    initiative = make_proposed(me)
    indicator = initiative.indicators.get()
    keep_measure(indicator, clock.today(), Decimal(31), by=me)
    Picture.objects.create(name=f"indicator-{indicator.pk}", language="en", svg="<svg></svg>")

    page = client.get(f"/initiatives/{initiative.pk}/").content.decode()

    assert page.index("From 40 to 31 par semaine.") < page.index("<svg></svg>") < page.index(f'id="mesure-{indicator.pk}-{clock.today()}"')


def test_file_is_read_before_it_is_kept(client: Client, me: Person) -> None:
    initiative = under_way(me)
    where = f"/initiatives/indicateurs/{initiative.indicators.get().pk}/fichier/"

    def sent(content: bytes) -> str:
        return client.post(where, {"file": SimpleUploadedFile("m.csv", content)}).text

    wrong = sent("date;unité;valeur\nhier;;3\n".encode("cp1252"))
    strange, heavy = sent(b"nothing"), sent(b"date;value\n" + b"x" * 2**20)
    read = client.post(where, {"file": SimpleUploadedFile("m.csv", b"date;value\n02/02/2026;31\n09/02/2026;29\n")})
    before = Measure.objects.count()
    kept = client.post(where, {"content": read.context["content"], "apply": "1"}, follow=True)

    assert "Line 2: “hier” is no day" in wrong
    assert all("no file of measures" in page for page in (strange, heavy))
    assert (before, Measure.objects.count(), said(kept)) == (0, 2, ["success"])
    assert client.post(where).status_code == 200
    assert client.get(f"/initiatives/indicateurs/{under_way(make_member()).indicators.get().pk}/fichier/").status_code == 404


def test_file_for_a_draft_is_refused_in_words(client: Client, me: Person) -> None:
    draft = make_initiative(me, for_customers=True)
    indicator = add_indicator(draft, Start("Délai", Decimal(9), date(2026, 1, 5)), by=me)

    page = client.post(f"/initiatives/indicateurs/{indicator.pk}/fichier/", {"content": "date;unit;value\n2026-02-02;;3", "apply": "1"})

    assert said(page) == ["error"]


def test_question_is_asked_answered_and_closed(client: Client, me: Person) -> None:
    initiative = under_way(me)
    indicator = initiative.indicators.get()

    empty = client.post(f"/initiatives/indicateurs/{indicator.pk}/question/", {"question": ""}).text
    client.post(f"/initiatives/indicateurs/{indicator.pk}/question/", {"question": "Easy to find help?"})
    twice = client.post(f"/initiatives/indicateurs/{indicator.pk}/question/", {"question": "Again?"}).text
    where = f"/initiatives/questions/{Pulse.objects.get().pk}/"
    tags = [said(client.post(f"{where}repondre/", {"score": score}, follow=True)) for score in ("9", "x", "4")]
    page = client.get(f"/initiatives/{initiative.pk}/").text
    closed = client.post(f"{where}clore/", follow=True).text

    assert ("Write the question." in empty, "A question is open already" in twice) == (True, True)
    assert (tags, "You have answered: thank you." in page) == ([["error"], ["error"], ["success"]], True)
    assert "Fewer than five answered" in closed


def test_mean_of_five_is_told(client: Client, me: Person) -> None:
    initiative = under_way(me)
    pulse = open_pulse(initiative.indicators.get(), "Easy?", by=me)
    for _ in range(5):
        join_initiative(initiative, by=(guest := make_member()))
        other = Client()
        other.force_login(guest)
        other.post(f"/initiatives/questions/{pulse.pk}/repondre/", {"score": "4"})

    page = client.post(f"/initiatives/questions/{pulse.pk}/clore/", follow=True).text

    assert "The mean is now a measure." in page
    assert Client().post(f"/initiatives/questions/{pulse.pk}/clore/").status_code == 404


def test_page_reads_the_same_before_and_after_answers_under_five_whatever_they_are(client: Client, me: Person) -> None:
    initiative = under_way(me)
    pulse = open_pulse(initiative.indicators.get(), "Easy?", by=me)
    guests = [make_member() for _ in range(4)]
    for guest in guests:
        join_initiative(initiative, by=guest)
    token = r'name="csrfmiddlewaretoken" value="[^"]*"'

    pages = [client.get(f"/initiatives/{initiative.pk}/").text]
    for guest, score in zip(guests, (1, 5, 1, 5), strict=True):
        answer_pulse(pulse, score, by=guest)
        pages.append(client.get(f"/initiatives/{initiative.pk}/").text)
    close_pulse(pulse, by=me)

    assert len({re.sub(token, "", page) for page in pages}) == 1
    assert not Measure.objects.exists()


def test_pilot_reads_and_decides_without_having_joined(pilot: Client) -> None:
    initiative = make_proposed()

    page = pilot.get(f"/initiatives/{initiative.pk}/").text

    assert ("Your decision" in page, "I take part in it" in page, pilot.get("/initiatives/").status_code) == (True, False, 200)


def test_reason_too_long_to_be_read_comes_back(pilot: Client) -> None:
    initiative = make_proposed()

    page = pilot.post(f"/initiatives/{initiative.pk}/decider/", {"accepted": "0", "reason": "mot " * 200})

    assert list(page.context["decision_form"].errors) == ["reason"]
    assert page.text.count("mot mot") > 50


def test_question_is_for_those_who_take_part(client: Client, me: Person) -> None:
    pulse = open_pulse((initiative := under_way(make_member())).indicators.get(), "Easy?", by=initiative.author)

    assert client.post(f"/initiatives/questions/{pulse.pk}/repondre/", {"score": "4"}).status_code == 404
