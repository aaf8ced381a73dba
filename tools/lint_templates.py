"""Templates: no inline style or script, isolated includes, translated texts, tokens in forms, words for pictures, valid components.

python tools/lint_templates.py
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import django
from django.template import Engine, TemplateSyntaxError
from django.template.base import Template

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 120
SAID_IN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label"}
SAME_IN_EVERY_LANGUAGE = {"Relais", "CSV", "XLSX", "PDF", "HTML", "QR"}
_TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
_COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_INCLUDE = re.compile(r"{%\s*include\b[^%]*%}")
_POST = re.compile(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")


class _Page(HTMLParser):
    """Reads what a template says once its tags are taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.silent += tag in {"script", "style", "code", "kbd"}
        if tag == "style" or "style" in given:
            self.found.append(f"<{tag}> has an inline style")
        if tag == "script" and "src" not in given:
            self.found.append("an inline script")
        self.found += [f"<{tag}> has an inline script in {name}" for name in given if name.startswith(("on", "hx-on"))]
        if tag == "img" and "alt" not in given:
            self.found.append("<img> without alt")
        for name in SAID_IN_ATTRIBUTES & given.keys():
            self._must_be_translated(given[name])

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "code", "kbd"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._must_be_translated(data)

    def _must_be_translated(self, text: str) -> None:
        if set(_WORD.findall(text)) - SAME_IN_EVERY_LANGUAGE:
            self.found.append(f"not translated: {text.strip()!r}")


def mistakes(source: str) -> Iterator[str]:
    """What is wrong with a template's text."""
    if (lines := source.count("\n")) > LONGEST:
        yield f"{lines} lines, at most {LONGEST}"
    without_comments = _COMMENT.sub("", source)
    for include in _INCLUDE.findall(without_comments):
        if not re.search(r"\bonly\s*%}", include):
            yield f"{include} without only"
    for form in _POST.findall(without_comments):
        if "csrf_token" not in form:
            yield "a form is posted without its CSRF token"
    page = _Page()
    page.feed(_TAG.sub("", _TRANSLATED.sub("", without_comments)))
    page.close()
    yield from page.found


def does_not_compile(source: str) -> Iterator[str]:
    """The mistake that keeps a template from compiling: an unknown component, parameter, tag or filter."""
    try:
        Template(source, engine=Engine.get_default())
    except TemplateSyntaxError as error:
        yield str(error)


def check(root: Path = ROOT / "relais") -> list[str]:
    """The mistakes of every template, with its path."""
    told = []
    for path in sorted(root.glob("**/templates/**/*.html")):
        source = path.read_text()
        told += [f"{path}: {mistake}" for mistake in [*mistakes(source), *does_not_compile(source)]]
    return told


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
    os.environ.setdefault("RELAIS_SECRET_KEY", "not-needed-to-read-templates")
    django.setup()
    wrong = check()
    print("\n".join(wrong) or "Every template is in order.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
