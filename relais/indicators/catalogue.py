"""The one place where each indicator is declared: what it answers, how it is counted, which way is better, what moves it.

The exact definitions stand in `docs/figures.md`, under the same keys; a change that can move one raises `version` there and here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relais.core.suppression import K, told
from relais.indicators.definitions import DEFINITIONS, interval, share


class Kind(StrEnum):
    """How a value is read."""

    SHARE = "share"
    HOURS = "hours"
    DAYS = "days"
    COUNT = "count"
    RATIO = "ratio"
    SCORE = "score"


class Better(StrEnum):
    """Which way one wishes it to go."""

    UP = "up"
    DOWN = "down"
    EVEN = "even"  # neither: one wishes it near one


@dataclass(frozen=True)
class Value:
    """An indicator on one day, as it is told: its value, of how many, and its interval at 95% where there is one."""

    value: float
    n: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    A share names its `part` and its `whole` among the figures, numbers of people (told in fives) unless `of_things`;
    another kind is read under its own key, with `n` the figure that says of how many.
    """

    key: str
    name: str | Promise
    question: str | Promise
    definition: str | Promise
    window: str | Promise
    kind: Kind = Kind.SHARE
    better: Better = Better.UP
    part: str = ""
    whole: str = "eligible"
    of_things: bool = False
    is_sample: bool = True  # whether its share may have an interval: not when the same people are counted several times
    n: str = ""
    levers: tuple[str, ...] = ()
    version: int = DEFINITIONS
    least: int = K

    def read(self, figures: Mapping[str, Any]) -> Value | None:
        """Its value among the figures of a day; None when too few make it, or when that day did not know it."""
        if not self.part:
            value = figures.get(self.key)
            return None if value is None else Value(float(value), figures.get(self.n))
        part, whole = self._count(figures, self.part), self._count(figures, self.whole)
        value = share(part, whole)
        if value is None or whole is None or whole < self.least:
            return None
        low, high = (self.is_sample and interval(part, whole)) or (None, None)
        return Value(value, whole, low, high)

    def _count(self, figures: Mapping[str, Any], name: str) -> int | None:
        count = figures.get(name)
        return count if self.of_things or count is None else told(round(count))


