"""Rich text on its way back to a plain field: what `richtext.from_typed` reads, so that one can revise without the editor."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_PARAGRAPHS = {"p", "blockquote", "pre", "table", "hr"}
_HEADINGS = {"h2", "h3", "h4"}


class _Typed(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.lists: list[int | None] = []
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _PARAGRAPHS | _HEADINGS:
            self._part()
        self.parts.append({"br": "\n", "strong": "**", "tr": "\n", "a": "["}.get(tag, "## " if tag in _HEADINGS else ""))
        if tag in {"ul", "ol"}:
            self._part()
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "a":
            self.href = given.get("href") or ""
        elif tag == "img":
            self.parts.append(f"![{given.get('alt') or ''}]({given.get('src') or ''})")

    def _part(self) -> None:
        """A new block; inside a list item, the text goes on."""
        if not self.lists:
            self.parts.append("\n\n")

    def _item(self) -> None:
        number = self.lists[-1] if self.lists else None
        if number is None:
            self.parts.append("\n- ")
            return
        self.lists[-1] = number + 1
        self.parts.append(f"\n{number + 1}. ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        if tag in _PARAGRAPHS | _HEADINGS | {"ul", "ol"}:
            self._part()
        self.parts.append({"strong": "**", "a": f"]({self.href})", "td": " ", "th": " "}.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def to_typed(source: str) -> str:
    """The text one would type to get `source` back: `**bold**`, `- ` and `1. ` lists, `## ` titles, `[links](address)`."""
    parser = _Typed()
    parser.feed(source)
    parser.close()
    lines = (line.strip() for line in "".join(parser.parts).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
