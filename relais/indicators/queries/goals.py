"""Goals: what they start from, how they go, and what is forecast of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from relais.indicators import goals as engine
from relais.indicators.catalogue import BY_KEY, Indicator, Kind, Value
from relais.indicators.definitions import DEFINITIONS
from relais.indicators.forecast import Forecast, Month
from relais.indicators.models import ForecastMade, Goal
from relais.indicators.queries.cards import Point
from relais.indicators.queries.standing import Reading, readings
from relais.indicators.series import is_month_end, month_end
from relais.maturity.figures import OVERALL
from relais.maturity.queries import closed_waves, latest_means
from relais.maturity.scores import STAGES, stage

HOURS_AN_ANIMATOR = 2.0  # a week (METHOD 3.7)
WITH_TRAJECTORIES = ("engagement", "transmitters_share")  # of what spreads from person to person, as a diffusion does


@dataclass(frozen=True)
class Standing:
    """What a goal starts from: the last value told, those of the month ends before it, and the means."""

    indicator: Indicator
    at: date
    value: Value
    values: list[float | None]
    start: engine.Start | None  # for what trajectories are known of


@dataclass(frozen=True)
class Followed:
    """A goal with what became of it; `made`: the last forecast, if there is one."""

    goal: Goal
    indicator: Indicator
    points: list[Point]
    made: Forecast | None
    made_on: date | None
    alert: str | None

    @property
    def latest(self) -> Point | None:
        return next((point for point in reversed(self.points) if point.value), None)

    @property
    def expected(self) -> float | None:
        """Where its path wanted it at the last month end."""
        number = months_apart(self.goal.started_on, self.latest.at) if self.latest else 0
        return self.goal.path[min(number, len(self.goal.path)) - 1] if number else None


def months_apart(first: date, last: date) -> int:
    """How many month ends lie after one day up to another."""
    return (last.year - first.year) * 12 + last.month - first.month - (not is_month_end(last)) + (not is_month_end(first))


def has_goals(indicator: Indicator) -> bool:
    """Whether a goal can be set for it: counts that only grow, and what one wishes even, have none."""
    return indicator.kind != Kind.COUNT and indicator.better != "even"


def _month_ends(series: Sequence[Reading]) -> list[Reading]:
    return [reading for reading in series if is_month_end(reading.at)]


def is_of_everybody(indicator: Indicator) -> bool:
    """Whether it is a share of the perimeter: what is forecast."""
    return bool(indicator.part) and indicator.whole == "eligible"


def months_of(indicator: Indicator, series: Sequence[Reading]) -> list[Month]:
    """Its month ends as they are told, from numbers in fives: what is forecast gives nothing away that the page does not."""
    return [Month(reading.people["eligible"] or 0, reading.people[indicator.part]) for reading in _month_ends(series)]


def standing_of(indicator: Indicator) -> Standing | None:
    """What a goal for this indicator starts from; None while it cannot be told."""
    series = readings()
    told = [(reading.at, value) for reading in series if (value := indicator.read(reading.figures))]
    if not told:
        return None
    at, value = told[-1]
    values = [found.value if (found := indicator.read(reading.figures)) else None for reading in _month_ends(series)]
    start = None
    if indicator.key in WITH_TRAJECTORIES:
        start = engine.Start(value.value, value.n or 0, _stage(), _hours(), engine.growth_of(values))
    return Standing(indicator, at, value, values, start)


def _stage() -> int | None:
    """The stage of the last wave that can be told."""
    means = [wave.figures["scores"][OVERALL]["mean"] for wave in closed_waves() if wave.figures["answers"]]
    return STAGES.index(stage(means[0])) if means else None


def _hours() -> float | None:
    means = latest_means()
    return means.animators * HOURS_AN_ANIMATOR if means else None


def open_goals() -> list[Goal]:
    """The goals under way, oldest first."""
    return list(Goal.objects.filter(ending="").select_related("owner").order_by("pk"))


def goal_for(pk: int) -> Goal | None:
    return Goal.objects.filter(pk=pk).select_related("owner").first()


def followed(goals: Sequence[Goal]) -> list[Followed]:
    """These goals with their series and their last forecast."""
    series = {version: readings(version) for version in {goal.definitions for goal in goals}}
    made = _last_forecasts({goal.indicator for goal in goals})
    return [_followed(goal, series[goal.definitions], made.get(goal.indicator)) for goal in goals]


def _followed(goal: Goal, series: Sequence[Reading], kept: ForecastMade | None) -> Followed:
    indicator = BY_KEY[goal.indicator]
    points = [Point(reading.at, indicator.read(reading.figures)) for reading in series]
    made = Forecast(kept.low, kept.middle, kept.high, kept.known) if kept else None
    ahead = months_apart(kept.made_on, goal.deadline) if kept else 0
    said = engine.alert(made, goal.value, ahead) if made and goal.is_open and 0 < ahead <= len(made.low) else None
    return Followed(goal, indicator, points, made, kept.made_on if kept else None, said)


def _last_forecasts(indicators: set[str]) -> dict[str, ForecastMade]:
    rows = ForecastMade.objects.filter(indicator__in=indicators, definitions=DEFINITIONS).order_by("indicator", "-made_on")
    return {row.indicator: row for row in rows.distinct("indicator")}


def deadline_in(months: int, start: date) -> date:
    """The month end so many months after a day."""
    day = month_end(start)
    for _month in range(months):
        day = month_end(day + timedelta(1))
    return day


def goal_picture(goal: Goal) -> str:
    """The name its picture is kept under."""
    return f"goal-{goal.pk}"
