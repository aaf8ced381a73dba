"""What an initiative measures, told as a picture: lines, scale and words."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from relais.indicators.charts import Line, Scale, Words
from relais.indicators.queries.courses import Course

ROOM = 0.15  # left above and below the values, as a part of their height


def said(value: float | Decimal, unit: str) -> str:
    """A value with its unit, as people write it."""
    number = number_format(Decimal(str(value)).normalize(), use_l10n=True)
    return f"{number} {unit}".strip()


def course_lines(course: Course) -> list[Line]:
    """The value, and where it started as a dashed line under it."""
    path = {course.started_on: course.baseline} | course.values
    first, last = min(path), max(path)
    start = Line(_("start"), {first: float(course.baseline), last: float(course.baseline)}, dashed=True)
    return [start, Line(said(path[last], ""), {day: float(value) for day, value in path.items()}, main=True)]


def course_scale(course: Course) -> Scale:
    """The height of what happened, and some room; never below nothing when no value is."""
    values = [float(value) for value in (course.baseline, *course.values.values())]
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1) * ROOM
    return Scale(max(low - room, 0) if low >= 0 else low - room, high + room, ",.2~f")


def course_words(course: Course) -> Words:
    """What the picture says aloud."""
    days = [course.started_on, *course.values]
    told = {day: date_format(day, "j F Y") for day in days}
    first, last = told[min(days)], told[max(days)]
    return Words(
        description=_("%(name)s, from %(first)s to %(last)s.") % {"name": course.name, "first": first, "last": last},
        point=_("%(day)s: %(share)s"),
        months=told,
        number=lambda value: said(value or 0, course.unit),
        in_table=set(days),
        anchor=f"mesure-{course.pk}",
    )
