"""Figures taken and pictures drawn, by jobs: no page computes either."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from relais.core import clock
from relais.indicators import words
from relais.indicators.charts import lines_over_time
from relais.indicators.definitions import DEFINITIONS, Ladder
from relais.indicators.drawing import draw
from relais.indicators.models import Picture, Snapshot
from relais.indicators.queries.figures import figures_of, first_day, ladders_at
from relais.indicators.queries.standing import Reading, readings
from relais.indicators.series import days_kept, is_month_end, tops
from relais.people.queries import units

WIDTHS = {"wide": 520, "narrow": 205}


def refresh_figures(*, again: bool = False) -> int:
    """Take the figures that are missing and draw the pictures; `again` takes all of them anew (after an import)."""
    taken = take_snapshots(again=again)
    draw_pictures()
    return taken


def take_snapshots(*, again: bool = False) -> int:
    """Keep the figures of every day of the series; the last two months are taken anew, since facts may come late."""
    last, first = clock.today() - timedelta(1), first_day()
    days = days_kept(last, first) if first else []
    known = set(Snapshot.objects.filter(unit=Snapshot.WHOLE, definitions=DEFINITIONS).values_list("at", flat=True))
    fresh = (last.replace(day=1) - timedelta(1)).replace(day=1)
    due = [day for day in days if again or day >= fresh or day not in known]
    for day in due:
        take_snapshot(day, since=first or day)
    Snapshot.objects.filter(definitions=DEFINITIONS).exclude(at__in=days).delete()
    return len(due)


@transaction.atomic
def take_snapshot(day: date, *, since: date) -> None:
    """Keep the figures of one day; by unit only at the end of a month, so that two tables never lie close (METHOD 3.11)."""
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
    """Draw the ladder in every language, wide and narrow; drawn before it is kept, so that no lock waits for the pen."""
    series = readings()
    if not series:
        return
    languages = [code for code, _name in settings.LANGUAGES]
    svgs = iter(draw([chart for language in languages for chart in _ladder_charts(series, language)]))
    for language in languages:
        both = "".join(f'<div class="picture-{size}">{next(svgs)}</div>' for size in WIDTHS)
        Picture.objects.update_or_create(name="ladder", language=language, defaults={"svg": both, "drawn_at": clock.recorded()})


def _ladder_charts(series: list[Reading], language: str) -> list[tuple[dict[str, Any], str]]:
    with translation.override(language):
        lines, spoken = words.ladder_lines(series), words.picture_words(series)
        return [(lines_over_time(lines, spoken, width=width, height=280), language) for width in WIDTHS.values()]
