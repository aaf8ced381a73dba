"""Two keys lift a pseudonym, and an appeal gives a text back: people at a browser, one after the other."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.models import Contribution, UseCase
from relais.people.models import Person, Role
from tests import factories
from tests.browser.conftest import SignIn

REASON = "Cette personne se dit en danger devant sa machine."
WHY = "La deuxième phrase désigne une cliente : retirez-la."


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def holder(name: str, role: Role) -> Person:
    return factories.grant_role(factories.make_member(name, language="en"), role, by=None)


def decide(page: Page, choice: str, reasons: str, button: str) -> None:
    page.get_by_label(choice, exact=True).check()
    page.get_by_label("Your reasons").fill(reasons)
    page.get_by_role("button", name=button).click()


def test_a_pseudonym_is_lifted_by_two_keys_and_the_asker_is_told(phone: Page, sign_in: SignIn) -> None:
    asker, circle = factories.make_member("Capucine Delorme", language="en"), factories.make_circle()
    pilot, administrator = holder("Paul Nguyen", Role.PILOT), holder("Inès Costa", Role.ADMINISTRATOR)
    sign_in(asker)
    phone.goto("/cas/nouveau/")
    phone.get_by_label("Your case in one sentence").fill("La machine redémarre seule, et je n’ose plus le dire")
    phone.get_by_label("What happens").fill("Deux fois cette semaine, carter ouvert.")
    phone.get_by_label("What you need").fill("Savoir à qui le dire.")
    phone.get_by_label("Circle").select_option(circle.name)
    phone.get_by_label("Colleagues", exact=True).check()
    phone.get_by_label("Ask under a pseudonym").check()
    phone.get_by_role("button", name="Publish my case", exact=True).click()
    expect(phone.get_by_text("You, under a pseudonym")).to_be_visible()
    case = UseCase.objects.get(author=asker)

    sign_in(pilot)
    phone.goto(f"/cas/{case.pk}/")
    expect(phone.get_by_text("A colleague, under a pseudonym")).to_be_visible()
    phone.get_by_role("link", name="Lift the pseudonym, with a second key").click()
    phone.get_by_label("The reason").fill(REASON)
    phone.get_by_role("button", name="Turn the first key").click()
    expect(phone.get_by_text("It waits for somebody who holds the other key")).to_be_visible()

    sign_in(administrator)
    phone.goto("/")
    phone.get_by_role("link", name=re.compile("to lift a pseudonym")).click()
    phone.get_by_role("link", name=case.title).click()
    phone.get_by_role("button", name="Turn the second key").click()
    expect(phone.get_by_role("link", name="Capucine Delorme")).to_be_visible()

    sign_in(asker)
    phone.goto(f"/cas/{case.pk}/")
    expect(phone.get_by_text(REASON)).to_be_visible()
    expect(phone.get_by_text("the two of them know your name, nobody else")).to_be_visible()


def test_an_appeal_judged_by_two_others_gives_a_text_back(phone: Page, sign_in: SignIn) -> None:
    case, author = factories.make_use_case(title="Que répondre à un client pressé ?"), factories.make_member("Rose Martin", language="en")
    answer = factories.make_answer(case, author, body="<p>Demandez à Jade. Elle sait.</p>")
    reader, moderator = factories.make_member(language="en"), factories.make_member(language="en")
    appoint_animator(answer.use_case.circle, moderator, by=None)
    sign_in(reader)
    phone.goto(f"/cas/{answer.use_case_id}/")
    phone.locator(f"#apport-{answer.pk}").get_by_role("link", name="Report").click()
    phone.get_by_label("It exposes somebody’s private life").check()
    phone.get_by_role("button", name="Report it").click()
    expect(phone.get_by_text("your name is not told to the author")).to_be_visible()

    sign_in(moderator)
    phone.goto("/")
    phone.get_by_role("link", name="1 report to look at").click()
    phone.get_by_role("link", name=answer.use_case.title).click()
    decide(phone, "Withhold it", WHY, "Decide")
    expect(phone.get_by_text("Your decision is written down")).to_be_visible()

    sign_in(answer.author)
    phone.goto("/")
    phone.get_by_role("link", name="About what you wrote").click()
    expect(phone.get_by_text(WHY)).to_be_visible()
    phone.get_by_label("Why should this decision fall?").fill("Jade est le nom de notre logiciel.")
    phone.get_by_role("button", name="Appeal").click()
    expect(phone.get_by_text("Two people who took no part in it are judging.")).to_be_visible()

    for name in ("Paul Roux", "Lou Roy"):
        sign_in(holder(name, Role.PILOT))
        phone.goto("/signalements/")
        phone.get_by_role("link", name=answer.use_case.title).first.click()
        decide(phone, "The decision falls", "Jade est bien un logiciel, personne n’est nommé.", "Give my judgment")
        expect(phone.get_by_text("Your judgment is written down")).to_be_visible()

    sign_in(answer.author)
    phone.goto("/")
    phone.get_by_role("link", name="About what you wrote").click()
    expect(phone.get_by_role("heading", name="The decision falls")).to_be_visible()
    assert Contribution.objects.get(pk=answer.pk).withdrawn_at is None
