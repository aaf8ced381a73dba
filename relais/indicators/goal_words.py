"""A goal in words and lines: where it started, its path, what is forecast, and whether it still holds."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relais.indicators.cards import said
from relais.indicators.catalogue import Better, Kind
from relais.indicators.charts import Line, Scale, Words
from relais.indicators.queries.goals import Followed, deadline_in
from relais.indicators.series import is_month_end


def path_of(each: Followed) -> dict[date, float]:
    """The path, from the baseline on."""
    start = each.goal.started_on
    first = 0 if not is_month_end(start) else 1
    return {start: each.goal.baseline} | {deadline_in(first + n, start): value for n, value in enumerate(each.goal.path)}


def forecast_of(each: Followed) -> dict[date, tuple[float, float, float]]:
    """Low, middle and high of each month forecast, up to the deadline."""
    if each.made is None or each.made_on is None:
        return {}
    days = [deadline_in(n + 1, each.made_on) for n in range(len(each.made.middle))]
    values = zip(each.made.low, each.made.middle, each.made.high, strict=True)
    return {day: bounds for day, bounds in zip(days, values, strict=True) if day <= each.goal.deadline}


def goal_lines(each: Followed) -> list[Line]:
    """The path in grey, the forecast with its band, and what happened on top."""
    kind, ahead = each.indicator.kind, forecast_of(each)
    goal = Line(_("goal: %(value)s") % {"value": said(kind, each.goal.value)}, path_of(each), dashed=True)
    band = {day: [low, high] for day, (low, _middle, high) in ahead.items()}
    made = [Line(_("forecast"), {day: middle for day, (_low, middle, _high) in ahead.items()}, dashed=True, band=band)] if ahead else []
    path = {point.at: point.value.value if point.value else None for point in each.points}
    label = said(kind, each.latest.value.value) if each.latest and each.latest.value else ""
    return [goal, *made, Line(label, path, main=True)]


def goal_scale(each: Followed) -> Scale:
    """From nothing to a little above the highest of what is drawn."""
    drawn = [value for line in goal_lines(each) for value in line.points.values() if value is not None]
    highs = [high for _low, _middle, high in forecast_of(each).values()]
    return Scale(0, max([*drawn, *highs]) * 1.1 or 1, ".0%" if each.indicator.kind == Kind.SHARE else ",.2~f")


def goal_spoken(each: Followed) -> Words:
    """What the picture says aloud."""
    days = {day for line in goal_lines(each) for day in line.points}
    told = {day: date_format(day, "j F Y") for day in days}
    values = {"name": each.indicator.name, "first": told[min(days)], "last": told[max(days)]}
    return Words(
        description=_("%(name)s, its goal and its forecast, from %(first)s to %(last)s.") % values,
        point=_("%(day)s: %(share)s"),
        months=told,
        number=lambda value: said(each.indicator.kind, value),
        in_table={point.at for point in each.points if is_month_end(point.at)},
    )


def title_of(each: Followed) -> str:
    """The goal in one line."""
    values = {
        "name": each.indicator.name,
        "from": said(each.indicator.kind, each.goal.baseline),
        "to": said(each.indicator.kind, each.goal.value),
        "day": date_format(each.goal.deadline, "F Y"),
    }
    return _("%(name)s: from %(from)s to %(to)s by %(day)s") % values


def state_of(each: Followed) -> str:
    """Whether it is on its way, from what happened and from the forecast."""
    latest = each.latest.value if each.latest else None
    if latest is None:
        return _("It cannot be told at present.")
    up = each.indicator.better == Better.UP
    if (latest.value >= each.goal.value) == up or latest.value == each.goal.value:
        return _("The goal is reached: %(now)s.") % {"now": said(each.indicator.kind, latest.value)}
    if each.alert == ("below" if up else "above"):
        return _("Out of its way: even the top of the 80% band does not get there by then. Pull a lever, or choose a lower goal.")
    if each.expected is None:
        return _("It has just begun.")
    values = {"now": said(each.indicator.kind, latest.value), "expected": said(each.indicator.kind, each.expected)}
    if (latest.value >= each.expected) == up:
        return _("On its way: %(now)s, for %(expected)s on its path.") % values
    return _("A little behind: %(now)s, for %(expected)s on its path; the forecast still allows it.") % values
