from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.core import clock
from relais.indicators.actions import figures as actions
from relais.indicators.models import Picture
from relais.ledger.models import Entry
from relais.people.models import Person, Role
from tests.factories import make_member, make_with_role
from tests.indicators.community import NOW, make_community
from tests.indicators.histories import arrived, fact

pytestmark = pytest.mark.django_db
ADDRESS = "/ou-en-est-on/"


def words_of(client: Client, person: Person, language: str = "fr") -> str:
    """The text of the page, spaces made plain."""
    person.language = language
    person.save(update_fields=["language"])
    client.force_login(person)
    main = client.get(ADDRESS).content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def kept(teams: dict[str, tuple[int, int]] | None = None, *, days: int = 0) -> None:
    make_community(teams)
    with clock.simulated(NOW):
        for day in range(days):
            actions.take_snapshot(date(2026, 2, 28 - day), since=date(2026, 2, 1))
        if not days:
            actions.take_snapshots()


def test_new_community_says_when_to_come_back(client: Client) -> None:
    page = words_of(client, make_member())

    assert "Il est trop tôt pour dire où en est la communauté." in page
    assert "Revenez demain" in page


def test_page_says_in_one_sentence_where_the_community_stands(client: Client) -> None:
    kept()

    page = words_of(client, make_member())

    assert "Un peu plus d’une personne sur quatre s’engage." in page
    assert "29 % : 20 personnes engagées sur 70, dans les 90 jours jusqu’au 10 mars 2026." in page
    assert "Autre lecture : 29 % se sont engagées au moins une fois dans les douze derniers mois." in page
    assert "des cas d’usage ont une réponse 100 % sur 20 cas d’usage" in page
    assert "de pertinence" not in page


def test_relevance_is_told_with_its_number_of_ratings(client: Client) -> None:
    make_community()
    author = UUID(int=1)
    payload: dict[str, object] = {"score": 4, "authors": [str(author)]}
    moment = NOW - timedelta(9)
    Entry.objects.bulk_create(fact("contribution.rated", UUID(int=n), moment, "contribution", "11", payload) for n in range(2, 9))
    with clock.simulated(NOW):
        actions.take_snapshots()

    page = words_of(client, make_member())

    basis = "environ 5 notes données par 5 personnes au moins ; 4,0 quand chaque contenu pèse autant"
    assert f"de pertinence, selon les collègues qui ont noté 4,0 sur 5 {basis}" in page


def test_needs_and_workshops_are_told_with_their_numbers(client: Client) -> None:
    make_community()
    moment = NOW - timedelta(30)
    Entry.objects.bulk_create(
        [
            fact("need.opened", UUID(int=1), moment, "need", "1"),
            fact("need.answered", UUID(int=1), moment, "need", "1", {"workshop": 4}),
            fact("initiative.proposed", UUID(int=1), moment, "initiative", "3", {"origin": "bottom_up"}),
            fact("initiative.accepted", UUID(int=2), moment + timedelta(6), "initiative", "3"),
            fact("workshop.held", UUID(int=1), NOW - timedelta(18), "workshop", "4", {"format": "short", "registered": 20, "came": 15}),
        ]
    )
    with clock.simulated(NOW):
        actions.take_snapshots()

    page = words_of(client, make_member())

    assert "d’un besoin à l’atelier qui le comble, une fois sur deux ou plus tôt 12 jours" in page
    assert "25 %" in page
    assert "des places prises à 1 atelier en un an" in page
    assert "6 jours médiane de 1 réponses à 1 initiatives proposées en un an, dont 1 du terrain" in page


def test_community_without_cases_tells_no_share_of_answers(client: Client) -> None:
    Entry.objects.bulk_create(arrived(UUID(int=n), NOW - timedelta(300)) for n in range(1, 9))
    with clock.simulated(NOW):
        actions.take_snapshot(date(2026, 2, 28), since=date(2026, 2, 1))

    page = words_of(client, make_member())

    assert "Comment nous nous entraidons" not in page


