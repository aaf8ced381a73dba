"""What the initiatives measure, as it is drawn; and the pictures that are drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

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
    if indicators is None:
        drawn = set(Picture.objects.values_list("name", flat=True))
        indicators = [pk for pk in Indicator.objects.values_list("pk", flat=True) if _NAME % pk not in drawn]
    later = Measure.objects.filter(indicator__in=indicators, of=None, on__gt=F("indicator__baseline_on"))
    found: dict[int, Course] = {}
    for measure in later.select_related("indicator").order_by("indicator", "on"):
        row = measure.indicator
        course = found.setdefault(row.pk, Course(row.pk, row.name, row.unit, row.baseline_on, row.baseline, {}))
        course.values[measure.on] = measure.value
    return list(found.values())


def pictures_of(language: str, indicators: Iterable[int]) -> dict[int, str]:
    """The pictures of these indicators in this language, those that are drawn."""
    names = {_NAME % pk: pk for pk in indicators}
    found = Picture.objects.filter(language=language, name__in=names)
    return {names[name]: svg for name, svg in found.values_list("name", "svg")}
