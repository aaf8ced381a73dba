"""What this community may believe of a lever: what is known elsewhere, corrected by each use here (METHOD 3.9). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from relais.indicators.effects.cells import NOT_ATTRIBUTABLE, Estimate

Z80, Z95 = 1.2815515655446004, 1.959963984540054


@dataclass(frozen=True)
class Prior:
    """A normal belief about the effect on a share, before any use here."""

    mean: float
    sd: float


# In shares, of an indicator around 20%. Experiments elsewhere found relative gains of 10 to 60% (L1, L3, L5): 2 to 12 points, halved since
# what worked elsewhere works less well here. Observations (L2, L8, L9) mix the lever with those who chose it: halved again. A practice that
# nobody measured may as well harm: centred on 0. Every sd leaves harm possible.
PRIORS = {"A": Prior(0.04, 0.04), "B": Prior(0.02, 0.04), "C": Prior(0.0, 0.03)}
BETWEEN = 0.02  # sd of a lever's effect from one use to the next, until five uses can tell it
ENOUGH_USES = 5


@dataclass(frozen=True)
class Posterior:
    """The belief after the uses made here, with the interval that holds four chances out of five."""

    mean: float
    sd: float
    low80: float
    high80: float
    uses: int


def posterior(prior: Prior, estimates: Sequence[Estimate]) -> Posterior:
    """Normal–normal: each use weighs 1/(se² + τ²), the prior 1/sd². What is not attributable teaches nothing.

    `se` is taken from the half-width of the 95% interval, so that few degrees of freedom weigh less.
    """
    uses = [(one.effect, ((one.high - one.low) / 2 / Z95) ** 2) for one in estimates if NOT_ATTRIBUTABLE not in one.notes]
    between = between_uses(uses)
    weights = [1 / (variance + between) for _effect, variance in uses]
    told = 1 / prior.sd**2
    precision = told + sum(weights)
    mean = (prior.mean * told + sum(weight * effect for weight, (effect, _variance) in zip(weights, uses, strict=True))) / precision
    sd = 1 / sqrt(precision)
    return Posterior(mean, sd, mean - Z80 * sd, mean + Z80 * sd, len(uses))


def between_uses(uses: Sequence[tuple[float, float]]) -> float:
    """The variance of effects between uses: DerSimonian and Laird (1986) from five uses on, never under a quarter of the usual one."""
    if len(uses) < ENOUGH_USES:
        return BETWEEN**2
    weights = [1 / max(variance, 1e-9) for _effect, variance in uses]
    total = sum(weights)
    mean = sum(weight * effect for weight, (effect, _variance) in zip(weights, uses, strict=True)) / total
    spread = sum(weight * (effect - mean) ** 2 for weight, (effect, _variance) in zip(weights, uses, strict=True))
    found = (spread - (len(uses) - 1)) / (total - sum(weight**2 for weight in weights) / total)
    return max(found, BETWEEN**2 / 4)
