"""Axe finds nothing: every page, both languages, 320 and 1280 px, light and dark; and nothing is wider than a phone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import SignIn
from tests.browser.pages import PAGES, Shown
from tests.browser.world import World

AXE = Axe().axe_script
EVERYTHING = {"resultTypes": ["violations"]}
WHAT_LOOKS_CHANGE = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}
LOOKS = [(320, "light", EVERYTHING), (320, "dark", WHAT_LOOKS_CHANGE), (1280, "dark", EVERYTHING), (1280, "light", WHAT_LOOKS_CHANGE)]


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe reproaches, with the elements concerned."""
    found = page.evaluate("async options => (await axe.run(document, options)).violations", options)
    return [f"{one['id']}: {', '.join(node['html'][:120] for node in one['nodes'][:3])}" for one in found]


@pytest.fixture(autouse=True)
def complaints() -> list[str]:
    """What is told before axe comes: axe itself adds styles, which the policy refuses, and the browser tells it late."""
    return []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_page_is_accessible(
    shown: Shown, language: str, world: World, page: Page, base_url: str, sign_in: SignIn, complaints: list[str]
) -> None:
    if person := world.person(shown.role):
        type(person).objects.filter(pk=person.pk).update(language=language)
        sign_in(person)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    answer = page.goto(shown.address(world))

    found = list(complaints)
    page.evaluate(AXE)
    for width, scheme, options in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} {scheme} {one}" for one in violations(page, options)]
        if (wide := page.evaluate("document.scrollingElement.scrollWidth")) > width:
            found.append(f"{width}: the page is {wide} px wide")

    assert answer
    assert (answer.status == 404) is ("existe-pas" in shown.name)
    assert page.locator("html").get_attribute("lang") == language
    assert "\n".join(found) == ""
