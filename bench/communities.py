"""Communities whose truth is known, person by person: teams, habits that last, shocks that everybody shares, an August."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

Floats = NDArray[np.floating]

WEEKS, AUGUST = 24, range(17, 21)
USUAL = 0.2  # share of people who do it in a week
TEAM, DRIFT, DRIFT_LASTS = 0.5, 0.25, 0.8  # sd of teams (log odds), of their drift, and how it lasts: an ICC of .05 at a share of .2
HABIT, LASTS = 0.4, 0.5  # share of a person's own bent; how much the rest lasts from a week to the next
SHOCK, SHOCK_LASTS, DIP, TREND = 0.10, 0.3, -0.6, 0.01  # common to everybody, in log odds


def team_sizes(people: int) -> NDArray[np.int64]:
    """About 20 a team, from 12 to 28, always the same for the same number of people."""
    count = people // 20
    sizes = np.random.default_rng(people).integers(12, 29, count)
    while sizes.sum() != people:
        wrong = np.sign(people - sizes.sum())
        movable = np.flatnonzero((sizes + wrong >= 12) & (sizes + wrong <= 28))
        sizes[movable[sizes.sum() % len(movable)]] += wrong
    return sizes


def lasting(chance: np.random.Generator, shape: tuple[int, ...], correlation: float) -> Floats:
    """Normal noise of variance 1, each week keeping that much of the one before (last axis)."""
    noise = chance.standard_normal(shape, dtype=np.float32)
    for week in range(1, shape[-1]):
        noise[..., week] = correlation * noise[..., week - 1] + np.sqrt(1 - correlation**2) * noise[..., week]
    return noise


@dataclass(frozen=True, eq=False)
class Communities:
    """Many communities of the same size, before any lever: `bent` of each person and week, `usual` share of each team and week."""

    sizes: NDArray[np.int64]
    bent: Floats
    usual: Floats

    def shares(self, begun: Floats, effect: float) -> Floats:
        """What is seen, as (community, team, week), if the lever adds `effect` to the share wherever it has begun."""
        return self.marked(begun, effect) / self.sizes[:, None]

    def marked(self, begun: Floats, effect: float) -> Floats:
        return np.add.reduceat(self.did(begun, effect), np.cumsum(self.sizes) - self.sizes, axis=1, dtype=np.int32).astype(float)

    def did(self, begun: Floats, effect: float) -> NDArray[np.bool_]:
        """Who does it, person by person."""
        bounds = ndtri(np.clip(self.usual + effect * begun, 0.005, 0.995)).astype(np.float32)
        return self.bent < np.repeat(bounds, self.sizes, axis=1)


def communities(people: int, runs: int, seed: int) -> Communities:
    """The same seed gives the same communities."""
    chance, sizes = np.random.default_rng((seed, people)), team_sizes(people)
    own = chance.standard_normal((runs, people, 1), dtype=np.float32)
    bent = np.sqrt(HABIT) * own + np.sqrt(1 - HABIT) * lasting(chance, (runs, people, WEEKS), LASTS)
    shared = SHOCK * lasting(chance, (runs, 1, WEEKS), SHOCK_LASTS) + TREND * np.arange(WEEKS)
    shared[..., list(AUGUST)] += DIP
    teams = TEAM * chance.standard_normal((runs, len(sizes), 1)) + DRIFT * lasting(chance, (runs, len(sizes), WEEKS), DRIFT_LASTS)
    return Communities(sizes, bent.astype(np.float32), expit(logit(USUAL) + shared + teams))
