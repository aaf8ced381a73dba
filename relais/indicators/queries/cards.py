"""The card of an indicator: its series, how sure it is, and why it moved, from what is published already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from relais.core import suppression
from relais.indicators.catalogue import INDICATORS, Indicator, Value
from relais.indicators.decomposition import Counts, Part, decompose
from relais.indicators.definitions import DEFINITIONS
from relais.indicators.models import Snapshot
from relais.indicators.queries.standing import Reading, earlier_definitions, readings
from relais.people.queries import units

MONTHS_APART = 3
REST = ""  # the people of the units that may not be told, together


@dataclass(frozen=True)
class Point:
    """A day of a series; no value where it may not be told, or was not known."""

    at: date
    value: Value | None


@dataclass(frozen=True)
class Moves:
    """Why a share moved between two month ends: each unit's part, the rest together."""

    before: date
    after: date
    parts: list[Part[str]]

    @property
    def total(self) -> Fraction:
        return sum((part.total for part in self.parts), Fraction(0))

    @property
    def mix(self) -> Fraction:
        return sum((part.mix for part in self.parts), Fraction(0))


@dataclass(frozen=True)
class Card:
    """All that the page of one indicator tells; `earlier` holds its series under older definitions."""

    indicator: Indicator
    points: list[Point]
    earlier: dict[int, list[Point]] = field(default_factory=dict)
    moves: Moves | None = None

    @property
    def latest(self) -> Point | None:
        """The last day that it can be told of."""
        return next((point for point in reversed(self.points) if point.value), None)


def picture_name(indicator: Indicator) -> str:
    """The name its picture is kept under."""
    return f"card-{indicator.key}"


def _points(indicator: Indicator, series: list[Reading]) -> list[Point]:
    return [Point(reading.at, indicator.read(reading.figures)) for reading in series]


def cards() -> list[Card]:
    """Every indicator with its series."""
    series, older = readings(), _older()
    return [_card(indicator, series, older) for indicator in INDICATORS]


def card_of(indicator: Indicator) -> Card:
    """One indicator, with all that is known of it."""
    series = readings()
    return replace(_card(indicator, series, _older()), moves=_moves(indicator, {reading.at: reading for reading in series}))


def _older() -> dict[int, list[Reading]]:
    return {version: readings(version) for version in earlier_definitions()}


def _card(indicator: Indicator, series: list[Reading], older: Mapping[int, list[Reading]]) -> Card:
    return Card(indicator, _points(indicator, series), {version: _points(indicator, each) for version, each in older.items()})


def _moves(indicator: Indicator, series: Mapping[date, Reading]) -> Moves | None:
    """By unit, for what is a share of everybody: between the last month end and one three months before, or the nearest later."""
    if indicator.whole != "eligible" or not indicator.part:
        return None
    rows = Snapshot.objects.filter(definitions=DEFINITIONS, at__in=series).exclude(unit=Snapshot.WHOLE)
    tables: dict[date, dict[int, Counts]] = {}
    for row in rows.order_by("at", "unit"):
        ladder = row.figures["ladder"]
        tables.setdefault(row.at, {})[row.unit] = (ladder["eligible"], ladder[indicator.part])
    if len(tables) < 2:
        return None
    days = sorted(tables)
    before, after = days[max(len(days) - 1 - MONTHS_APART, 0)], days[-1]
    names = {unit.pk: unit.name for unit in units()}
    told = [_told(tables[day], series[day], indicator.part, names) for day in (before, after)]
    parts = decompose(*told)
    return Moves(before, after, parts) if parts else None


def _told(table: Mapping[int, Counts], whole: Reading, part: str, names: Mapping[int, str]) -> dict[str, Counts]:
    """The units as they are published, and what is left of everybody: nothing that a reader of the tables does not know."""
    cells = suppression.published(table)
    told = {names.get(unit, REST): (cell.people, cell.marked) for unit, cell in cells.items() if cell.marked is not None}
    told.pop(REST, None)
    people, marked = (whole.people[name] or 0 for name in ("eligible", part))
    people -= sum(counts[0] for counts in told.values())
    marked -= sum(counts[1] for counts in told.values())
    return told | ({REST: (people, min(max(marked, 0), people))} if people > 0 else {})
