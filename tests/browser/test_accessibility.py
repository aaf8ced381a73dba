"""Axe finds nothing on any page: in French on a phone, in English on a desk, light and dark; and keys and fingers find their way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from tests.browser.conftest import SignIn
from tests.browser.pages import PAGES, Shown
from tests.browser.world import World

AXE = Axe().axe_script
EVERYTHING = {"resultTypes": ["violations"]}
WHAT_LOOKS_CHANGE = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}
VISITS = [("fr", 320), ("en", 1280)]
SCHEMES: list[tuple[Literal["light", "dark"], dict[str, Any]]] = [("light", EVERYTHING), ("dark", WHAT_LOOKS_CHANGE)]


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe reproaches, with the elements concerned."""
    found = page.evaluate("async options => (await axe.run(document, options)).violations", options)
    return [f"{one['id']}: {', '.join(node['html'][:120] for node in one['nodes'][:3])}" for one in found]


@pytest.fixture(autouse=True)
def complaints() -> list[str]:
    """What is told before axe comes: axe itself adds styles, which the policy refuses, and the browser tells it late."""
    return []


HEADS = "[...document.querySelectorAll('h1')].map(e => e.innerText)"
LANDMARKS = "['main', 'header', 'footer'].filter(name => document.querySelectorAll(`body > ${name}, .page > ${name}`).length !== 1)"
WIDE = "document.scrollingElement.scrollWidth - innerWidth"
# Marks of a picture are small, but as far apart as WCAG 2.5.8 asks (FINGER in charts.py), and each leads to a row of the table beside it.
SMALL = """() => {
  const seen = e => !e.matches(".skip") && e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const inText = e => getComputedStyle(e).display === "inline" && e.closest("p, li, h3, dd, label, summary");
  const size = e => (e.matches("[type=checkbox], [type=radio]") && e.labels[0] ? e.labels[0] : e).getBoundingClientRect();
  return [...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden]), textarea")]
    .filter(e => seen(e) && !inText(e) && !e.closest("svg")).map(e => [size(e), e.outerHTML.slice(0, 100)])
    .filter(([box]) => box.width < 43.5 || box.height < 43.5)
    .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`);
}"""
UNSEEN = """() => {
  const e = document.activeElement;
  const drawn = ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  const shown = ["", "::after"].some(part => drawn(getComputedStyle(e, part)));
  return e === document.body || (shown && e.getBoundingClientRect().width) ? "" : e.outerHTML.slice(0, 100);
}"""


def broken(page: Page) -> Iterator[str]:
    """What axe reproaches, light and dark; and what is wider than a phone."""
    page.evaluate(AXE)
    for scheme, options in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        yield from (f"{scheme} {one}" for one in violations(page, options))
    page.set_viewport_size({"width": 320, "height": 640})
    if (wide := page.evaluate("document.scrollingElement.scrollWidth")) > 320:
        yield f"320: the page is {wide} px wide"


def hard_to_use(page: Page) -> Iterator[str]:
    """What a finger, a key or a reader of large text stumbles on, on a phone."""
    yield from (f"not once: {name}" for name in page.evaluate(LANDMARKS))
    yield from (f"small: {one}" for one in page.evaluate(SMALL))
    for _ in range(15):
        page.keyboard.press("Tab")
        yield from (f"no focus to be seen: {one}" for one in [page.evaluate(UNSEEN)] if one)
    page.set_viewport_size({"width": 640, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if (wide := page.evaluate(WIDE)) > 0:
        yield f"{wide} px too wide with text twice as big"


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_page_is_for_everyone(shown: Shown, world: World, page: Page, base_url: str, sign_in: SignIn, complaints: list[str]) -> None:
    person = world.person(shown.role)
    found: list[str] = []
    for language, width in VISITS:
        if person:
            type(person).objects.filter(pk=person.pk).update(language=language)
            sign_in(person)
        page.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
        page.set_viewport_size({"width": width, "height": 640})
        page.emulate_media(color_scheme="light")
        answer = page.goto(shown.address(world))
        found += complaints if language == "fr" else []  # before axe has come
        found += [f"{language} {one}" for one in broken(page)]

        assert answer
        assert (answer.status == 404) is ("existe-pas" in shown.name)
        assert page.locator("html").get_attribute("lang") == language
        assert len(page.evaluate(HEADS)) == 1
    found += hard_to_use(page)

    assert "\n".join(dict.fromkeys(found)) == ""


def test_every_page_has_a_title_of_its_own(world: World, base_url: str) -> None:
    titles: dict[str, set[str]] = {}
    for shown in PAGES:
        client = Client()
        if person := world.person(shown.role):
            client.force_login(person)
        answer = client.get(shown.address(world), follow=True)
        name = re.search(r"<title>(.*?)</title>", answer.text, re.S)
        path = (answer.redirect_chain or [(shown.address(world), 0)])[-1][0].split("?")[0]
        titles.setdefault(name[1].strip() if name else "", set()).add(path)

    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}
