"""Rich text on its way in: sanitised HTML, the plain text of it, and HTML made of what was typed without an editor."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import nh3

from relais.core.typography import bound_html

TAGS = {
    "p", "br", "strong", "em", "s", "u", "code", "pre", "blockquote", "ul", "ol", "li", "h2", "h3", "h4",
    "a", "img", "table", "thead", "tbody", "tr", "th", "td", "hr", "sub", "sup",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
_BLOCKS = {"p", "br", "li", "pre", "blockquote", "h2", "h3", "h4", "tr", "hr", "ul", "ol", "table"}
_OUR_PICTURE = re.compile(r"/fichiers/[0-9a-zA-Z-]{1,36}/?")
LONGEST = 100_000  # characters of HTML: thirty pages; what is longer is a file to join


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Pictures come from our own store only: nobody outside learns who reads what."""
    if (tag, name) == ("img", "src"):
        return value if _OUR_PICTURE.fullmatch(value) else None
    return value


def clean(source: str) -> str:
    """The allowed part of `source`, as HTML that is safe to show."""
    safe = nh3.clean(
        source,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener nofollow",
    )
    return bound_html(safe.strip())


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(source: str) -> str:
    """The words of `source`, a block a line: what search indexes, what a difference compares."""
    parser = _Text()
    parser.feed(source)
    parser.close()
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)


def _inline(line: str) -> str:
    line = re.sub(r"!\[([^\[\]]{0,300})\]\(([^\s()]{1,500})\)", r'<img src="\2" alt="\1">', html.escape(line))
    line = re.sub(r"\[([^\[\]]{1,300})\]\(([^\s)]{1,500})\)", r'<a href="\2">\1</a>', line)
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", line)


def _block(lines: list[str]) -> str:
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    if all(re.match(r"\d+\. ", line) for line in lines):
        return "<ol>" + "".join(f"<li>{_inline(line.split('. ', 1)[1])}</li>" for line in lines) + "</ol>"
    if len(lines) == 1 and lines[0].startswith("## "):
        return f"<h2>{_inline(lines[0][3:])}</h2>"
    return "<p>" + "<br>".join(_inline(line) for line in lines) + "</p>"


def _kind(line: str) -> str:
    if line.startswith("## "):
        return "heading"
    if line.startswith("- "):
        return "bullet"
    return "number" if re.match(r"\d+\. ", line) else "text"


def from_typed(text: str) -> str:
    """HTML of a text typed without the editor: blank lines part paragraphs, `- ` and `1. ` make lists, `## ` a title."""
    blocks: list[str] = []
    lines: list[str] = []
    for line in [*(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")), ""]:
        if lines and (not line or _kind(line) != _kind(lines[-1]) or _kind(line) == "heading"):
            blocks.append(_block(lines))
            lines = []
        if line:
            lines.append(line)
    return "".join(blocks)
