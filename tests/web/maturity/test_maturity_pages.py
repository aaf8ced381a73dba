"""The pages of maturity: asked, answered, closed, read, taken away."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from relais.core import clock
from relais.maturity.actions import answer_wave, close_wave, open_wave
from relais.maturity.items import ITEMS, asked
from relais.maturity.models import Means, Ticket, Wave
from relais.people.models import Person, Role, Unit
from relais.web.maturity.forms import SheetForm
from tests.factories import make_member, make_unit, make_with_role

pytestmark = pytest.mark.django_db
FACTS = {"perimeter": "600", "minutes": "60", "animators": "12", "tools": "Le téléphone", "past": "Un wiki, oublié."}


def browser(person: Person) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    Person.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return client


def page(client: Client, at: str) -> str:
    return client.get(at, follow=True).content.decode()


@pytest.fixture
def pilot() -> Client:
    return browser(make_with_role(Role.PILOT))


def wave(people: list[Person], kind: str = "whole", value: int = 0) -> Wave:
    """Closed, with answers all around or all of one value; agreement is turned for reversed sentences."""
    opened = open_wave(kind, clock.today() + timedelta(7), by=make_with_role(Role.PILOT))
    for number, person in enumerate(people):
        given = value or number % 5 + 1
        sheet = {n: 6 - given if item.reversed else given for n, item in enumerate(ITEMS)}
        answer_wave(opened, sheet, "Plus de temps.", by=person)
    return close_wave(opened, by=None)


def test_pilot_asks_a_member_answers_on_a_phone_and_the_figures_come_with_the_close(pilot: Client) -> None:
    members = [make_member() for _ in range(5)]
    nothing = page(pilot, "/maturite/")
    sent = pilot.post("/maturite/ouvrir/", {"kind": "pulse", "closes_on": str(clock.today() + timedelta(14))}, follow=True)

    said = []
    for member in members:
        client = browser(member)
        assert "How do we learn from each other here?" in page(client, "/")
        sheet = {f"item_{number}": "4" for number in asked(pulse=True)} | {"comment": "Plus de temps."}
        said.append("Your answers are counted" in client.post("/maturite/repondre/", sheet, follow=True).content.decode())
    under_way = page(pilot, "/maturite/")
    closed = pilot.post("/maturite/clore/", follow=True).content.decode()

    assert "Nobody has been asked yet" in nothing
    assert "Everybody finds the questions" in sent.content.decode()
    assert said == [True] * 5
    assert "At least 5 answers of 6 people asked." in under_way
    assert "We stand at" in closed
    assert "About 5 answers of 6 people asked (83%)" in closed


def test_sheet_keeps_what_was_ticked_when_it_is_refused(pilot: Client) -> None:
    client = browser(make_member())
    pilot.post("/maturite/ouvrir/", {"kind": "whole", "closes_on": str(clock.today() + timedelta(14))})

    long = client.post("/maturite/repondre/", {"item_3": "2", "comment": "x" * 601}).content.decode()
    empty = client.post("/maturite/repondre/", {}).content.decode()
    wrong = client.post("/maturite/repondre/", {"item_3": "9"}).content.decode()
    unknown = client.post("/maturite/repondre/", {"item_3": "0", "item_4": "5"}, follow=True).content.decode()

    assert re.findall(r"<input[^>]*checked[^>]*>", long) == ['<input type="radio" name="item_3" value="2" id="id_item_3_1" checked>']
    assert "x" * 601 in long
    assert "Answer one sentence at least" in empty
    assert "error" in wrong
    assert "Your answers are counted" in unknown


def test_whoever_is_not_asked_is_thanked_and_led_home() -> None:
    client = browser(make_member())

    answer = page(client, "/maturite/repondre/")

    assert "Nothing is asked of you for now." in answer


@pytest.mark.parametrize(
    ("at", "sent", "words"),
    [
        ("/maturite/ouvrir/", {"kind": "whole", "closes_on": "2020-01-01"}, "Choose a last day within six weeks"),
        ("/maturite/ouvrir/", {"kind": "whole", "closes_on": "demain"}, 'value="demain"'),
        ("/maturite/moyens/", FACTS | {"minutes": "many"}, 'value="many"'),
        ("/maturite/moyens/", FACTS | {"tools": ""}, "Un wiki, oublié."),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(pilot: Client, at: str, sent: dict[str, str], words: str) -> None:
    answer = pilot.post(at, sent)

    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert (Wave.objects.count(), Means.objects.count()) == (0, 0)


def test_means_are_told_shown_and_told_again(pilot: Client) -> None:
    first = pilot.post("/maturite/moyens/", FACTS, follow=True).content.decode()
    form = page(pilot, "/maturite/moyens/")

    assert ("Un wiki, oublié." in first, 'value="600"' in form) == (True, True)


def test_results_say_score_interval_change_units_and_what_is_arbitrary(pilot: Client) -> None:
    unit, parent = make_unit("Atelier"), make_unit("Usine")
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    people = (
        [make_member(unit=unit) for _ in range(12)] + [make_member(unit=parent) for _ in range(11)] + [make_member() for _ in range(12)]
    )
    first, last = wave(people, value=2), wave(people)

    now, then = page(pilot, "/maturite/"), page(pilot, f"/maturite/{first.pk}/")

    for words in ("out of 100", "Atelier", "Usine, outside its larger teams", "cuts of the stages are arbitrary", "Plus de temps."):
        assert words in now
    assert "points higher, more than chance does" in now
    assert "Since the time before" not in then
    assert f"/maturite/{first.pk}/" in now
    assert last.closed_on == clock.today()


def test_worse_and_unclear_changes_are_said_as_they_are(pilot: Client) -> None:
    people = [make_member() for _ in range(10)]
    for value in (5, 2, 0):
        wave(people, value=value)

    second = page(pilot, f"/maturite/{Wave.objects.order_by('pk')[1].pk}/")
    third = page(pilot, "/maturite/")

    assert "points lower, more than chance does" in second
    assert "cannot be told from chance" in third


def test_four_answers_tell_nothing_on_the_page_and_in_the_file(pilot: Client) -> None:
    closed = wave([make_member() for _ in range(4)])

    told = page(pilot, f"/maturite/{closed.pk}/")
    file = pilot.get(f"/maturite/{closed.pk}/chiffres.csv").content.decode()

    assert "Fewer than five people answered" in told
    assert file.splitlines() == ["unit,dimension,n,score,low,high,alpha"]


def test_dimension_that_few_answered_has_a_dash_and_no_line_in_the_file(pilot: Client) -> None:
    people = [make_member() for _ in range(6)]
    opened = open_wave("whole", clock.today() + timedelta(7), by=make_with_role(Role.PILOT))
    for person in people:
        answer_wave(opened, {number: 4 for number, item in enumerate(ITEMS) if item.dimension != "time"}, "", by=person)
    close_wave(opened, by=None)

    told = page(pilot, "/maturite/")
    file = pilot.get(f"/maturite/{opened.pk}/chiffres.csv").content.decode()

    assert re.search(r"Time and permission</th><td>—</td>", told)
    assert ",time," not in file


def test_what_is_not_there_is_not_found_and_closing_nothing_does_nothing(pilot: Client) -> None:
    codes = [pilot.get(at).status_code for at in ("/maturite/999/", "/maturite/999/chiffres.csv")]

    assert codes == [404, 404]
    assert pilot.post("/maturite/clore/")["Location"] == "/maturite/"


def test_file_holds_what_the_page_tells_and_no_more(pilot: Client) -> None:
    unit = make_unit("Atelier")
    closed = wave([make_member(unit=unit) for _ in range(23)] + [make_member() for _ in range(13)])

    file = pilot.get(f"/maturite/{closed.pk}/chiffres.csv")
    rows = list(csv.DictReader(StringIO(file.content.decode())))

    assert file["Content-Disposition"].startswith("attachment")
    assert {row["unit"] for row in rows} == {"", "Atelier"}
    assert {int(row["n"]) % 5 for row in rows} == {0}
    assert all(row["score"].isdigit() and row["low"].isdigit() for row in rows)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_sheet_asks_every_sentence_in_each_language(language: str) -> None:
    with translation.override(language):
        form = SheetForm(pulse=False)

        labels = [field.label for _dimension, fields in form.parts for field in fields]

    assert len(set(labels)) == 24
    assert ("J’" in " ".join(labels)) is (language == "fr")


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_one_wave_and_for_three(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = [make_member(unit=make_unit()) for _ in range(6)]
    for _ in range(count + 1):
        wave(people)
    open_wave("pulse", clock.today() + timedelta(7), by=make_with_role(Role.PILOT))
    client = browser(people[0])
    client.get("/maturite/")

    with django_assert_num_queries(7):
        client.get("/maturite/")
    with django_assert_num_queries(2):
        client.get("/maturite/repondre/")

    assert Ticket.objects.count() > 6
