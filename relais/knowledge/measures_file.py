"""A file of measures: date, unit, value. Pure: bytes in, lines and what is wrong with the others out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from relais.core.suppression import K
from relais.people.hr_file import parse_day
from relais.people.hr_table import UnreadableFile, decoded

NAMES = {
    "on": ("date", "jour", "day"),
    "unit": ("unit", "unité", "unite", "équipe", "equipe", "team"),
    "value": ("value", "valeur", "mesure"),
}
MOST = 5000


class Wrong(StrEnum):
    """Why a line, or the file, cannot be taken: each is a sentence on the page."""

    DAY = "day"
    FUTURE = "future"
    VALUE = "value"
    UNIT = "unit"
    SMALL = "small"
    TWICE = "twice"


class UnreadableMeasures(Exception):
    """The file as a whole cannot be taken: it has no column for the date or the value, or too many lines."""


@dataclass(frozen=True)
class Line:
    """One measure of the file."""

    number: int
    on: date
    unit: str
    value: Decimal


@dataclass(frozen=True)
class Mistake:
    """One line that cannot be taken, and why."""

    number: int
    wrong: Wrong
    cell: str


@dataclass(frozen=True)
class Report:
    """What the file holds."""

    lines: list[Line]
    mistakes: list[Mistake]


def read_measures(content: bytes, units: Mapping[str, int], today: date) -> Report:
    """The measures of a file; units are known by name (in small letters) with how many people they have; raises UnreadableMeasures."""
    rows = _rows(content)
    places = _places(rows[0] if rows else [])
    if len(rows) > MOST + 1 or "on" not in places or "value" not in places:
        raise UnreadableMeasures
    told = [(number, cells) for number, cells in enumerate(rows[1:], start=2) if any(cell.strip() for cell in cells)]
    report, seen = Report([], []), set[tuple[date, str]]()
    for one in (_line(number, _named(cells, places), units, today) for number, cells in told):
        if isinstance(one, Mistake):
            report.mistakes.append(one)
        elif (one.on, one.unit.lower()) in seen:
            report.mistakes.append(Mistake(one.number, Wrong.TWICE, f"{one.on}"))
        else:
            seen.add((one.on, one.unit.lower()))
            report.lines.append(one)
    return report


def _named(cells: list[str], places: dict[str, int]) -> dict[str, str]:
    return {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}


def _rows(content: bytes) -> list[list[str]]:
    """The cells, whichever of `;`, `,` or tab parts them."""
    try:
        text = decoded(content)
        first = text.partition("\n")[0]
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True))
    except (UnreadableFile, csv.Error) as error:
        raise UnreadableMeasures from error


def _places(titles: list[str]) -> dict[str, int]:
    known = {word: name for name, words in NAMES.items() for word in words}
    return {known[title.strip().lower()]: place for place, title in enumerate(titles) if title.strip().lower() in known}


def _line(number: int, cells: dict[str, str], units: Mapping[str, int], today: date) -> Line | Mistake:
    try:
        on = parse_day(cells["on"])
    except ValueError:
        return Mistake(number, Wrong.DAY, cells["on"])
    try:
        value = Decimal(cells["value"].replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return Mistake(number, Wrong.VALUE, cells["value"])
    unit = cells.get("unit", "")
    if on > today:
        return Mistake(number, Wrong.FUTURE, cells["on"])
    if not value.is_finite() or abs(value) >= 10**10:
        return Mistake(number, Wrong.VALUE, cells["value"])
    return _wrong_unit(number, unit, units) or Line(number, on, unit, value)


def _wrong_unit(number: int, unit: str, units: Mapping[str, int]) -> Mistake | None:
    """A value of fewer than five people would tell about somebody."""
    if not unit or units.get(unit.lower(), 0) >= K:
        return None
    return Mistake(number, Wrong.SMALL if unit.lower() in units else Wrong.UNIT, unit)
