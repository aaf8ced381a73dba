"""A workshop from its proposal to a content: twelve places, fifteen who register, three promoted, two absent, what it was worth."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from playwright.sync_api import expect

from relais.core import clock
from relais.knowledge.models import Registration, Workshop
from relais.people.models import Person
from tests import factories
from tests.browser.conftest import NewContext, entered

pytestmark = pytest.mark.usefixtures("enqueued_mail")


def post(person: Person, address: str, **sent: str) -> None:
    """What a colleague's own browser sends meanwhile."""
    client = Client()
    client.force_login(person)
    assert client.post(address, sent).status_code == 302


def test_workshop_from_its_proposal_to_a_content(new_context: NewContext, base_url: str) -> None:
    host, guests = factories.make_member("Ana Costa"), [factories.make_member(f"Invitée {n}") for n in range(15)]
    case = factories.make_use_case(circle=factories.make_circle("Étanchéité"), title="Le joint fuit après un mois")
    soon = (clock.now() + timedelta(minutes=40)).astimezone(ZoneInfo(host.time_zone))

    at_host = entered(new_context, base_url, host)
    at_host.open(f"/cas/{case.pk}/")
    at_host.press("Propose a workshop around this case")
    at_host.choose("Quick, 20 minutes: one gesture, shown and done")
    at_host.field("Day").fill(soon.strftime("%Y-%m-%d"))
    at_host.field("Time").fill(soon.strftime("%H:%M"))
    at_host.write("Room or place", "Atelier 2")
    at_host.write("A question for the day before", "Quand cela vous est-il arrivé ?")
    at_host.press("Propose the workshop")
    at_host.page.wait_for_url("**/rencontres/ateliers/*/")
    workshop = Workshop.objects.get(host=host)
    where = f"/rencontres/ateliers/{workshop.pk}/"

    for guest in guests[:-1]:
        post(guest, f"{where}je-participe/")
    at_last = entered(new_context, base_url, guests[-1])
    at_last.open(where)
    at_last.press("Put me on the waiting list")
    at_last.reads("you are on the waiting list")
    for guest in guests[:3]:
        post(guest, f"{where}je-rends-ma-place/")
    at_last.open(where)
    at_last.reads("you have a place")
    at_last.write("Your answer", "Avant-hier, sur un chantier.")
    at_last.press("Answer the question")

    at_host.open(f"{where}derouler/")
    expect(at_host.page.locator("[data-timer-left]")).to_have_text("3:00")
    at_host.press("Next step")
    expect(at_host.page.locator("[data-timer-left]")).to_have_text("5:00")
    expect(at_host.page.locator("[aria-current=step] h3")).to_have_text(at_host.said("Shown once"))
    scanned = at_host.page.locator(".qr + p a").get_attribute("href")
    at_last.open(scanned or "")
    at_last.press("I am here")
    for guest in guests[3:12]:
        post(guest, f"{where}je-suis-la/{workshop.check_in}/")
    Workshop.objects.filter(pk=workshop.pk).update(starts_at=clock.now() - timedelta(minutes=20), ends_at=clock.now())
    at_host.open(f"{where}presents/")
    expect(at_host.page.get_by_text(at_host.said("there"), exact=True)).to_have_count(10)
    at_host.activate(at_host.page.locator("form[action$='terminer/'] button"))

    came = Registration.objects.filter(workshop=workshop, came=True).select_related("person")
    for registration in came.exclude(person=guests[-1]):
        post(registration.person, f"{where}avis/", worth="4", relevance="5")
    at_last.open("/")
    at_last.press("Tell")
    at_last.choose("5 – Well worth it")
    at_last.page.locator("input[name=relevance][value='5']").check()
    at_last.press("Tell")
    at_last.reads("What you said of it")

    at_host.open(where)
    at_host.write("What came out of it", "- Nettoyer au solvant\n- Attendre vingt minutes\n- Serrer en croix")
    at_host.press("Keep")
    at_host.press("Make it a content of the case")
    at_host.page.wait_for_url(f"**/cas/{case.pk}/*")
    expect(at_host.page.get_by_text("Serrer en croix")).to_be_visible()

    rows = Registration.objects.filter(workshop=workshop)
    assert (rows.count(), rows.filter(came=True).count(), rows.filter(came=False).count()) == (12, 10, 2)
    assert rows.filter(rated_at__isnull=False).count() == 10
