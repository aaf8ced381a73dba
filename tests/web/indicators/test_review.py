"""The review of a quarter: one content as a page, a tagged paper and slides."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from pptx import Presentation
from pytest_django import DjangoAssertNumQueries

from relais.core import clock
from relais.indicators.models import LeverUse
from relais.people.models import Person, Role
from tests.factories import make_member, make_with_role
from tests.indicators.months import goal_of, use_of
from tests.web.indicators.test_lever_pages import ESTIMATE

pytestmark = pytest.mark.django_db
PAGE = "/ou-en-est-on/revue/"


def text_of(content: bytes) -> str:
    main = content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def sponsor(client: Client) -> Client:
    client.force_login(make_with_role(Role.SPONSOR))
    return client


def a_quarter(levers: int = 1) -> Person:
    """A goal under way, and levers read: each a probable gain."""
    pilot = make_with_role(Role.PILOT)
    goal_of(pilot)
    for _lever in range(levers):
        use = use_of(pilot, make_member())
        record = {"detectable": 0.04, "verdict": "probable_gain", "estimate": ESTIMATE}
        LeverUse.objects.filter(pk=use.pk).update(read_on=clock.today() - timedelta(20), record=record)
    return pilot


def test_page_tells_standing_goals_levers_indicators_and_definitions(sponsor: Client) -> None:
    a_quarter()

    page = text_of(sponsor.get(PAGE).content)

    assert "Revue du trimestre jusqu’au" in page
    assert "Engagement : de 17 % à 28 % d’ici" in page
    assert "Gain probable. 6,0 points ; dix-neuf fois sur vingt, entre 2,0 points et 10,0 points." in page
    assert "Engagement 17 % 14 % à 20 % 600" in page
    assert "Trois actes de valeur sur deux jours différents" in page
    assert "plus on en regarde" not in page


def test_several_levers_read_say_what_chance_alone_shows(sponsor: Client) -> None:
    a_quarter(2)

    assert "2 leviers ont été lus ce trimestre : plus on en regarde" in text_of(sponsor.get(PAGE).content)


def test_new_community_has_a_review_that_says_so(sponsor: Client) -> None:
    page = text_of(sponsor.get(PAGE).content)

    assert "Il est trop tôt pour dire où en est la communauté." in page
    assert "Il n’y en a pas." in page
    assert "Aucun n’a été lu pendant ces trois mois." in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_paper_is_tagged_and_speaks_the_reader_s_language(client: Client, language: str) -> None:
    a_quarter()
    client.force_login(make_with_role(Role.SPONSOR, language=language))

    answer = client.get("/ou-en-est-on/revue.pdf")

    paper = pypdfium2.PdfDocument(answer.content)
    said = " ".join(page.get_textpage().get_text_bounded() for page in paper)
    assert answer["Content-Type"] == "application/pdf"
    assert ("Gain probable" if language == "fr" else "Probable gain") in said
    assert b"/MarkInfo" in answer.content


def test_slides_open_with_every_part(sponsor: Client) -> None:
    a_quarter(2)

    answer = sponsor.get("/ou-en-est-on/revue.pptx")

    slides = Presentation(BytesIO(answer.content)).slides
    titles = [slide.shapes.title.text for slide in slides]
    cells = [cell.text for slide in slides for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()]
    assert titles[1:5] == ["Où en est-on", "Les objectifs", "Ce que les leviers ont fait", "Les indicateurs"]
    assert titles[-1] == "Les définitions"
    assert {"Engagement", "17 %", "600"} <= set(cells)


def test_slides_of_a_new_community_have_no_table(sponsor: Client) -> None:
    slides = Presentation(BytesIO(sponsor.get("/ou-en-est-on/revue.pptx").content)).slides

    assert not any(shape.has_table for slide in slides for shape in slide.shapes)


@pytest.mark.parametrize("levers", [1, 3])
def test_queries_do_not_grow_with_levers(sponsor: Client, django_assert_num_queries: DjangoAssertNumQueries, levers: int) -> None:
    a_quarter(levers)
    sponsor.get(PAGE)

    with django_assert_num_queries(11):
        sponsor.get(PAGE)
