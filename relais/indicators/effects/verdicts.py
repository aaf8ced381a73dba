"""What may be said of an effect, in four fixed phrases, and less when many levers were tried (METHOD 3.11). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from math import sqrt

from relais.indicators.effects.cells import NOT_ATTRIBUTABLE, PLACEBO_MOVED, PRE_TREND, Estimate

LEAST_OF_DETECTABLE = 0.5  # an effect seen below half of what could be detected is mostly noise, and exaggerated (Gelman and Carlin 2014)


class Verdict(StrEnum):
    """The four phrases, and no other."""

    PROBABLE_GAIN = "probable_gain"
    UNCLEAR = "unclear"
    PROBABLE_LOSS = "probable_loss"
    NOT_MEASURABLE = "not_measurable"


def verdict(estimate: Estimate | None, detectable: float | None) -> Verdict:
    """A gain or a loss only when the 80% interval leaves 0 aside, and the effect is half of what could be detected or more.

    The 80% interval alone would call one null lever in ten a gain: exactly the most that is allowed. The second condition is the margin.
    """
    if estimate is None or detectable is None or NOT_ATTRIBUTABLE in estimate.notes:
        return Verdict.NOT_MEASURABLE
    doubted = {PRE_TREND, PLACEBO_MOVED} & set(estimate.notes)
    if doubted or abs(estimate.effect) < LEAST_OF_DETECTABLE * detectable or estimate.low80 <= 0 <= estimate.high80:
        return Verdict.UNCLEAR
    return Verdict.PROBABLE_GAIN if estimate.effect > 0 else Verdict.PROBABLE_LOSS


def verdicts(found: Sequence[tuple[Estimate | None, float | None]]) -> list[Verdict]:
    """The verdict of each of the levers tested together, as (estimate, detectable): alone, and once shrunk by how little they all show."""
    measured = [estimate for estimate, _smallest in found if estimate and NOT_ATTRIBUTABLE not in estimate.notes]
    smaller = dict(zip(map(id, measured), shrunk(measured), strict=True))
    return [_beside(smaller.get(id(estimate)), verdict(estimate, smallest)) for estimate, smallest in found]


def _beside(smaller: Estimate | None, alone: Verdict) -> Verdict:
    """A gain or a loss no more, when the shrunk 80% interval covers 0."""
    covers = smaller is not None and smaller.low80 <= 0 <= smaller.high80
    return Verdict.UNCLEAR if covers and alone is not Verdict.NOT_MEASURABLE else alone


def shrunk(estimates: Sequence[Estimate]) -> list[Estimate]:
    """Each drawn towards 0, all the more as together they are no further from 0 than chance alone would put them (empirical Bayes).

    With τ² the mean of effect² − se², the effect is multiplied by f = τ²/(τ²+se²) and its intervals by √f. A single lever stays as it is.
    """
    if len(estimates) < 2:
        return list(estimates)
    real = max(0.0, sum(one.effect**2 - one.se**2 for one in estimates) / len(estimates))
    return [_drawn(one, real / (real + one.se**2) if real + one.se**2 else 0.0) for one in estimates]


def _drawn(one: Estimate, factor: float) -> Estimate:
    wide, effect = sqrt(factor), one.effect * factor
    low, high, low80, high80 = (effect + wide * (bound - one.effect) for bound in (one.low, one.high, one.low80, one.high80))
    return replace(one, effect=effect, low=low, high=high, low80=low80, high80=high80, se=one.se * wide)
