"""Figures taken and pictures drawn, by jobs: no page computes either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from relais.core import clock
from relais.indicators import words
from relais.indicators.actions.days import Progress, keep_days, unseen
from relais.indicators.charts import lines_over_time
from relais.indicators.courses import course_lines, course_scale, course_words
from relais.indicators.definitions import DEFINITIONS, Ladder
from relais.indicators.drawing import draw
from relais.indicators.models import Picture, Snapshot
from relais.indicators.queries.courses import Course, courses
from relais.indicators.queries.figures import figures_of
from relais.indicators.queries.ladder import first_day, ladders_at
from relais.indicators.queries.standing import Reading, readings
from relais.indicators.series import days_kept, is_month_end, tops
from relais.people.queries import units

WIDTHS = {"wide": 520, "narrow": 205}
type Chart = dict[str, Any]


def figures_at(day: date) -> dict[str, Any]:
    """The figures of one day, as `relais figures --json` prints them, from every fact written down by now."""
    keep_days()
    return figures_of(day, reduce(add, ladders_at(day).values(), Ladder()))


def refresh_figures(*, again: bool = False, progress: Progress = unseen) -> int:
    """Take the figures that are missing or have moved and draw the pictures; `again` takes all of them anew (after an import)."""
    taken = take_snapshots(again=again, progress=progress)
    draw_pictures()
    draw_courses(courses())
    return taken


def take_snapshots(*, again: bool = False, progress: Progress = unseen) -> int:
    """Keep the figures of every day of the series: those that are missing, and those after the first day of what is new."""
    moved = keep_days(again=again, progress=lambda part: progress(part / 2))
    last, first = clock.today() - timedelta(1), first_day()
    days = days_kept(last, first) if first else []
    known = set(Snapshot.objects.filter(unit=Snapshot.WHOLE, definitions=DEFINITIONS).values_list("at", flat=True))
    due = [day for day in days if again or day not in known or (moved and day >= moved)]
    for number, day in enumerate(due, 1):
        take_snapshot(day, since=first or day)
        progress((1 + number / len(due)) / 2)
    Snapshot.objects.filter(definitions=DEFINITIONS).exclude(at__in=days).delete()
    return len(due)


@transaction.atomic
def take_snapshot(day: date, *, since: date) -> None:
    """Keep the figures of one day; by unit only at the end of a month, so that two tables never lie close (METHOD 3.11)."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")  # these statements sort a year of facts: in memory, one after the other
    ladders = ladders_at(day)
    whole = reduce(add, ladders.values(), Ladder())
    figures = figures_of(day, whole)
    _keep(day, Snapshot.WHOLE, {"ladder": asdict(whole), "figures": figures, "since": since.isoformat()})
    Snapshot.objects.filter(at=day, definitions=DEFINITIONS).exclude(unit=Snapshot.WHOLE).delete()
    if is_month_end(day):
        for unit, ladder in _by_top(ladders).items():
            _keep(day, unit, {"ladder": asdict(ladder)})


def _keep(day: date, unit: int, figures: dict[str, object]) -> None:
    values = {"figures": figures, "taken_at": clock.recorded()}
    Snapshot.objects.update_or_create(at=day, unit=unit, definitions=DEFINITIONS, defaults=values)


def _by_top(ladders: dict[int | None, Ladder]) -> dict[int, Ladder]:
    top = tops({unit.pk: unit.parent_id for unit in units()})
    summed: dict[int, Ladder] = defaultdict(Ladder)
    for unit, ladder in ladders.items():
        place = top.get(unit, Snapshot.NOWHERE) if unit else Snapshot.NOWHERE
        summed[place] += ladder
    return summed


def draw_pictures() -> None:
    """Draw the ladder in every language."""
    series = readings()
    if series:
        draw_all([("ladder", language, _ladder_charts(series, language)) for language in languages()])


def draw_courses(measured: Iterable[Course]) -> None:
    """Draw what these indicators of initiatives have become, in every language."""
    draw_all([(course.picture, language, _course_charts(course, language)) for course in measured for language in languages()])


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def draw_all(pictures: list[tuple[str, str, list[Chart]]]) -> None:
    """Each picture wide and narrow; drawn before any is kept, so that no lock waits for the pen."""
    if not pictures:
        return
    svgs = iter(draw([(chart, language) for _name, language, charts in pictures for chart in charts]))
    for name, language, _charts in pictures:
        both = "".join(f'<div class="picture-{size}">{next(svgs)}</div>' for size in WIDTHS)
        Picture.objects.update_or_create(name=name, language=language, defaults={"svg": both, "drawn_at": clock.recorded()})


def _ladder_charts(series: list[Reading], language: str) -> list[Chart]:
    with translation.override(language):
        lines, spoken = words.ladder_lines(series), words.picture_words(series)
        return [lines_over_time(lines, spoken, width=width, height=280) for width in WIDTHS.values()]


def _course_charts(course: Course, language: str) -> list[Chart]:
    with translation.override(language):
        lines, spoken, scale = course_lines(course), course_words(course), course_scale(course)
        return [lines_over_time(lines, spoken, width=width, height=170, scale=scale) for width in WIDTHS.values()]