def test_page_speaks_english_too(client: Client) -> None:
    kept()

    page = words_of(client, make_member(), "en")

    assert "A little over one person in four is engaged." in page


def test_picture_is_shown_once_a_job_has_drawn_it(client: Client) -> None:
    kept()
    before = words_of(client, make_member())
    Picture.objects.create(name="ladder", language="fr", svg="<svg><title>un dessin</title></svg>")

    after = words_of(client, make_member())

    assert ("L’image est en train d’être dessinée." in before, "un dessin" in before) == (True, False)
    assert ("L’image est en train d’être dessinée." in after, "un dessin" in after) == (False, True)


def test_table_holds_the_rows_that_marks_lead_to(client: Client) -> None:
    kept()
    client.force_login(make_member())

    page = client.get(ADDRESS).content.decode()

    assert re.findall(r'<tr id="([^"]+)"', page) == ["au-2026-03-10", "au-2026-02-28"]


def test_too_few_engaged_people_are_not_told(client: Client) -> None:
    kept({"Agences": (40, 3)})

    page = words_of(client, make_member())

    assert "Moins de cinq personnes s’engagent à ce jour : trop peu pour être dit." in page
    assert "n = 40 personnes, 90 jours jusqu’au 10 mars 2026." in page
    assert "Là où la ligne manque" in page


def test_too_small_a_perimeter_is_not_told(client: Client) -> None:
    kept({"Agences": (4, 3)})

    page = words_of(client, make_member())

    assert "Moins de cinq personnes sont dans l’organisation depuis 30 jours" in page
    assert "Autre lecture" not in page


def test_units_wait_for_a_full_month(client: Client) -> None:
    make_community()
    with clock.simulated(NOW):
        actions.take_snapshot(date(2026, 3, 10), since=date(2026, 2, 2))

    assert "Aucun mois complet n’est encore passé." in words_of(client, make_member())


def test_unit_hides_what_concerns_fewer_than_five(client: Client) -> None:
    kept({"Agences": (40, 12), "Ateliers": (35, 13), "Siège": (20, 3)})

    page = words_of(client, make_member())

    assert "Agences 40 10 25 % Ateliers 35 — — Siège 20 — —" in page


def test_units_of_fewer_than_five_are_not_listed(client: Client) -> None:
    kept({"Agences": (40, 12), "Ateliers": (35, 13), "Siège": (3, 3)})

    page = words_of(client, make_member())

    assert "Agences 40 10 25 %" in page
    assert ("Siège" in page, "Ateliers" in page) == (False, False)


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.PILOT])
def test_sponsors_and_pilots_read_the_page(client: Client, role: Role) -> None:
    client.force_login(make_with_role(role))

    assert client.get(ADDRESS).status_code == 200


def test_stranger_finds_nothing(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("days", [1, 3])
def test_queries_do_not_grow_with_the_series(client: Client, django_assert_num_queries: DjangoAssertNumQueries, days: int) -> None:
    kept(days=days)
    client.force_login(make_member())
    client.get(ADDRESS)

    with django_assert_num_queries(6):
        client.get(ADDRESS)


def test_share_of_first_posts_met_is_told_from_rounded_numbers(client: Client) -> None:
    posted = NOW - timedelta(30)
    for n in range(1, 13):
        fact("use_case.asked", UUID(int=1000 + n), posted + timedelta(hours=n), "usecase", str(900 + n)).save()
    for n in range(1, 8):
        fact("use_case.supported", UUID(int=2000), posted + timedelta(hours=n + 1), "usecase", str(900 + n)).save()
    with clock.simulated(NOW):
        actions.take_snapshots()

    page = words_of(client, make_member())

    basis = "sur environ 10 personnes qui ont écrit pour la première fois dans les 90 jours"
    assert f"des premières fois reçoivent une réponse ou servent à quelqu’un dans la journée 50 % {basis}" in page
