"""What the initiatives measure, as it is drawn; and the pictures that are drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relais.indicators.models import Picture
from relais.knowledge.models import Indicator, Measure

_NAME = "indicator-%s"


@dataclass(frozen=True)
class Course:
    """One indicator of an initiative: where it started, and its values of everybody by day."""

    pk: int
    name: str
    unit: str
    started_on: date
    baseline: Decimal
    values: dict[date, Decimal]

    @property
    def picture(self) -> str:
        """The name its picture is kept under."""
        return _NAME % self.pk


def courses(indicators: Collection[int] | None = None) -> list[Course]:
    """Those measured after their start: of these indicators, or of all that have no picture yet."""
    measures = Measure.objects.filter(of=None)
    if indicators is not None:
        measures = measures.filter(indicator__in=indicators)
    values: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for indicator, day, value in measures.order_by("on").values_list("indicator", "on", "value"):
        values[indicator][day] = value
    drawn = set() if indicators is not None else set(Picture.objects.values_list("name", flat=True))
    rows = Indicator.objects.filter(pk__in=[pk for pk in values if _NAME % pk not in drawn]).order_by("pk")
    found = [_course(row, values[row.pk]) for row in rows]
    return [course for course in found if course.values]


def _course(row: Indicator, values: dict[date, Decimal]) -> Course:
    later = {day: value for day, value in values.items() if day > row.baseline_on}
    return Course(row.pk, row.name, row.unit, row.baseline_on, row.baseline, later)


def pictures_of(language: str, indicators: Iterable[int]) -> dict[int, str]:
    """The pictures of these indicators in this language, those that are drawn."""
    names = {_NAME % pk: pk for pk in indicators}
    found = Picture.objects.filter(language=language, name__in=names)
    return {names[name]: svg for name, svg in found.values_list("name", "svg")}
