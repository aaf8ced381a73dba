"""Where a share goes from here, with the band in which it lies four times out of five. Pure computation.

The model, on the logit of the share, month by month: a drift, plus chance that adds up (a random walk). Drifts are drawn from three
families: Bass diffusions of every plausible shape (METHOD 3.1), a steady rise or fall, and none at all. Each draw weighs what it says
of the months known, recent ones more; the forecast starts from the last value and lets the draws go on. With few months known the
families decide, with many the community does. The draws are the same for the same history: the forecast of a month can be redone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

DRAWS = 6_000
SEED = 20
LEAST_MONTHS = 3  # known, before anything is said
MEMORY = 0.85  # what a month weighs, beside the one after it
LOW, HIGH = 0.10, 0.90  # the band of four times out of five
EDGE = 0.002  # shares are kept this far from 0 and 1
# What is drawn, before any month is known: monthly rates of a Bass diffusion (log-uniform), its ceiling, the steady drift, the walk.
INNOVATION, IMITATION, CEILING = (0.005, 0.12), (0.03, 0.6), (0.08, 0.85)
STEADY = 0.10  # sd of a steady monthly drift, in logits
DAMPING = 0.85  # a steady drift keeps this part of itself from month to month ahead
WALK = (0.03, 0.25)  # sd of a month's chance, in logits
OVERLAP = 0.35  # of the chance of a count, what is new in a month: two thirds of a window of 90 days were in the month before
FRESH = 0.9  # the same, once the windows no longer overlap: what is left tells the same people apart
WINDOW = 3  # months
BASS, STEADILY, STILL = 0, 1, 2
PARTS = (0.5, 0.3, 0.2)

type Array = NDArray[np.float64]


@dataclass(frozen=True)
class Month:
    """One month as it was: people, and how many of them are marked (None: not told)."""

    people: int
    marked: int | None


@dataclass(frozen=True)
class Forecast:
    """The months ahead: the middle, and the bounds of the 80% band; `known`: the months it rests on."""

    low: list[float]
    middle: list[float]
    high: list[float]
    known: int


def logit(share: Array) -> Array:
    """Of a share kept away from 0 and 1."""
    inside = np.clip(share, EDGE, 1 - EDGE)
    return np.asarray(np.log(inside / (1 - inside)))


def expit(value: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-value)))


def _log_uniform(dice: np.random.Generator, bounds: tuple[float, float], size: int) -> Array:
    low, high = bounds
    return np.asarray(low * (high / low) ** dice.random(size))


def bass(innovation: Array, imitation: Array, ceiling: Array, months: int) -> Array:
    """Shares at the end of months 1 … months, one row a diffusion."""
    path = np.zeros((len(ceiling), months + 1))
    for month in range(months):
        reached = path[:, month]
        path[:, month + 1] = reached + np.minimum(innovation + imitation * reached / ceiling, 1) * (ceiling - reached)
    return path[:, 1:]


def _drifts(dice: np.random.Generator, age: int, horizon: int) -> Array:
    """For each draw, its monthly drift in logits: of the `age - 1` steps between known months, then of the steps ahead."""
    steps = age - 1 + horizon
    family = dice.choice(3, DRAWS, p=PARTS)
    innovation, imitation, ceiling = (_log_uniform(dice, bounds, DRAWS) for bounds in (INNOVATION, IMITATION, CEILING))
    drifts = np.diff(logit(bass(innovation, imitation, ceiling, steps + 1)), axis=1)
    steady = dice.normal(0, STEADY, DRAWS)[:, None] * np.concatenate([np.ones(age - 1), DAMPING ** np.arange(1, horizon + 1)])
    drifts[family == STEADILY] = steady[family == STEADILY]
    drifts[family == STILL] = 0
    return drifts


def _weights(drifts: Array, walk: Array, levels: Array, chance: Array) -> Array:
    """How well each draw tells the steps between known months; a step over a gap is the sum of its months."""
    known = np.flatnonzero(~np.isnan(levels))
    likelihood = np.zeros(len(walk))
    for before, after in pairwise(known):
        told = levels[after] - levels[before]
        expected = drifts[:, before:after].sum(axis=1)
        variance = walk**2 * (after - before) + OVERLAP * (chance[before] + chance[after])
        one = -0.5 * ((told - expected) ** 2 / variance + np.log(variance))
        likelihood += MEMORY ** (known[-1] - after) * one
    weights = np.exp(likelihood - likelihood.max())
    return np.asarray(weights / weights.sum())


def forecast(history: Sequence[Month], horizon: int) -> Forecast | None:
    """The next `horizon` months, from every month since the community began; None while fewer than three are known."""
    known = [number for number, month in enumerate(history) if month.marked is not None and month.people]
    if len(known) < LEAST_MONTHS or horizon < 1:
        return None
    dice = np.random.default_rng(SEED)
    people = np.array([max(month.people, 1) for month in history], dtype=float)
    shares = np.array([np.nan if month.marked is None else month.marked / max(month.people, 1) for month in history])
    age, inside = known[-1] + 1, np.clip(shares, EDGE, 1 - EDGE)
    chance = 1 / (people * inside * (1 - inside))
    late = len(history) - age  # months that ended and are not told: the forecast bridges them
    drifts, walk = _drifts(dice, age, horizon + late), _log_uniform(dice, WALK, DRAWS)
    weights = _weights(drifts, walk, logit(shares[:age]), chance[:age])
    drawn = dice.choice(DRAWS, DRAWS, p=weights)
    steps = drifts[drawn, age - 1 :] + walk[drawn, None] * dice.standard_normal((DRAWS, horizon + late))
    fresh = FRESH * np.minimum(np.arange(1, horizon + late + 1) / WINDOW, 1)
    noise = np.sqrt(fresh * chance[age - 1]) * dice.standard_normal((DRAWS, horizon + late))
    ahead = expit(logit(shares[age - 1 : age]) + np.cumsum(steps, axis=1) + noise)[:, late:]
    low, middle, high = np.quantile(ahead, [LOW, 0.5, HIGH], axis=0)
    whole = people[age - 1]  # of the last month known: a month that is not told has no people to round to
    bounds = [(np.round(bound * whole) / whole).tolist() for bound in (low, high)]  # of whole people
    return Forecast(bounds[0], middle.tolist(), bounds[1], len(known))
