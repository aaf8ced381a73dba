"""What the pages of maturity say, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relais.core.suppression import rounded
from relais.maturity.items import DIMENSIONS, ITEMS, asked
from relais.maturity.queries import Group, Line, Results, overall
from relais.maturity.scores import Estimate, stage

STAGES: dict[str, str | Promise] = {
    "networking": gettext_lazy("people know each other (networking)"),
    "coordinating": gettext_lazy("people agree on who does what (coordinating)"),
    "cooperating": gettext_lazy("people give each other a hand (cooperating)"),
    "collaborating": gettext_lazy("people learn and build together (collaborating)"),
}


@dataclass(frozen=True)
class Strip:
    """A line of the picture, from 0 to 100, and what it says."""

    label: str
    words: str
    score: int
    low: int
    high: int
    before: int | None
    main: bool


@dataclass(frozen=True)
class Page:
    """All that the template prints of a wave."""

    wave: Any
    when: str
    sentence: str
    basis: str = ""
    picture: str = ""
    rows: list[list[str]] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    units: list[list[str]] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=list)
    comments: list[str] | None = None


def _label(name: str) -> str:
    return str(DIMENSIONS.get(name, _("All together")))


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _number(value: float | None, places: int = 0) -> str:
    return "—" if value is None else number_format(value, places).replace("-", "−")


def page_of(results: Results) -> Page:
    """The page of a closed wave."""
    wave = results.wave
    when = _("%(kind)s, closed on %(day)s") % {"kind": wave.get_kind_display(), "day": _day(wave.closed_on)}
    whole = overall(results)
    if whole is None or whole.now is None:
        return Page(wave, when, _("Fewer than five people answered: nothing is told, and the answers are gone."), comments=results.comments)
    strips = [_strip(line, line.now) for line in results.lines if line.now]
    return Page(
        wave=wave,
        when=when,
        sentence=_("We stand at %(score)s out of 100: %(stage)s")
        % {"score": _number(whole.now.mean), "stage": STAGES[stage(whole.now.mean)]},
        basis=_basis(results, whole.now),
        picture=render_to_string("maturity/picture.html", {"strips": strips, "compared": results.before is not None}),
        rows=[_row(line) for line in results.lines],
        changes=list(_changes(results)),
        units=[[_unit(group), *_cells(group.scores, [line.name for line in results.lines])] for group in results.groups],
        items=list(_items(results)),
        comments=results.comments,
    )


def _basis(results: Results, whole: Estimate) -> str:
    invited, answers = results.wave.invited, results.answers or 0
    return _(
        "About %(answers)s answers of %(invited)s people asked (%(rate)s%%), from %(first)s to %(last)s. "
        "If many more such people were asked, the score would stand between %(low)s and %(high)s, nineteen times out of twenty."
    ) % {
        "answers": _number(rounded(answers)),
        "invited": _number(invited),
        "rate": _number(100 * rounded(answers) / max(invited, 1)),
        "first": _day(results.wave.opened_on),
        "last": _day(results.wave.closed_on),
        "low": _number(whole.low),
        "high": _number(whole.high),
    }


def _strip(line: Line, now: Estimate) -> Strip:
    words = _("%(score)s, between %(low)s and %(high)s") % {"score": _number(now.mean), "low": _number(now.low), "high": _number(now.high)}
    before = round(line.before.mean) if line.before else None
    return Strip(_label(line.name), words, round(now.mean), round(now.low), round(now.high), before, line.name not in DIMENSIONS)


def _row(line: Line) -> list[str]:
    now = line.now
    if now is None:
        return [_label(line.name), "—", "—", "—", "—", "—"]
    return [_label(line.name), _number(now.mean), _number(now.low), _number(now.high), _number(rounded(now.n)), _number(line.alpha, 2)]


def _changes(results: Results) -> Iterator[str]:
    for line in results.lines:
        if line.change is None:
            continue
        values = {
            "what": _label(line.name),
            "by": _number(abs(line.change.mean), 1),
            "low": _number(line.change.low, 1),
            "high": _number(line.change.high, 1),
        }
        if not line.change.is_told_from_chance:
            yield _("%(what)s: the difference cannot be told from chance (between %(low)s and %(high)s points).") % values
        elif line.change.mean > 0:
            yield _("%(what)s: %(by)s points higher, more than chance does (between %(low)s and %(high)s).") % values
        else:
            yield _("%(what)s: %(by)s points lower, more than chance does (between %(low)s and %(high)s).") % values


def _unit(group: Group) -> str:
    return group.name if group.whole else _("%(unit)s, outside its larger teams") % {"unit": group.name}


def _cells(scores: dict[str, Estimate], names: list[str]) -> list[str]:
    return [_number(scores[name].mean if name in scores else None) for name in names]


def _items(results: Results) -> Iterator[list[str]]:
    for number, found in zip(asked(results.wave.kind == "pulse"), results.items, strict=True):
        item = ITEMS[number]
        words = _("%(text)s (turned round)") % {"text": item.text} if item.reversed else str(item.text)
        yield [words, _number(found["mean"]), _number(found["n"] and rounded(found["n"])), _number(found["rest"], 2)]


def table_of(results: Results) -> Iterator[list[str | int | float]]:
    """The figures as a file, for everybody then by unit: a unit or a dimension that is not told is not there."""
    yield ["unit", "dimension", "n", "score", "low", "high", "alpha"]
    for line in results.lines:
        if line.now:
            yield ["", line.name, *_figures(line.now), "" if line.alpha is None else round(line.alpha, 3)]
    for group in results.groups:
        for name, found in group.scores.items():
            yield [_unit(group), name, *_figures(found), ""]


def _figures(found: Estimate) -> list[int | float]:
    """As the page tells them: people in fives, scores in whole points."""
    return [rounded(found.n), round(found.mean), round(found.low), round(found.high)]
