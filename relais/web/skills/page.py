"""What the templates of skills are given: names in the reader's language, acts with their pages, boxes of the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language

from relais.skills.queries.people import name_of
from relais.skills.queries.skill_map import Row
from relais.skills.treemap import Box, treemap
from relais.web.skills.words import ACTS, KINDS, LEVELS, address_of

WIDTH, HEIGHT = 960, 600
DRAWN = 30
LETTER = 9.2  # px: how wide a letter is at the size of the names


@dataclass(frozen=True)
class Shown:
    """A person's skill in words."""

    row: Any
    name: str
    level: str | Promise
    kind: str


@dataclass(frozen=True)
class Act:
    """One thing a skill rests on."""

    row: Any
    said: str | Promise
    url: str
    words: str


@dataclass(frozen=True)
class Line:
    """A piece of a name, and how far below the top of its box it stands."""

    words: str
    y: int


@dataclass(frozen=True)
class Tile:
    """A skill in the picture: its place (as SVG writes numbers), its name cut to fit, its shade, and how much waits for it."""

    row: Row
    x: str
    y: str
    width: str
    height: str
    lines: list[Line]
    shade: str
    waiting: int


def called(skill: Any) -> str:
    """How a skill is called, in the reader's language."""
    return name_of(skill, get_language() or "fr")


def shown(rows: Iterable[Any]) -> list[Shown]:
    """Each with its name and its level."""
    return [Shown(row, called(row.skill), LEVELS[row.level], KINDS.get(row.level, "neutral")) for row in rows]


def acts(evidences: Iterable[Any]) -> list[Act]:
    """Each act in words, with the page where it can be read."""
    return [Act(one, ACTS[one.what], address_of(one.object_type, one.object_id), ", ".join(one.words)) for one in evidences]


def act_label(evidence: Any) -> str:
    """An act in one line, for a choice."""
    return f"{ACTS[evidence.what]}, {date_format(evidence.on, 'j F Y')}" + (f" · {evidence.note}" if evidence.note else "")


def tiles(rows: Sequence[Row], demand: Mapping[UUID, int]) -> list[Tile]:
    """The picture: the area of a skill grows with those who show it and what was shared about it."""
    drawn = sorted(rows, key=lambda row: (-_size(row), row.name))[:DRAWN]
    boxes = treemap([_size(row) for row in drawn], WIDTH, HEIGHT)
    return [_tile(row, box, demand.get(row.pk, 0)) for row, box in zip(drawn, boxes, strict=True)]


def _tile(row: Row, box: Box, waiting: int) -> Tile:
    x, y, width, height = (f"{number:.1f}" for number in (box.x + 2, box.y + 2, max(box.width - 4, 1), max(box.height - 4, 1)))
    lines = [Line(words, 24 + 20 * number) for number, words in enumerate(_cut(row.name, box))]
    return Tile(row, x, y, width, height, lines, "certified" if row.certified else "shown" if row.people else "told", waiting)


def _size(row: Row) -> float:
    return 1 + row.people + row.certified + row.things / 4


def _cut(name: str, box: Box) -> list[str]:
    """The name in as many lines as the box holds; nothing when not even a word fits."""
    room, most = int((box.width - 16) / LETTER), int((box.height - 30) / 20)
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) + 1 <= room:
            lines[-1] += f" {word}"
        elif len(lines) < most and len(word) <= room:
            lines.append(word)
        else:
            return [*lines[:-1], f"{lines[-1][: max(room - 1, 1)]}…"] if lines else []
    return lines
