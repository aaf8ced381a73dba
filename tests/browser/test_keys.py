"""Keys for those who like them; each leads where a link or a form leads too."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.world import World


def test_keys_search_ask_and_show_help(world: World, page: Page, sign_in: SignIn) -> None:
    sign_in(world.pilot)
    page.goto("/cas/")

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("n?/")
    expect(page.locator("#search")).to_have_value("n?/")
    page.locator("#search").blur()
    page.keyboard.press("n")

    page.wait_for_url("**/cas/nouveau/")


def test_first_key_offers_to_go_to_the_content(world: World, page: Page, sign_in: SignIn) -> None:
    sign_in(world.pilot)
    page.goto("/cas/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_menu_closes_with_escape(world: World, page: Page, sign_in: SignIn) -> None:
    sign_in(world.pilot)
    page.goto("/cas/")

    page.locator(".menu > summary").click()
    expect(page.locator(".menu-body")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator(".menu-body")).to_be_hidden()
    expect(page.locator(".menu > summary")).to_be_focused()
