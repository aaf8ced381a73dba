"""Vega-Lite to SVG, in a child process that ends with its work: the engine takes 100 MB that no worker should keep.

Run as `python -m relais.indicators.drawing` it reads a list of charts (spec and locale) and writes the list of their SVGs.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import escape
from importlib import import_module
from typing import Any

INK = {
    "#000001": "var(--ink)",
    "#000002": "var(--soft)",
    "#000003": "var(--line)",
    "#000004": "var(--edge)",
    "#000005": "var(--accent)",
    "#000006": "var(--accent-wash)",
}
COLOURS = {variable.removeprefix("var(--").removesuffix(")"): placeholder for placeholder, variable in INK.items()}
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
_BASE = "https://vega.github.io/vega-datasets/"  # what the engine puts before an address inside the page
_DROPPED = re.compile(r' (?:style|font-family)="[^"]*"')
_SIZE = re.compile(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"')


def draw(charts: list[tuple[dict[str, Any], str]]) -> list[str]:
    """Each chart (spec, language) as an SVG that follows the page: its colours, its font, its width."""
    asked = [{"spec": spec, "locale": LOCALES.get(language, LOCALES["en"])} for spec, language in charts]
    done = subprocess.run(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-m", __name__], input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=120
    )
    return [dressed(svg, spec.get("description", "")) for svg, (spec, _language) in zip(json.loads(done.stdout), charts, strict=True)]


def dressed(svg: str, description: str) -> str:
    """Placeholder colours become the page's variables; what the security policy refuses goes; links stay in the page."""
    svg = _SIZE.sub(r"\1", _DROPPED.sub("", svg), count=1).replace(f'xlink:href="{_BASE}', 'href="')
    svg = svg.replace("<svg ", f'<svg role="group" aria-label="{escape(description)}" ', 1)
    for placeholder, variable in INK.items():
        svg = svg.replace(placeholder, variable)
    return svg


def main() -> None:
    """The child's work."""
    convert = import_module("vl_convert")
    asked = json.load(sys.stdin)
    svgs = [convert.vegalite_to_svg(chart["spec"], format_locale=chart["locale"], time_format_locale=chart["locale"]) for chart in asked]
    json.dump(svgs, sys.stdout)


if __name__ == "__main__":  # pragma: no cover (this line runs in the child only)
    main()
