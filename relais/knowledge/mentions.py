"""Colleagues named in a text: an @ before their whole name."""

from __future__ import annotations

import re

_AFTER_AT = re.compile(r"(?<![\w@.])@(\w[^\s@]*(?:[ \xa0][^\s@]+){0,3})")
_END = ".,;:!?…)»”\"'"


def names_after_at(text: str) -> set[str]:
    """All that may be a name after each @: its first word, its first two, up to four, in small letters and without what ends a sentence."""
    found = set()
    for called in _AFTER_AT.findall(text):
        words = called.lower().split()
        found |= {" ".join(words[:count]).rstrip(_END) for count in range(1, len(words) + 1)}
    return found
