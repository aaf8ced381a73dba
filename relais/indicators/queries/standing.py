"""Where the community stands, read from the snapshots: a page computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

from django.db.models import Max

from relais.indicators import suppression
from relais.indicators.definitions import DEFINITIONS, interval, share, told
from relais.indicators.models import Picture, Snapshot
from relais.indicators.series import is_month_end
from relais.people.models import Person
from relais.people.queries import units
from relais.people.rules import can_administer


@dataclass(frozen=True)
class Reading:
    """One day as one person may read it: people hidden under five, rounded to five but for administrators."""

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


def readings(*, exact: bool) -> list[Reading]:
    """The series, oldest first; `exact` numbers are for administrators."""
    rows = Snapshot.objects.filter(unit=Snapshot.WHOLE, definitions=DEFINITIONS).order_by("at")
    return [_reading(row, exact=exact) for row in rows]


def _reading(row: Snapshot, *, exact: bool) -> Reading:
    return Reading(row.at, date.fromisoformat(row.figures["since"]), _told(row.figures["ladder"], exact=exact), row.figures["figures"])


def _told(ladder: Mapping[str, int], *, exact: bool) -> dict[str, int | None]:
    people = {name: told(count) for name, count in ladder.items()}
    return people if exact else {name: suppression.rounded(count) for name, count in people.items()}


def in_table(series: list[Reading]) -> list[Reading]:
    """The month ends, and the latest day, newest first."""
    return [reading for reading in reversed(series) if is_month_end(reading.at) or reading is series[-1]]


def standing_for(viewer: Person) -> Standing:
    """What this person may read of where the community stands."""
    exact = can_administer(viewer)
    month = Snapshot.objects.filter(definitions=DEFINITIONS).exclude(unit=Snapshot.WHOLE).aggregate(month=Max("at"))["month"]
    return Standing(readings(exact=exact), month, _unit_rows(month, exact=exact) if month else [])


def _unit_rows(month: date, *, exact: bool) -> list[UnitRow]:
    rows = Snapshot.objects.filter(at=month, definitions=DEFINITIONS).exclude(unit=Snapshot.WHOLE)
    table = {row.unit: (row.figures["ladder"]["eligible"], row.figures["ladder"]["engaged"]) for row in rows}
    _total, cells = suppression.published({unit: size for unit, size in table.items() if size[0]})
    names = {unit.pk: unit.name for unit in units()}
    told_cells = {unit: cell if exact else suppression.softened(cell) for unit, cell in cells.items()}
    return sorted(
        (UnitRow(names.get(unit, ""), cell) for unit, cell in told_cells.items()),
        key=lambda row: (not row.name, normalize("NFD", row.name)),
    )


def picture_in(language: str, name: str = "ladder") -> str:
    """The picture in this language; empty while none is drawn."""
    return Picture.objects.filter(language=language, name=name).values_list("svg", flat=True).first() or ""