MONTH, QUARTER, YEAR = _("28 days"), _("90 days"), _("12 months")
SINCE = _("since the beginning")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "engagement",
        _("Engagement"),
        _("How many of us truly take part?"),
        _("Three acts of value on two different days in 90 days, one of which passed something on or closed a learning."),
        QUARTER,
        part="engaged",
        levers=("L10", "L11", "L8"),
    ),
    Indicator(
        "reached_share",
        _("Reached"),
        _("How many of us come by?"),
        _("People who came by at least once in 28 days."),
        MONTH,
        part="reached",
        levers=("L8", "L11", "L19"),
    ),
    Indicator(
        "active_share",
        _("Active"),
        _("How many of us do something there?"),
        _("People who did at least one thing they chose to do in 28 days; coming by is not enough."),
        MONTH,
        part="active",
        levers=("L16", "L20", "L14"),
    ),
    Indicator(
        "transmitters_share",
        _("Passing on"),
        _("How many of us pass on what they know?"),
        _("People who published an answer or a content, or led a workshop, in 90 days."),
        QUARTER,
        part="transmitters",
        levers=("L7", "L20", "L21"),
    ),
    Indicator(
        "engaged_12_months_share",
        _("Engaged at least once in the year"),
        _("How many of us were engaged at some time?"),
        _("People who were engaged on one of the last 365 days: another reading of engagement, always higher."),
        YEAR,
        part="engaged_12_months",
        levers=("L16", "L4"),
    ),
    Indicator(
        "stickiness",
        _("Regularity"),
        _("Do the same people come back week after week?"),
        _("People with an act of value in a week, on average, over people with one in four weeks. 100%: all of them, every week."),
        MONTH,
        part="wae",
        whole="mae",
        is_sample=False,
        levers=("L16", "L15"),
    ),
    Indicator(
        "survival_m1",
        _("Still there after a month"),
        _("Do newcomers come back?"),
        _("Of those who began in a year, people who did something again 28 to 55 days later."),
        YEAR,
        part="back_m1",
        whole="begun_m1",
        levers=("L2", "L3", "L4"),
    ),
    Indicator(
        "survival_m3",
        _("Still there after three months"),
        _("Do newcomers stay?"),
        _("Of those who began in a year, people who did something again 84 to 111 days later."),
        YEAR,
        part="back_m3",
        whole="begun_m3",
        levers=("L4", "L16"),
    ),
    Indicator(
        "survival_m6",
        _("Still there after six months"),
        _("Has it become a habit?"),
        _("Of those who began in a year, people who did something again 168 to 195 days later."),
        YEAR,
        part="back_m6",
        whole="begun_m6",
        levers=("L4", "L5"),
    ),
    Indicator(
        "reciprocity",
        _("Giving and taking"),
        _("Do we give as much as we take?"),
        _("Answers, contents and workshops given, for each thing learnt (applied, solved, workshop rated), in 90 days. Near one: even."),
        QUARTER,
        kind=Kind.RATIO,
        better=Better.EVEN,
        n="acts_received",
        levers=("L1", "L7"),
    ),
    Indicator(
        "use_cases_answered_share",
        _("Cases with an answer"),
        _("Does whoever asks get an answer?"),
        _("Use cases with at least one answer or content, of all those asked and not withdrawn."),
        SINCE,
        part="use_cases_answered",
        whole="use_cases",
        of_things=True,
        levers=("L14", "L7"),
    ),
    Indicator(
        "median_hours_to_first_answer",
        _("Time to the first answer"),
        _("How long does one wait?"),
        _("Half of the answered cases got their first answer within this time."),
        SINCE,
        kind=Kind.HOURS,
        better=Better.DOWN,
        n="use_cases_answered",
        levers=("L14", "L7"),
    ),
    Indicator(
        "first_posts_met_share",
        _("First posts met within a day"),
        _("Is somebody new welcomed?"),
        _("Of the people who wrote for the first time in 90 days, those whom somebody answered or took up within 24 hours."),
        QUARTER,
        part="first_posts_met",
        whole="first_posts",
        levers=("L2", "L3"),
    ),
    Indicator(
        "relevance",
        _("Relevance"),
        _("Is what we share useful?"),
        _("The mean of the ratings that count, out of 5: never one's own, nor in one's own line, nor given to each other on one day."),
        SINCE,
        kind=Kind.SCORE,
        n="ratings",
        levers=("L22", "L21"),
    ),
    Indicator(
        "worked_share",
        _("It worked"),
        _("Does what we share work for others?"),
        _("Of what was applied and told about after two weeks, what worked."),
        QUARTER,
        part="outcomes_worked",
        whole="outcomes_told",
        levers=("L22", "L20"),
    ),
    Indicator(
        "outcomes_told_share",
        _("Answers to “did it work?”"),
        _("Do we know what became of it?"),
        _("Of what was applied 14 to 103 days ago, what was told about. Under 35%, read « it worked » with care."),
        QUARTER,
        part="outcomes_told",
        whole="outcomes_due",
        levers=("L15", "L25"),
    ),
    Indicator(
        "median_days_need_to_session",
        _("From a need to its workshop"),
        _("How fast do we meet a need?"),
        _("Half of the needs that led to a workshop in a year did so within this time."),
        YEAR,
        kind=Kind.DAYS,
        better=Better.DOWN,
        n="needs_with_session",
        levers=("L16", "L9"),
    ),
    Indicator(
        "no_show_share",
        _("Places left empty"),
        _("Do those who sign up come?"),
        _("Of the places taken at workshops in a year, those whose person did not come, in fives."),
        YEAR,
        better=Better.DOWN,
        n="workshops",
        levers=("L17", "L16"),
    ),
    Indicator(
        "median_days_to_decision",
        _("Time to a decision"),
        _("How long does an initiative wait?"),
        _("Half of the initiatives answered in a year were answered within this time."),
        YEAR,
        kind=Kind.DAYS,
        better=Better.DOWN,
        n="initiatives_answered",
        levers=("L25", "L8"),
    ),
    Indicator(
        "skills_detected",
        _("Skills recognised"),
        _("How much of what we know can be seen?"),
        _("Different skills that at least one person recognised as theirs."),
        SINCE,
        kind=Kind.COUNT,
        levers=("L18", "L11"),
    ),
    Indicator(
        "skills_certified",
        _("Skills certified by peers"),
        _("How much of it have colleagues confirmed?"),
        _("Different skills in which somebody here is certified by colleagues."),
        SINCE,
        kind=Kind.COUNT,
        levers=("L18", "L23"),
    ),
)
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
