"""What the pages of goals print."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from relais.core import clock
from relais.indicators.cards import said
from relais.indicators.catalogue import BY_KEY, INDICATORS, Indicator
from relais.indicators.goal_words import forecast_of, path_of, state_of, title_of
from relais.indicators.models import Goal
from relais.indicators.queries.goals import Followed, Standing, has_goals
from relais.indicators.series import is_month_end
from relais.maturity.models import Wave
from relais.web.indicators.page import Row

AGAIN = 183  # days after which where one starts from is asked again (METHOD 3.2)


@dataclass(frozen=True)
class Page:
    """All that the template prints of one goal."""

    goal: Goal
    indicator: Indicator
    title: str
    state: str
    basis: str
    definition: str
    rows: list[Row] = field(default_factory=list)
    ended: str = ""


@dataclass(frozen=True)
class Decision:
    """Something that waits for a pilot: what is seen, and the one act that settles it."""

    seen: str
    act: str
    url: str


def page_of(each: Followed) -> Page:
    """The goal, its path, what happened and what is forecast."""
    goal, kind = each.goal, each.indicator.kind
    path, ahead = path_of(each), forecast_of(each)
    lived = {point.at: point.value.value if point.value else None for point in each.points if is_month_end(point.at)}
    rows = []
    for day in sorted({*path, *ahead, *(day for day in lived if day >= goal.started_on)}):
        between = ahead.get(day)
        band = _("%(low)s to %(high)s") % {"low": said(kind, between[0]), "high": said(kind, between[2])} if between else "—"
        cells = [said(kind, path.get(day)), said(kind, lived.get(day)), band]
        rows.append(Row(date_format(day, "F Y"), cells, f"au-{day.isoformat()}"))
    return Page(goal, each.indicator, title_of(each), state_of(each), _basis(each), _definition(each), rows, _ended(goal))


def _basis(each: Followed) -> str:
    goal, kind = each.goal, each.indicator.kind
    values = {"day": date_format(goal.started_on, "j F Y"), "value": said(kind, goal.baseline)}
    start = _("Start: %(value)s on %(day)s") % values
    if goal.baseline_low is not None:
        bounds = {"low": said(kind, goal.baseline_low), "high": said(kind, goal.baseline_high)}
        start += _(" (between %(low)s and %(high)s by chance alone)") % bounds
    if goal.baseline_n is not None:
        start += _(", n = %(n)s") % {"n": number_format(goal.baseline_n, force_grouping=True)}
    if each.made and each.made_on:
        made = {"day": date_format(each.made_on, "j F Y"), "known": each.made.known}
        return start + ". " + _("Forecast made on %(day)s from %(known)d months: four times out of five, it lies in the pale band.") % made
    return start + ". " + _("No forecast yet: it takes three months that can be told.")


def _definition(each: Followed) -> str:
    values = {"definition": each.indicator.definition, "version": each.goal.definitions, "key": each.goal.indicator}
    return _("%(definition)s Measured every night as %(key)s, definition version %(version)d.") % values


def _ended(goal: Goal) -> str:
    if goal.is_open or goal.ended_on is None:
        return ""
    values = {"ending": goal.get_ending_display(), "day": date_format(goal.ended_on, "j F Y"), "reason": goal.reason}
    return _("This goal ended on %(day)s: %(ending)s. %(reason)s") % values


def to_choose(taken: set[str]) -> list[Indicator]:
    """The indicators that may have a goal and have none."""
    return [indicator for indicator in INDICATORS if has_goals(indicator) and indicator.key not in taken]


def decisions(goals: list[Followed], standing: Standing | None, waves: list[Wave]) -> list[Decision]:
    """What waits for a decision, in the order of the method: where we start from, a goal, a goal that does not hold."""
    found = []
    if not waves or (clock.today() - (waves[0].closed_on or clock.today())).days > AGAIN:
        seen = _("Where we start from is not known, or was asked more than six months ago.")
        found.append(Decision(seen, _("Ask everybody"), reverse("maturity:wave_open")))
    if standing and all(each.goal.indicator != "engagement" for each in goals):
        url = reverse("indicators:goal_set", kwargs={"key": "engagement"})
        found.append(Decision(_("Engagement has no goal."), _("Choose a goal"), url))
    return found + [decision for each in goals for decision in _of_goal(each)]


def _of_goal(each: Followed) -> list[Decision]:
    url = reverse("indicators:goal_show", kwargs={"pk": each.goal.pk})
    latest = each.latest.value if each.latest else None
    up = BY_KEY[each.goal.indicator].better == "up"
    if latest and ((latest.value >= each.goal.value) if up else (latest.value <= each.goal.value)):
        return [Decision(_("%(goal)s: it is reached.") % {"goal": title_of(each)}, _("Say so, and choose the next"), url)]
    if each.goal.deadline < clock.today():
        return [Decision(_("%(goal)s: its day is past.") % {"goal": title_of(each)}, _("End it, and say why"), url)]
    if each.alert == ("below" if up else "above"):
        return [Decision(_("%(goal)s: the forecast no longer gets there.") % {"goal": title_of(each)}, _("Look and decide"), url)]
    return []


def days_offered(standing: Standing, chosen: date, days: list[date]) -> list[tuple[str, str, bool]]:
    """The days a goal may be set for: address, words, and whether it is the one shown."""
    address = reverse("indicators:goal_set", kwargs={"key": standing.indicator.key})
    return [(f"{address}?pour={day.isoformat()}", date_format(day, "F Y"), day == chosen) for day in days]
