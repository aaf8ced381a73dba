"""Goals chosen and ended by pilots; forecasts made anew every month."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.indicators import events
from relais.indicators import goals as engine
from relais.indicators.actions.figures import WIDTHS, draw_all, languages
from relais.indicators.cards import said
from relais.indicators.catalogue import BY_KEY, INDICATORS, Better
from relais.indicators.charts import lines_over_time
from relais.indicators.definitions import DEFINITIONS
from relais.indicators.forecast import forecast
from relais.indicators.goal_words import goal_lines, goal_scale, goal_spoken
from relais.indicators.models import ForecastMade, Goal
from relais.indicators.queries.goals import (
    Standing,
    deadline_in,
    followed,
    goal_picture,
    has_goals,
    is_of_everybody,
    months_apart,
    months_of,
    open_goals,
    standing_of,
)
from relais.indicators.queries.standing import readings
from relais.indicators.rules import can_set_goals
from relais.indicators.series import is_month_end
from relais.ledger.actions import record
from relais.people.models import Person

AHEAD = 12  # months forecast
SOONEST, LATEST = 1, engine.LONGEST


def _held(by: Person) -> None:
    if not can_set_goals(by):
        raise NotAllowed(_("Pilots choose the goals. Tell one of them what you would like to reach."))


@transaction.atomic
def set_goal(key: str, value: float, deadline: date, owner: Person, *, by: Person) -> Goal:
    """Choose where an indicator should be on a month end; what no known trajectory reaches is refused, with what could be."""
    _held(by)
    indicator = BY_KEY[key]
    standing = standing_of(indicator) if has_goals(indicator) else None
    if standing is None:
        raise Refused(
            _("This indicator cannot be told yet: a goal needs a start. Choose another, or come back in a month."), field="indicator"
        )
    if Goal.objects.select_for_update().filter(indicator=key, ending="").exists():
        raise Refused(_("This indicator has a goal under way. End it first, or change it."), field="indicator")
    months = months_apart(standing.at, deadline)
    if not (SOONEST <= months <= LATEST and is_month_end(deadline)):
        raise Refused(_("Choose the end of a month, between one month and three years ahead."), field="deadline")
    path = _path(standing, value, months)
    begun = standing.value
    goal = Goal.objects.create(
        indicator=key, definitions=DEFINITIONS, started_on=standing.at, baseline=begun.value, baseline_n=begun.n, baseline_low=begun.low,
        baseline_high=begun.high, value=value, deadline=deadline, path=path, owner=owner,
    )  # fmt: skip
    payload = {"indicator": key, "baseline": begun.value, "value": value, "deadline": deadline.isoformat(), "definitions": DEFINITIONS}
    record(events.GOAL_SET, by=by, about=goal, payload=payload)
    return goal


def _path(standing: Standing, value: float, months: int) -> list[float]:
    """The monthly path to the goal, once it is known to lie the right way and within reach."""
    better = standing.indicator.better == Better.UP
    if (value <= standing.value.value) == better:
        raise Refused(_("This goal is no better than where we stand (%(now)s). Choose one that is.") % _now(standing), field="value")
    if standing.start:
        _accept(standing, engine.judge(standing.start, value, months))
        return engine.path_to(standing.start, value, months)
    pace = engine.pace_of(standing.values, up=better)
    if pace is None:
        raise Refused(_("Too few months are known to say what can be reached. Come back when there are six, or choose engagement."))
    _accept(standing, engine.judge_pace(standing.value.value, value, pace, months))
    return [round(standing.value.value + (value - standing.value.value) * (n + 1) / months, 4) for n in range(months)]


def _now(standing: Standing) -> dict[str, str]:
    return {"now": said(standing.indicator.kind, standing.value.value)}


def _accept(standing: Standing, judged: engine.Judgement) -> None:
    if judged.attainable:
        return
    values = _now(standing) | {"nearest": said(standing.indicator.kind, judged.nearest)}
    if judged.months:
        day = date_format(deadline_in(judged.months, standing.at), "F Y")
        text = _(
            "From %(now)s, hardly any known community gets there that fast. By then %(nearest)s can be reached; this goal, by %(day)s."
        )
        raise Refused(text % (values | {"day": day}), field="value")
    text = _("From %(now)s, hardly any known community gets there. By then %(nearest)s can be reached. Choose that, or less.")
    raise Refused(text % values, field="value")


@transaction.atomic
def end_goal(goal: Goal, ending: str, reason: str, *, by: Person) -> Goal:
    """End a goal: reached, changed for another, or dropped, with the reason that everybody reads."""
    _held(by)
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    if not goal.is_open:
        return goal
    if ending != Goal.Ending.REACHED and not reason.strip():
        raise Refused(_("Say why in a sentence: everybody can read it."), field="reason")
    goal.ending, goal.ended_on, goal.reason = ending, clock.today(), reason.strip()
    goal.save(update_fields=["ending", "ended_on", "reason"])
    record(events.GOAL_ENDED, by=by, about=goal, payload={"ending": ending})
    return goal


def refit_forecasts() -> int:
    """Forecast every share of everybody from the last month end, once a month; tells how many were made."""
    series = readings()
    day = max((reading.at for reading in series if is_month_end(reading.at)), default=None)
    if day is None:
        return 0
    done = set(ForecastMade.objects.filter(made_on=day, definitions=DEFINITIONS).values_list("indicator", flat=True))
    due = [indicator for indicator in INDICATORS if is_of_everybody(indicator) and indicator.key not in done]
    made = {indicator.key: forecast(months_of(indicator, series), AHEAD) for indicator in due}
    rows = [ForecastMade(indicator=key, made_on=day, definitions=DEFINITIONS, **asdict(found)) for key, found in made.items() if found]
    return len(ForecastMade.objects.bulk_create(rows))


def draw_goals() -> None:
    """Draw every goal under way, in every language."""
    pictures = []
    for each in followed(open_goals()):
        for language in languages():
            with translation.override(language):
                lines, spoken, scale = goal_lines(each), goal_spoken(each), goal_scale(each)
                charts = [lines_over_time(lines, spoken, width=width, height=260, scale=scale) for width in WIDTHS.values()]
            pictures.append((goal_picture(each.goal), language, charts))
    draw_all(pictures)
