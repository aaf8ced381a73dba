"""Coming in, taking part as much as one likes, and leaving: on a phone, in two clicks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.core.cache import cache
from playwright.sync_api import Page, expect

from relais.people.actions import add_person, join_community
from relais.people.actions.invitations import invite
from relais.people.models import Participation, Person, Role
from relais.web.people.personas import PERSONAS
from tests import factories
from tests.browser.conftest import SignIn
from tests.browser.hands import Mouse
from tests.browser.test_main_journey import HOME, PHONE, give_code, sign_in_by_code
from tests.browser.world import World

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
MESSY = (
    "Nom;Prénom;Adresse e-mail;Service;Service parent;Date d'entrée;Date de sortie\r\n"
    "Bœuf;Chloé;chloe.boeuf-{n}@example.org;Vente {n};;;;\r\n"
    "Léger;Zoé;zoe.leger-{n}@example.org;Débit {n};Atelier {n};3 février 2024;\r\n"
    "MÜLLER ; Élodie ;ELODIE-{n}@Example.org; Atelier {n} ;Débit {n};01/09/2023;\r\n"
    "Sans adresse;Luc;;Vente {n};;;\r\n"
    "\r\n"
)


@pytest.fixture
def hand(page: Page) -> Mouse:
    page.set_viewport_size(PHONE)
    return Mouse(page, "fr")


def main_button(hand: Mouse, words: str) -> None:
    hand.press(words, within=hand.page.get_by_role("main"))


def test_invitation_leads_to_home_in_one_click(hand: Mouse, page: Page) -> None:
    person = factories.make_invited("Yasmine Faure")
    token = invite(person, by=None)

    hand.open(f"/invitation/{token}/")
    hand.reads("Here colleagues learn from each other.")
    main_button(hand, "I join the community")
    page.wait_for_url(HOME)

    person.refresh_from_db()
    assert person.participation == Participation.MEMBER


def test_somebody_invited_may_say_not_now_or_join(hand: Mouse, page: Page, sign_in: SignIn) -> None:
    person = factories.make_invited("Yves Colin")
    sign_in(person)

    hand.open("/")
    page.wait_for_url("**/bienvenue/")
    main_button(hand, "Not now")
    page.wait_for_url("**/mon-compte/")
    hand.open("/bienvenue/")
    main_button(hand, "I join")
    page.wait_for_url(HOME)

    person.refresh_from_db()
    assert person.participation == Participation.MEMBER


def test_circle_is_joined_and_left_in_two_clicks(hand: Mouse, page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(person := factories.make_member("Lucie Picard"))
    circle = world.use_case.circle
    hand.open("/cercles/")
    card = page.locator("article", has=page.locator(f"a[href='/cercles/{circle.slug}/']"))

    hand.press("Join", within=card)
    expect(card.get_by_role("button", name=hand.said("Leave"))).to_be_visible()
    joined = [row.circle_id for row in person.circles.all()]
    hand.press("Leave", within=card)
    expect(card.get_by_role("button", name=hand.said("Join"))).to_be_visible()

    assert joined == [circle.pk]


def test_pause_and_departure_take_two_clicks_from_the_account(hand: Mouse, page: Page, sign_in: SignIn) -> None:
    sign_in(person := factories.make_member("Nora Petit"))
    hand.open("/mon-compte/")

    main_button(hand, "Take a pause")
    hand.reads("Come back from my pause")
    main_button(hand, "Come back from my pause")
    hand.reads("Take a pause")
    main_button(hand, "Leave Relais altogether")
    hand.reads("What stays, without your name")
    main_button(hand, "Leave Relais")
    hand.reads("You have left Relais")
    hand.open("/cas/")
    hand.reads("Sign in to go on")

    person.refresh_from_db()
    assert (person.name, person.participation) == ("", Participation.LEFT)


def test_pause_and_departure_take_two_clicks_from_the_menu_of_any_page(hand: Mouse, page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(person := factories.make_member("Nora Petit"))
    menu = page.locator(".menu")

    hand.open("/cas/")
    menu.locator("summary").click()
    hand.press("Take a pause", within=menu)
    hand.reads("You are on a pause: nothing will be asked of you. Everything stays open.")
    hand.open("/cas/")
    menu.locator("summary").click()
    hand.press("Leave the community", within=menu)
    page.wait_for_url("**/mon-compte/partir/")
    main_button(hand, "Leave Relais")
    hand.reads("You have left Relais")

    person.refresh_from_db()
    assert person.participation == Participation.LEFT


def test_my_data_come_as_a_file(hand: Mouse, page: Page, sign_in: SignIn, tmp_path: Path) -> None:
    sign_in(person := factories.make_member("Hugo Blin"))
    hand.open("/mon-compte/donnees/")

    with page.expect_download() as download:
        main_button(hand, "Download for a program (JSON)")
    download.value.save_as(tmp_path / "mine.json")

    told = json.loads((tmp_path / "mine.json").read_text())
    assert person.email in json.dumps(told, ensure_ascii=False)
    assert download.value.suggested_filename == "relais-mes-donnees.json"


@pytest.mark.usefixtures("enqueued_mail")
def test_passkey_is_made_then_opens_the_door(hand: Mouse, page: Page) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    person = factories.make_member("Inès Roy")

    sign_in_by_code(hand, person)
    hand.open("/compte/securite/cles/ajouter/")
    page.locator("#id_name").fill("Mon téléphone")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda address: "ajouter" not in address)
    page.context.clear_cookies()
    hand.open("/compte/connexion/")
    page.locator("#passkey_login").click()
    page.wait_for_url(HOME)

    hand.reads("New in the community")
    assert person.authenticator_set.filter(type="webauthn").count() == 1


@pytest.mark.usefixtures("enqueued_mail")
def test_second_factor_is_asked_after_the_code(hand: Mouse, page: Page) -> None:
    person = factories.make_member("Sami Diallo")

    sign_in_by_code(hand, person)
    hand.open("/compte/securite/application/activer/")
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("#id_code").fill(six_figures(secret))
    page.get_by_role("main").locator("button[type=submit]").click()
    page.wait_for_url(lambda address: "activer" not in address)
    page.context.clear_cookies()
    cache.clear()  # the same six figures open once
    give_code(hand, person)
    page.wait_for_url("**/second-facteur/")
    page.locator("#id_code").fill(six_figures(secret))
    page.get_by_role("main").locator("button[type=submit]").first.click()
    page.wait_for_url(HOME)

    hand.reads("New in the community")


def six_figures(secret: str) -> str:
    """What the application on the phone shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_demo_offers_a_persona_of_each_role(hand: Mouse, page: Page, settings: LazySettings) -> None:
    settings.DEMO = True
    join_community(add_person(PERSONAS["member"].email, "Camille Aubert", unit=None))

    hand.open("/compte/connexion/")
    main_button(hand, "Look around the demo as somebody else")
    names = page.locator("button.persona strong").all_inner_texts()
    page.locator("button.persona").first.click()
    page.wait_for_url(HOME)

    assert len(names) == len(PERSONAS)
    hand.reads("New in the community")


def test_administrator_reads_what_a_messy_file_would_do_then_applies_it(hand: Mouse, page: Page, sign_in: SignIn, tmp_path: Path) -> None:
    sign_in(boss := factories.make_with_role(Role.ADMINISTRATOR, name="Rachel Simon"))
    file = tmp_path / "extraction RH.csv"
    n = str(boss.pk)[:8]
    file.write_bytes(MESSY.replace("{n}", n).encode("cp1252"))

    hand.open("/administrer/personnes/import/")
    hand.join("HR export", file)
    main_button(hand, "Read the file")
    page.wait_for_url("**/rapport/")
    refused = page.locator("#refused li").all_inner_texts()
    page.get_by_role("main").locator("button.main").click()
    page.wait_for_url("**/administrer/")

    added = Person.objects.filter(email__endswith=f"{n}@example.org")
    assert ["les unités tournent en rond" in line for line in refused] == [True, True, False]
    assert "Luc Sans adresse" in refused[2]
    assert list(added.values_list("name", "unit__name")) == [("Chloé Bœuf", f"Vente {n}")]
