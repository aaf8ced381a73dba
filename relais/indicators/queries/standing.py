"""Where the community stands, read from the snapshots: a page computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

from django.db.models import Max

from relais.core import suppression
from relais.indicators.definitions import DEFINITIONS, interval, share
from relais.indicators.models import Picture, Snapshot
from relais.indicators.series import is_month_end
from relais.people.queries import units


@dataclass(frozen=True)
class Reading:
    """One day as it is read: numbers of people in fives, none under five."""

    at: date
    since: date
    people: Mapping[str, int | None]
    figures: Mapping[str, Any]

    def share(self, rung: str) -> float | None:
        """The rung's share of the eligible, from the numbers as they are told."""
        return share(self.people[rung], self.people["eligible"])

    @property
    def engagement(self) -> float | None:
        return self.share("engaged")

    @property
    def interval(self) -> list[float] | None:
        """The Wilson interval of engagement, from the same numbers."""
        return interval(self.people["engaged"], self.people["eligible"])


@dataclass(frozen=True)
class UnitRow:
    """One unit of the monthly table, as it may be told; `name` is empty for people without a unit."""

    name: str
    cell: suppression.Cell

    @property
    def share(self) -> float | None:
        return suppression.share(self.cell)


@dataclass(frozen=True)
class Standing:
    """All that the page « Où en est-on » tells."""

    series: list[Reading]
    units_at: date | None
    units: list[UnitRow]

    @property
    def latest(self) -> Reading | None:
        return self.series[-1] if self.series else None


def readings(definitions: int = DEFINITIONS) -> list[Reading]:
    """The series under one version of the definitions, oldest first."""
    rows = Snapshot.objects.filter(unit=Snapshot.WHOLE, definitions=definitions).order_by("at")
    return [_reading(row) for row in rows]


def earlier_definitions() -> list[int]:
    """The versions that figures were taken under before this one, and that are kept."""
    kept = Snapshot.objects.filter(unit=Snapshot.WHOLE, definitions__lt=DEFINITIONS).values_list("definitions", flat=True)
    return sorted(set(kept))


def _reading(row: Snapshot) -> Reading:
    people = {name: suppression.told(count) for name, count in row.figures["ladder"].items()}
    return Reading(row.at, date.fromisoformat(row.figures["since"]), people, row.figures["figures"])


def in_table(series: list[Reading]) -> list[Reading]:
    """The month ends, and the latest day, newest first."""
    return [reading for reading in reversed(series) if is_month_end(reading.at) or reading is series[-1]]


def standing() -> Standing:
    """Where the community stands, the same for everybody who may read it."""
    month = Snapshot.objects.filter(definitions=DEFINITIONS).exclude(unit=Snapshot.WHOLE).aggregate(month=Max("at"))["month"]
    return Standing(readings(), month, _unit_rows(month) if month else [])


def _unit_rows(month: date) -> list[UnitRow]:
    rows = Snapshot.objects.filter(at=month, definitions=DEFINITIONS).exclude(unit=Snapshot.WHOLE)
    cells = suppression.published({row.unit: (row.figures["ladder"]["eligible"], row.figures["ladder"]["engaged"]) for row in rows})
    names = {unit.pk: unit.name for unit in units()}
    return sorted(
        (UnitRow(names.get(unit, ""), cell) for unit, cell in cells.items()),
        key=lambda row: (not row.name, normalize("NFD", row.name)),
    )


def picture_in(language: str, name: str = "ladder") -> str:
    """The picture in this language; empty while none is drawn."""
    return Picture.objects.filter(language=language, name=name).values_list("svg", flat=True).first() or ""
