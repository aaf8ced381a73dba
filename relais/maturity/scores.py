"""From answers to scores and what they are worth: plain numbers, and nothing about whose they are (METHOD 3.2)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, stdev, variance

from relais.core.suppression import K

FEWEST_FOR_COMMENTS = 10
FEWEST_FOR_ITEMS = 30  # before alpha and the correlations of items mean anything
STAGES = ("networking", "coordinating", "cooperating", "collaborating")  # Himmelman's words; the cut-offs are arbitrary, and said to be
CUT_OFFS = (25, 50, 75)
TOP = 5  # of the scale of agreement, which starts at 1
STEPS = 400  # of the integral below

Sheet = Sequence[int | None]  # one answer an item, from 1 to 5; None: does not know, or did not say


@dataclass(frozen=True)
class Estimate:
    """A mean of people's scores, from 0 to 100, with its 95% interval."""

    n: int
    mean: float
    sd: float
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """How much higher the second is, with its 95% interval."""

    mean: float
    low: float
    high: float

    @property
    def is_told_from_chance(self) -> bool:
        return self.low > 0 or self.high < 0


def points(answer: int, is_reversed: bool) -> float:
    """An answer from 0 to 100; agreeing with a reversed item says less."""
    return (TOP - answer if is_reversed else answer - 1) * 100 / (TOP - 1)


def in_points(sheet: Sheet, reverse: Sequence[bool]) -> list[float | None]:
    """A sheet from 0 to 100, item by item."""
    return [None if answer is None else points(answer, turned) for answer, turned in zip(sheet, reverse, strict=True)]


def person_score(given: Sequence[float | None]) -> float | None:
    """The mean of what somebody answered; None when they answered nothing of it."""
    known = [value for value in given if value is not None]
    return fmean(known) if known else None


def estimate(values: Sequence[float]) -> Estimate | None:
    """The mean and its t-interval, kept inside 0 to 100; None under five people."""
    n = len(values)
    if n < K:
        return None
    mean, sd = fmean(values), stdev(values)
    half = t_quantile(n - 1) * sd / math.sqrt(n)
    return Estimate(n, mean, sd, max(0.0, mean - half), min(100.0, mean + half))


def difference(before: Estimate, after: Estimate) -> Difference:
    """Welch's interval: the two are taken as different people, since nobody knows who answered twice."""
    parts = [before.sd**2 / before.n, after.sd**2 / after.n]
    mean, spread = after.mean - before.mean, sum(parts)
    if not spread:
        return Difference(mean, mean, mean)
    freedom = 1 / ((parts[0] / spread) ** 2 / (before.n - 1) + (parts[1] / spread) ** 2 / (after.n - 1))
    half = t_quantile(freedom) * math.sqrt(spread)
    return Difference(mean, mean - half, mean + half)


def _density(x: float, freedom: float) -> float:
    log = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    return math.exp(log - (freedom + 1) / 2 * math.log1p(x * x / freedom))


def _between(top: float, freedom: float) -> float:
    """The weight of Student's law between 0 and `top` (Simpson)."""
    step = top / STEPS
    inside = sum((4 if number % 2 else 2) * _density(number * step, freedom) for number in range(1, STEPS))
    return (_density(0, freedom) + inside + _density(top, freedom)) * step / 3


@lru_cache(maxsize=256)
def t_quantile(freedom: float) -> float:
    """How many standard errors stand on each side of a 95% interval."""
    low, high = 1.0, 14.0
    for _half in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _between(middle, freedom) < 0.475 else (low, middle)
    return (low + high) / 2


def _whole(sheets: Sequence[Sequence[float | None]]) -> list[list[float]]:
    return [[value for value in sheet if value is not None] for sheet in sheets if None not in sheet]


def alpha(sheets: Sequence[Sequence[float | None]]) -> float | None:
    """Cronbach's alpha over the sheets that answered every item; None under thirty of them, or when nothing varies."""
    rows = _whole(sheets)
    if len(rows) < FEWEST_FOR_ITEMS or len(rows[0]) < 2:
        return None
    k, total = len(rows[0]), variance(sum(row) for row in rows)
    return k / (k - 1) * (1 - sum(variance(column) for column in zip(*rows, strict=True)) / total) if total else None


def item_rest(sheets: Sequence[Sequence[float | None]]) -> list[float | None]:
    """For each item, its correlation with the sum of the others; None under thirty whole sheets, or when one of them does not vary."""
    rows = _whole(sheets)
    if len(rows) < FEWEST_FOR_ITEMS or len(rows[0]) < 2:
        return [None] * (len(sheets[0]) if sheets else 0)
    return [_correlation([row[at] for row in rows], [sum(row) - row[at] for row in rows]) for at in range(len(rows[0]))]


def _correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    means = fmean(one), fmean(other)
    shared = sum((x - means[0]) * (y - means[1]) for x, y in zip(one, other, strict=True))
    size = math.sqrt(sum((x - means[0]) ** 2 for x in one) * sum((y - means[1]) ** 2 for y in other))
    return shared / size if size > 1e-9 else None


def stage(score: float) -> str:
    """The word for a score."""
    return STAGES[sum(score >= cut for cut in CUT_OFFS)]
