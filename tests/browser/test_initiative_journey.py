"""An initiative without purpose is refused with an explanation, then launched; a need becomes a workshop."""

from __future__ import annotations

import re

from django.test import Client
from playwright.sync_api import expect

from relais.knowledge.models import Initiative, Need
from relais.people.models import Role
from tests import factories
from tests.browser.conftest import NewContext, entered


def test_initiative_without_purpose_is_refused_with_an_explanation_then_launched(new_context: NewContext, base_url: str) -> None:
    me, pilot = factories.make_member("Ana Costa"), factories.grant_role(factories.make_member("Léo Roy"), Role.PILOT, by=None)
    circle = factories.make_circle("Accueil")
    mine, theirs = entered(new_context, base_url, me), entered(new_context, base_url, pilot)

    mine.open("/initiatives/nouvelle/")
    mine.write("What do you want to undertake?", "Rappeler chaque client dans la journée")
    mine.write("How, in two sentences", "Un binôme par agence tient la boîte.")
    mine.select("Circle", circle.name)
    mine.press("Begin it")
    mine.page.wait_for_url(re.compile(r"/initiatives/\d+/$"))
    mine.press("Propose it")
    mine.reads("Not proposed yet")
    expect(mine.page.get_by_role("alert")).to_contain_text("légitime dès qu’elle sert les clients ou les collègues")
    mine.press("Say whom it serves")
    expect(mine.field("How, in two sentences")).to_have_value("Un binôme par agence tient la boîte.")
    mine.choose("Customers")
    mine.press("Keep the changes")
    mine.write("What should move?", "Réclamations")
    mine.choose("It should fall")
    mine.write("Where it stands today", "40")
    mine.field("Measured on").fill("2026-01-05")
    mine.press("Add it")
    mine.press("Propose it")
    mine.reads("waiting for a decision")

    initiative = Initiative.objects.get(author=me)
    theirs.open(f"/initiatives/{initiative.pk}/")
    theirs.press("Refuse, with this reason")
    theirs.reads("An initiative that serves customers or colleagues is refused only with a reason: write it, everybody can read it.")
    theirs.press("Say yes")
    theirs.reads("under way")
    mine.page.reload()
    mine.reads("under way")


def test_need_becomes_a_workshop_for_those_who_wished_it(new_context: NewContext, base_url: str) -> None:
    asker, giver, others = factories.make_member("Zoé Petit"), factories.make_member("Ali Ben"), [factories.make_member() for _ in range(2)]
    circle = factories.make_circle("Soudure")
    mine, theirs = entered(new_context, base_url, asker), entered(new_context, base_url, giver)

    mine.open("/rencontres/besoins/nouveau/")
    mine.write("I would like to learn…", "Souder un angle à plat")
    mine.select("Circle", circle.name)
    mine.press("Say it")
    mine.page.wait_for_url(re.compile(r"/besoins/\d+/$"))
    need = Need.objects.get(author=asker)
    for other in others:
        client = Client()
        client.force_login(other)
        client.post(f"/rencontres/besoins/{need.pk}/moi-aussi/")
    theirs.open(f"/rencontres/besoins/{need.pk}/")
    theirs.press("I can show it")
    theirs.press("Make it a workshop")
    theirs.page.wait_for_url(re.compile(r"/ateliers/\d+/$"))
    mine.open("/")
    mine.press("See where and with whom")
    mine.press("I take part")
    mine.reads("You have a place. See you there!")
    mine.open(f"/rencontres/besoins/{need.pk}/")
    mine.press("Yes, the need is met")
    mine.reads("This need is met")
