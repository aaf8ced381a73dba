"""What goes wrong while somebody writes is told in words, and the text is still there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from relais.knowledge.models import Contribution, Draft, UseCase
from relais.people.models import Person
from tests import factories
from tests.browser.conftest import SignIn
from tests.browser.hands import Mouse
from tests.browser.test_main_journey import PHONE, sign_in_by_password
from tests.browser.world import World

TEXT = "Prévenez avant que le client ne demande."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "broken"</script></svg>'


@pytest.fixture
def hand(page: Page) -> Mouse:
    page.set_viewport_size(PHONE)
    return Mouse(page, "fr")


@pytest.fixture
def writer(sign_in: SignIn) -> Person:
    person = factories.make_member("Rémi Vidal")
    sign_in(person)
    return person


def editor(hand: Mouse) -> None:
    hand.activate(hand.field("Your answer"))
    expect(hand.page.locator(".editor-place [role=textbox]")).to_be_focused()


def test_form_sent_twice_publishes_once(hand: Mouse, page: Page, world: World, writer: Person) -> None:
    hand.open("/cas/nouveau/")
    hand.write("Your case in one sentence", "Que faire d'un colis tombé du quai ?")
    hand.write("What happens", "Deux fois ce mois-ci.")
    hand.write("What you need", "Une règle simple.")
    hand.field("Circle").select_option(index=1)
    hand.choose("Customers")

    page.get_by_role("main").get_by_role("button", name=hand.said("Publish my case"), exact=True).dblclick()
    page.wait_for_url(re.compile(r"/cas/\d+/"))

    assert UseCase.objects.filter(author=writer).count() == 1


def test_answer_sent_after_the_session_ended_waits_behind_the_sign_in(hand: Mouse, page: Page, world: World, writer: Person) -> None:
    hand.open(f"/cas/{world.use_case.pk}/repondre/")
    editor(hand)
    page.context.clear_cookies(name="sessionid")

    page.keyboard.type(TEXT)
    expect(page.locator("[data-draft-said]")).to_have_text(hand.said("Not connected: your text is kept on this device."))
    hand.press("Publish the answer")
    hand.reads("What you typed is kept")
    hand.press("Sign in", within=page.get_by_role("main"))
    sign_in_where_i_am(hand, writer)

    expect(page.locator(".editor-place [role=textbox]")).to_have_text(TEXT)


def sign_in_where_i_am(hand: Mouse, person: Person) -> None:
    """On the page of signing in that says where to go next."""
    person.set_password("une phrase de passe longue")
    person.save()
    hand.unfold("I have a password")
    hand.write_in(hand.page.locator("#id_login"), person.email)
    hand.write_in(hand.page.locator("#id_password"), "une phrase de passe longue")
    hand.press("Sign in with my password")
    hand.page.wait_for_url("**/repondre/")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_script_too(hand: Mouse, page: Page, world: World, writer: Person) -> None:
    hand.open(f"/cas/{world.use_case.pk}/repondre/")
    hand.write("Your answer", TEXT)
    page.context.clear_cookies(name="sessionid")

    hand.press("Publish the answer")
    hand.reads("What you typed is kept")
    hand.press("Sign in", within=page.get_by_role("main"))
    sign_in_where_i_am(hand, writer)

    expect(hand.field("Your answer")).to_have_value(TEXT)


def test_somebody_else_does_not_find_what_the_one_before_typed(hand: Mouse, page: Page, world: World, writer: Person) -> None:
    hand.open(f"/cas/{world.use_case.pk}/repondre/")
    editor(hand)
    page.context.clear_cookies(name="sessionid")
    page.keyboard.type(TEXT)
    expect(page.locator("[data-draft-said]")).not_to_be_empty()
    page.goto("/compte/connexion/")
    sign_in_by_password(hand, factories.make_member("Une autre"))

    hand.open(f"/cas/{world.use_case.pk}/repondre/")

    expect(hand.field("Your answer")).to_have_value("")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("photo.jpg", b"\xff\xd8\xff" + b"\0" * 50 * 2**20, "limite est de 10"),
        ("dessin.svg", SVG, "n’est pas accepté"),
        ("photo.png", SVG, "n’est pas accepté"),
        ("photo.png", b"\x89PNG\r\n\x1a\n damaged", "abîmé"),
    ],
    ids=["50-MB", "svg", "svg-called-png", "damaged"],
)
def test_file_that_cannot_be_taken_is_refused_in_words(
    name: str, content: bytes, told: str, hand: Mouse, page: Page, world: World, writer: Person, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    hand.open(f"/cas/{world.use_case.pk}/repondre/")
    editor(hand)
    page.keyboard.type(TEXT)

    hand.join("A picture or a file", tmp_path / name)
    expect(page.locator("[data-joined]")).to_contain_text(told)
    hand.press("Publish the answer")
    page.wait_for_url("**#apport-*")

    assert list(Contribution.objects.filter(author=writer).values_list("body", flat=True)) == [f"<p>{TEXT}</p>"]


@pytest.mark.browser_context_args(java_script_enabled=False)
@pytest.mark.parametrize("name", ["photo.jpg", "dessin.svg"])
def test_file_refused_without_script_leaves_the_text_there(
    name: str, hand: Mouse, page: Page, world: World, writer: Person, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes({"photo.jpg": b"\xff\xd8\xff" + b"\0" * 50 * 2**20, "dessin.svg": SVG}[name])
    hand.open(f"/cas/{world.use_case.pk}/repondre/")
    hand.write("Your answer", TEXT)

    hand.join("A picture or a file", tmp_path / name)
    hand.press("Publish the answer")
    page.wait_for_load_state()

    expect(hand.field("Your answer")).to_have_value(TEXT)
    expect(page.get_by_role("alert")).to_be_visible()


def test_text_typed_while_the_server_is_away_is_kept_on_the_device_then_given_back(
    hand: Mouse, page: Page, world: World, writer: Person, complaints: list[str]
) -> None:
    hand.open(f"/cas/{world.use_case.pk}/repondre/")
    editor(hand)
    page.route("**/brouillons/garder/", lambda route: route.abort())

    page.keyboard.type(TEXT)
    expect(page.locator("[data-draft-said]")).to_have_text(hand.said("Not connected: your text is kept on this device."))
    page.unroute("**/brouillons/garder/")
    page.reload()

    expect(page.locator(".editor-place [role=textbox]")).to_have_text(TEXT)
    expect(page.locator("[data-draft-said]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    complaints.clear()  # of the line that was cut
    assert Draft.objects.get(person=writer).fields["body"] == f"<p>{TEXT}</p>"


def test_two_people_who_revise_the_same_text_both_keep_their_words(
    hand: Mouse, page: Page, world: World, sign_in: SignIn, writer: Person
) -> None:
    content = factories.make_content(author=writer, body="<p>Trois gestes.</p>")
    hand.open(f"/apports/{content.pk}/modifier/")
    hand.activate(hand.field("The text"))
    box = page.locator(".editor-place [role=textbox]")
    expect(box).to_be_focused()
    Contribution.objects.filter(pk=content.pk).update(version=2, body="<p>Quatre gestes.</p>")

    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Cinq gestes.")
    hand.press("Publish the revised text")
    hand.reads("What is published now")
    both = (page.locator(".columns .prose").inner_text(), page.locator(".difference").inner_text())
    expect(box).to_have_text("Cinq gestes.")
    hand.press("Publish the revised text")
    page.wait_for_url("**#apport-*")

    content.refresh_from_db()
    assert both[0] == "Quatre gestes."
    assert "Cinq" in both[1]
    assert content.body == "<p>Cinq gestes.</p>"


def write_a_case(hand: Mouse, title: str = "Que faire d'un colis tombé du quai ?") -> None:
    hand.open("/cas/nouveau/")
    hand.write("Your case in one sentence", title)
    hand.write("What happens", "Deux fois ce mois-ci.")
    hand.write("What you need", "Une règle simple.")
    hand.field("Circle").select_option(index=1)
    hand.choose("Customers")


@pytest.mark.parametrize("cut", [True, False], ids=["cut", "503"])
def test_text_sent_while_the_server_is_away_is_there_when_one_comes_back(
    cut: bool, hand: Mouse, page: Page, world: World, writer: Person, complaints: list[str]
) -> None:
    page.route("**/brouillons/garder/", lambda route: route.abort())
    write_a_case(hand)
    page.route("**/cas/nouveau/", lambda route: route.abort() if cut else route.fulfill(status=503, body="Away"))

    hand.press("Publish my case")
    page.wait_for_timeout(500)
    page.unroute_all()
    page.goto("about:blank")
    hand.open("/cas/nouveau/")

    expect(hand.field("What happens")).to_have_value("Deux fois ce mois-ci.")
    assert not UseCase.objects.filter(author=writer).exists()
    complaints.clear()  # of the line that was cut


def test_form_is_empty_again_once_its_text_is_published(hand: Mouse, page: Page, world: World, writer: Person) -> None:
    write_a_case(hand, "Clavette orpheline sous le convoyeur")  # close to no other case: published at once
    hand.press("Publish my case")
    page.wait_for_url(re.compile(r"/cas/\d+/"))

    hand.open("/cas/nouveau/")

    expect(hand.field("What happens")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage)") == []
