"""Everybody is asked where we stand: a pilot opens the questions, people answer on a phone, everybody reads what it tells."""

from __future__ import annotations

from playwright.sync_api import expect

from relais.maturity.items import ITEMS, asked
from relais.maturity.models import Pile, Wave
from relais.people.models import Role
from tests import factories
from tests.browser.conftest import NewContext, entered


def test_questions_are_opened_answered_on_a_phone_and_read(new_context: NewContext, base_url: str) -> None:
    Wave.objects.all().delete()
    pilot = factories.grant_role(factories.make_member("Léo Roy"), Role.PILOT, by=None)
    people = [factories.make_member() for _ in range(5)]
    theirs = entered(new_context, base_url, pilot)

    theirs.open("/maturite/ouvrir/")
    theirs.choose("The pulse: 8 sentences (ninety seconds)")
    theirs.press("Open the questions")
    theirs.reads("The questions are open")
    for person in people:
        mine = entered(new_context, base_url, person)
        mine.open("/")
        mine.page.get_by_role("link", name=mine.said("How do we learn from each other here?")).click()
        for number in asked(pulse=True):
            group = mine.page.get_by_role("group", name=mine.said(str(ITEMS[number].text)))
            group.locator("label", has_text="4").click()
        mine.press("Send my answers")
        mine.reads("Thank you. Your answers are counted; that they are yours is written nowhere.")
    theirs.open("/maturite/")
    theirs.press("Close the questions now")
    theirs.reads("The questions are closed. The figures are kept, the answers are gone.")

    expect(theirs.page.locator("figure.figure h2")).to_contain_text("sur 100")
    assert (Wave.objects.get().figures["answers"], Pile.objects.count()) == (5, 0)
