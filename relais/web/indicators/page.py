"""What the page « Où en est-on » says, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.core.suppression import rounded, told
from relais.indicators import words
from relais.indicators.definitions import DEFINITIONS, share
from relais.indicators.queries.standing import Reading, Standing, UnitRow, in_table

RUNGS = ("reached", "active", "transmitters", "engaged")


@dataclass(frozen=True)
class Row:
    """A line of a table: its head, its cells, and where a mark of the picture leads."""

    head: str
    cells: list[str]
    anchor: str = ""


@dataclass(frozen=True)
class Fact:
    """A figure in words, then how it was counted."""

    figure: str
    text: str
    basis: str


@dataclass(frozen=True)
class Page:
    """All that the template prints."""

    sentence: str
    basis: str = ""
    definition: str = ""
    beside: list[str] = field(default_factory=list)
    levers: list[words.Lever] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    units_at: str = ""
    units: list[Row] = field(default_factory=list)


def page_of(standing: Standing) -> Page:
    """The page, from what this person may read."""
    latest = standing.latest
    if latest is None:
        return Page(words.standing_in_words([]))
    return Page(
        sentence=words.standing_in_words(standing.series),
        basis=_basis(latest),
        definition=_definition(),
        beside=[*_beside(latest), *_untold(standing.series)],
        levers=words.levers(latest),
        facts=list(_facts(latest.figures)),
        rows=[_ladder_row(reading) for reading in in_table(standing.series)],
        units_at=words.month_of(standing.units_at) if standing.units_at else "",
        units=[_unit_row(row) for row in standing.units],
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _people(count: int | None) -> str:
    return "—" if count is None else number_format(count, force_grouping=True)


def _basis(latest: Reading) -> str:
    if latest.people["eligible"] is None:
        return _("Fewer than five people have been in the organisation for 30 days: nothing can be told yet.")
    values = {"engaged": _people(latest.people["engaged"]), "eligible": _people(latest.people["eligible"]), "day": _day(latest.at)}
    if latest.engagement is None:
        return _("n = %(eligible)s people, 90 days up to %(day)s.") % values
    values["share"] = words.percent(latest.engagement)
    counted = _("%(share)s: %(engaged)s people engaged out of %(eligible)s, over the 90 days up to %(day)s.") % values
    return f"{counted} {words.sureness_in_words(latest)}"


def _definition() -> str:
    return _(
        "Engaged: at least three acts of value on at least two different days in 90 days (asking a case, answering, sharing a content, "
        "leading a workshop, attending and rating one, applying, marking solved), one of which passed something on or closed a learning. "
        "Coming by, reacting and rating do not make one engaged. "
        "Counted among everybody in the organisation for at least 30 days on the 1st of the month, members or not. "
        "Reached: came by in 28 days. Active: one chosen act in 28 days. Passing on: an answer, a content or a workshop led in 90 days. "
        "Numbers of people are rounded to five and never told under five. Definitions, version %(version)s."
    ) % {"version": DEFINITIONS}


def _beside(latest: Reading) -> Iterable[str]:
    year = latest.share("engaged_12_months")
    if year is not None:
        yield _("Read another way: %(share)s were engaged at least once in the last twelve months.") % {"share": words.percent(year)}
    if latest.people["eligible"] is not None:
        share = words.percent(words.reference_at(latest.since, latest.at))
        yield _("The dotted path is a reference for communities of this age (%(share)s by now), not a forecast.") % {"share": share}


def _untold(series: list[Reading]) -> Iterable[str]:
    if any(reading.engagement is None for reading in series):
        yield _("Where the line is missing, fewer than five people were engaged: that is not told.")


def _facts(figures: Mapping[str, Any]) -> Iterable[Fact]:
    cases, answered = figures["use_cases"], figures["use_cases_answered"]
    if cases:
        basis = ngettext("of %(count)d use case", "of %(count)d use cases", cases) % {"count": cases}
        yield Fact(words.percent(figures["use_cases_answered_share"]), _("of use cases have an answer"), basis)
    if answered:
        hours = words.hours_in_words(figures["median_hours_to_first_answer"])
        basis = ngettext("median of %(count)d answered case", "median of %(count)d answered cases", answered) % {"count": answered}
        yield Fact(hours, _("before the first answer, half of the time or sooner"), basis)
    yield from _welcome(figures)
    yield from _meetings(figures)
    yield from _initiatives(figures)
    if figures.get("skills_detected"):
        count = figures["skills_detected"]
        found = ngettext("%(count)s skill", "%(count)s skills", count) % {"count": number_format(count)}
        certified = figures["skills_certified"]
        basis = ngettext("%(count)s of them certified by peers", "%(count)s of them certified by peers", certified)
        yield Fact(found, _("recognised by colleagues as theirs, since the beginning"), basis % {"count": number_format(certified)})
    if figures["relevance"] is not None:
        mean = _("%(mean)s out of 5") % {"mean": number_format(figures["relevance"], 1)}
        by_content = number_format(figures["relevance_by_content"], 1)
        values = {"count": rounded(figures["ratings"]), "raters": figures["raters"] // 5 * 5, "mean": by_content}
        basis = _("about %(count)d ratings by at least %(raters)d people; %(mean)s when each content weighs the same") % values
        yield Fact(mean, _("is how relevant colleagues find what is shared"), basis)


def _welcome(figures: Mapping[str, Any]) -> Iterable[Fact]:
    """From numbers rounded to five; a snapshot taken before the figure existed has none."""
    posts, met = (told(figures.get(name) or 0) for name in ("first_posts", "first_posts_met"))
    part = share(met, posts)
    if posts and part is not None:
        basis = _("of about %(count)d people who wrote for the first time in the 90 days before") % {"count": posts}
        yield Fact(words.percent(part), _("of first posts are answered or taken up within a day"), basis)


def _meetings(figures: Mapping[str, Any]) -> Iterable[Fact]:
    if figures.get("needs_with_session"):
        median = round(figures["median_days_need_to_session"])
        days = ngettext("%(count)s day", "%(count)s days", median) % {"count": number_format(median)}
        values = {"met": figures["needs_with_session"], "count": figures["needs"]}
        basis = _("median of %(met)d needs that led to a workshop, of %(count)d said in a year") % values
        yield Fact(days, _("from a need to the workshop that meets it, half of the time or sooner"), basis)
    if figures.get("no_show_share") is not None:
        basis = ngettext(
            "of the places taken at %(count)d workshop in a year",
            "of the places taken at %(count)d workshops in a year",
            figures["workshops"],
        )
        yield Fact(
            words.percent(figures["no_show_share"]), _("of those who had a place did not come"), basis % {"count": figures["workshops"]}
        )


def _initiatives(figures: Mapping[str, Any]) -> Iterable[Fact]:
    if figures.get("initiatives_answered"):
        median = round(figures["median_days_to_decision"])
        days = ngettext("%(count)s day", "%(count)s days", median) % {"count": number_format(median)}
        field = figures["initiatives_by_origin"]["bottom_up"]
        values = {"answered": figures["initiatives_answered"], "count": figures["initiatives"], "field": field}
        basis = _("median of %(answered)d answers to %(count)d initiatives proposed in a year, %(field)d of them from the field") % values
        yield Fact(days, _("from an initiative to its answer, half of the time or sooner"), basis)


def _ladder_row(reading: Reading) -> Row:
    shares = [words.percent(reading.share(rung)) for rung in RUNGS]
    cells = [*shares, _people(reading.people["engaged"]), _people(reading.people["eligible"])]
    return Row(_day(reading.at), cells, f"au-{reading.at.isoformat()}")


def _unit_row(row: UnitRow) -> Row:
    cells = [_people(row.cell.people), _people(row.cell.marked), words.percent(row.share)]
    return Row(row.name or _("Without a unit"), cells)
