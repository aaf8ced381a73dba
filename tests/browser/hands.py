"""Three ways to use a page: with a mouse or a finger, with the keyboard alone, and without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

IS_REACHED = "element => element === document.activeElement || element.hidden"  # hidden: the editor took its place
IS_BEHIND = "element => !!(element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
MOST_KEYS = 150
PASTE = """(element, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "texte");
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


class Mouse:
    """Points at things. Words are given as the code writes them, and looked for in the page's language."""

    script = True

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language

    def said(self, words: str) -> str:
        with translation.override(self.language):
            return translation.gettext(words)

    def open(self, address: str) -> None:
        self.page.goto(address)

    def activate(self, element: Locator) -> None:
        element.click()

    def press(self, words: str, within: Locator | None = None) -> None:
        """A button or a link of this name."""
        name = re.compile(f"^{re.escape(self.said(words))}$")
        place = within or self.page.locator("body")
        self.activate(place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).first)

    def field(self, label: str) -> Locator:
        return self.page.get_by_role("main").get_by_label(self.said(label)).and_(self.page.locator("input, select, textarea")).first

    def write(self, label: str, text: str) -> None:
        self.write_in(self.field(label), text)

    def write_in(self, element: Locator, text: str) -> None:
        self.activate(element)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, label: str) -> None:
        """A radio button or a box to tick."""
        self.field(label).check()

    def select(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def unfold(self, words: str) -> None:
        self.activate(self.page.locator("summary", has_text=self.said(words)))

    def join(self, label: str, path: Path) -> None:
        """A file, through the browser's own dialog."""
        with self.page.expect_file_chooser() as chosen:
            self.activate(self.field(label))
        chosen.value.set_files(path)

    def paste(self, element: Locator, html: str) -> None:
        element.evaluate(PASTE, html)

    def reads(self, words: str) -> None:
        """The page says this, in its language."""
        expect(self.page.get_by_text(self.said(words)).filter(visible=True).first).to_be_visible()


class Keyboard(Mouse):
    """Never points: goes from one thing to the next, and sees where it is."""

    def reach(self, element: Locator) -> None:
        element.wait_for()
        key = "Shift+Tab" if element.evaluate(IS_BEHIND) else "Tab"
        for _ in range(MOST_KEYS):
            if element.evaluate(IS_REACHED):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"no key leads to {element}")

    def activate(self, element: Locator) -> None:
        writes = element.evaluate("e => e.matches('textarea, input:not([type=file], [type=checkbox], [type=radio]), [contenteditable]')")
        self.reach(element)
        if not writes:
            self.page.keyboard.press("Enter")

    def choose(self, label: str) -> None:
        box = self.field(label)
        group = self.page.locator(f"input[name={box.get_attribute('name')}]")
        if box.get_attribute("type") == "checkbox":
            self.reach(box)
            self.page.keyboard.press("Space")
        else:
            self.reach(group.and_(self.page.locator(":checked")).or_(group.first).last)
            self.page.keyboard.press("Space")
            for _ in range(group.count()):
                if box.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
        expect(box).to_be_checked()

    def select(self, label: str, option: str) -> None:
        self.reach(self.field(label))
        self.page.keyboard.type(option)


class WithoutScript(Mouse):
    """The browser runs no script at all."""

    script = False


Hand = Callable[[Page, str], Mouse]
