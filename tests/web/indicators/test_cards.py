"""The cards of indicators: the question, the value and its n, how sure, why it moved, the series as a file."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.core import clock
from relais.indicators.actions import figures as actions
from relais.indicators.actions.cards import draw_cards
from relais.indicators.cards import said
from relais.indicators.catalogue import Kind
from relais.indicators.models import Picture, Snapshot
from relais.ledger.models import Entry
from relais.people.models import Role
from tests.factories import make_member, make_with_role
from tests.indicators.community import NOW, make_community
from tests.indicators.histories import arrived, fact

pytestmark = pytest.mark.django_db
LIST = "/ou-en-est-on/indicateurs/"


def taken(at: datetime = NOW) -> None:
    with clock.simulated(at):
        actions.take_snapshots()


def words_of(client: Client, address: str) -> str:
    main = client.get(address).content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_member())
    return client


def test_list_asks_each_question_and_says_what_cannot_be_told(reader: Client) -> None:
    make_community()
    taken()

    page = words_of(reader, LIST)

    assert "Combien d’entre nous prennent vraiment part ? 29 %" in page
    assert "Ce que nous partageons est-il utile ? — Trop peu de personnes, ou rien à mesurer encore." in page


def test_card_says_value_n_window_interval_and_definition(reader: Client) -> None:
    make_community()
    taken()

    page = words_of(reader, f"{LIST}engagement/")

    assert "Engagement : 29 % n = 70, 90 jours, jusqu’au 10 mars 2026." in page
    assert "Avec ce nombre, le hasard seul le ferait varier entre 19 % et 40 % : la bande pâle." in page
    assert "À peu près comme au 8 février 2026 (29 %) : une différence si petite peut être due au hasard." in page
    assert "Définition, version 1 ; nom du chiffre : engagement." in page
    assert "Ce qui changerait les choses Du temps protégé, signé par les managers" in page


def test_card_of_what_was_never_measured_says_so(reader: Client) -> None:
    page = words_of(reader, f"{LIST}relevance/")

    assert "Trop peu de personnes, ou rien à mesurer encore : ce chiffre n’est pas dit." in page


def test_unknown_indicator_is_not_found(reader: Client) -> None:
    assert reader.get(f"{LIST}performance/").status_code == 404


def test_card_tells_why_it_moved_by_unit_in_fives(reader: Client) -> None:
    units = make_community({"Agences": (40, 12), "Ateliers": (30, 8)})
    late = [UUID(int=n) for n in range(20, 35)]  # of Agences, who were not engaged yet
    acts = [
        fact(verb, person, datetime(2026, 4, day, 9, tzinfo=UTC), "contribution", f"9{person.int}{day}", {"use_case": 1})
        for person in late
        for day, verb in ((2, "answer.published"), (3, "answer.published"), (4, "use_case.asked"))
    ]
    Entry.objects.bulk_create(acts)
    taken(datetime(2026, 5, 2, tzinfo=UTC))

    page = words_of(reader, f"{LIST}engagement/")

    assert "De février 2026 à avril 2026, il a bougé de +21,4 points : +21,4 parce que des unités ont changé, 0,0 parce que" in page
    assert "Agences +21,4 0,0 +21,4" in page
    assert len(units) == 2


def test_units_that_may_not_be_told_stand_together(reader: Client) -> None:
    make_community({"Agences": (40, 12), "Ateliers": (33, 13), "Petite": (4, 2)})
    taken(datetime(2026, 4, 2, tzinfo=UTC))

    page = words_of(reader, f"{LIST}engagement/")

    assert "Petite" not in page
    assert "Les autres unités ensemble" in page


def test_an_older_definition_is_shown_beside(reader: Client) -> None:
    make_community()
    taken()
    old = Snapshot.objects.filter(unit=Snapshot.WHOLE).order_by("at")
    Snapshot.objects.bulk_create(Snapshot(at=each.at - timedelta(60), definitions=0, figures=each.figures) for each in old)
    with clock.simulated(NOW):
        draw_cards()

    page = words_of(reader, f"{LIST}engagement/")
    series = reader.get(f"{LIST}engagement/serie.csv").content.decode().splitlines()

    assert "La ligne grise est la même chose sous une définition plus ancienne, version 0." in page
    assert "définition 0</text>" in Picture.objects.get(name="card-engagement", language="fr").svg
    assert (series[1], series[-1]) == ("2025-12-10,0.2857,0.1932,0.4005,70,0", "2026-03-10,0.2857,0.1932,0.4005,70,1")


def test_file_holds_what_the_page_tells(reader: Client) -> None:
    make_community()
    taken()

    lines = reader.get(f"{LIST}median_hours_to_first_answer/serie.csv").content.decode().splitlines()

    assert lines[0] == "at,median_hours_to_first_answer,low,high,n,definitions"
    assert lines[-1] == "2026-03-10,24.0,,,20,1"


def test_what_is_counted_has_no_n_and_no_interval(reader: Client) -> None:
    make_community()
    taken()

    page = words_of(reader, f"{LIST}skills_detected/")

    assert "Compétences reconnues : 0 depuis le début, jusqu’au 10 mars 2026." in page
    assert "C’est un compte de ce qui s’est passé, pas un sondage : il n’a pas d’intervalle." in page


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Kind.SHARE, None, "—"),
        (Kind.DAYS, 1.2, "1 jour"),
        (Kind.HOURS, 3.0, "3 heures"),
        (Kind.SCORE, 4.26, "4,3 sur 5"),
        (Kind.COUNT, 1234.0, "1 234"),
        (Kind.RATIO, 0.5, "0,50"),
    ],
)
def test_a_value_is_read_as_people_say_it(kind: Kind, value: float | None, words: str) -> None:
    assert said(kind, value).replace("\u202f", " ").replace("\xa0", " ") == words


def test_pictures_are_drawn_in_both_languages_for_what_can_be_told() -> None:
    make_community()
    taken()

    draw_cards()

    names = set(Picture.objects.values_list("name", flat=True))
    assert {"card-engagement", "card-median_hours_to_first_answer", "card-skills_detected"} <= names
    assert "card-relevance" not in names
    assert set(Picture.objects.values_list("language", flat=True)) == {"fr", "en"}


@pytest.mark.parametrize(("before", "sentence"), [(4, "About the same"), (1, "Better"), (12, "Less good")])
def test_only_what_chance_would_not_do_is_called_a_change(client: Client, before: int, sentence: str) -> None:
    reader = make_with_role(Role.SPONSOR)
    reader.language = "en"
    reader.save(update_fields=["language"])
    client.force_login(reader)
    make_community()
    taken()
    latest = Snapshot.objects.get(at=date(2026, 3, 10), unit=Snapshot.WHOLE)
    figures = latest.figures | {"figures": latest.figures["figures"] | {"engaged": 5 * before}}
    Snapshot.objects.create(at=date(2025, 12, 10), definitions=latest.definitions, figures=figures)

    assert sentence in words_of(client, f"{LIST}engagement/")


@pytest.mark.parametrize(("before", "sentence"), [(1.0, "The same as"), (0.5, "Higher than"), (2.0, "Lower than")])
def test_what_has_no_interval_is_compared_as_read(client: Client, before: float, sentence: str) -> None:
    reader = make_with_role(Role.SPONSOR)
    reader.language = "en"
    reader.save(update_fields=["language"])
    client.force_login(reader)
    for at, value in ((date(2025, 12, 10), before), (date(2026, 3, 10), 1.0)):
        figures = {"ladder": {}, "figures": {"reciprocity": value, "acts_received": 50}, "since": "2025-01-01"}
        Snapshot.objects.create(at=at, definitions=1, figures=figures)

    assert sentence in words_of(client, f"{LIST}reciprocity/")


@pytest.mark.parametrize("teams", [1, 3])
def test_queries_do_not_grow_with_units(reader: Client, django_assert_num_queries: DjangoAssertNumQueries, teams: int) -> None:
    make_community({f"Équipe {n}": (40, 12) for n in range(teams)})
    taken(datetime(2026, 5, 2, tzinfo=UTC))
    reader.get(LIST)

    with django_assert_num_queries(7):
        reader.get(f"{LIST}engagement/")
    with django_assert_num_queries(3):
        reader.get(LIST)


def test_people_without_a_unit_are_among_the_others(reader: Client) -> None:
    make_community({"Agences": (40, 12), "Ateliers": (33, 13)})
    Entry.objects.bulk_create(arrived(UUID(int=900 + n), NOW - timedelta(300)) for n in range(20))
    taken(datetime(2026, 5, 2, tzinfo=UTC))

    assert "Les autres unités ensemble 0,0 0,0 0,0" in words_of(reader, f"{LIST}engagement/")


def test_first_day_has_nothing_to_be_compared_with(reader: Client) -> None:
    make_community()
    with clock.simulated(NOW):
        actions.take_snapshot(date(2026, 3, 10), since=date(2026, 2, 2))

    assert "Il est trop tôt pour comparer." in words_of(reader, f"{LIST}use_cases_answered_share/")
