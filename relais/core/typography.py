"""No line starts with a mark: the spaces French puts before `; : ! ? »` and after `«` do not break."""

from __future__ import annotations

import re

NO_BREAK = "\xa0"
_BREAKABLE = re.compile(r"(?<=«) (?=\S)|(?<=\S) (?=[;:!?»])")


def bound(text: str) -> str:
    """The text with no-break spaces where a French eye expects them; other languages put no space there."""
    return _BREAKABLE.sub(NO_BREAK, text)


def bound_html(source: str) -> str:
    """The same for clean HTML; code is left as it was written."""
    return source if "<code>" in source or "<pre>" in source else _BREAKABLE.sub("&nbsp;", source)
