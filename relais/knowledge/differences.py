"""What changed between two texts, word by word. Pure computation on plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\n|[^\S\n]+|[^\s]+")
LONGEST = 6_000  # words beyond which texts are compared line by line, so that no page waits


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, came or went."""

    change: Change
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces that lead from `before` to `after`, in reading order."""
    words = _words(before), _words(after)
    if max(map(len, words)) > LONGEST:
        words = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(_merged(_pieces(*words)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for kind, from_before, to_before, from_after, to_after in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(Change.SAME, "".join(before[from_before:to_before]))
            continue
        yield Piece(Change.REMOVED, "".join(before[from_before:to_before]))
        yield Piece(Change.ADDED, "".join(after[from_after:to_after]))


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Without empty pieces; a lone space between two changes joins them, so that a rewritten phrase reads as one."""
    removed = added = ""
    for piece in pieces:
        if piece.change is Change.SAME and piece.text.strip(" "):
            yield from _changed(removed, added)
            removed = added = ""
            yield piece
            continue
        removed += piece.text if piece.change is not Change.ADDED else ""
        added += piece.text if piece.change is not Change.REMOVED else ""
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed == added:
        if removed:
            yield Piece(Change.SAME, removed)
        return
    if removed:
        yield Piece(Change.REMOVED, removed)
    if added:
        yield Piece(Change.ADDED, added)
