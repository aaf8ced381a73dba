"""Communities whose truth is known, person by person: teams, habits that last, shocks that everybody shares, an August."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

Floats = NDArray[np.floating]

WEEKS, AUGUST = 24, range(17, 21)
USUAL = 0.2  # share of people who do it in a week


@dataclass(frozen=True)
class World:
    """What makes people and teams differ; sd in log odds. As it stands: an intraclass correlation of .05 at a share of a fifth."""

    name: str = ""
    team: float = 0.5  # for ever
    drift: float = 0.25  # that comes and goes, keeping that much from a week to the next:
    drift_lasts: float = 0.8
    habit: float = 0.4  # share of a person's own bent; the rest keeps that much from a week to the next:
    lasts: float = 0.5
    shock: float = 0.10  # common to everybody; it too lasts:
    shock_lasts: float = 0.3
    august: float = -0.6
    trend: float = 0.01  # a week


USUAL_WORLD = World()
OTHER_WORLDS = (
    World("teams three times as unlike (ICC .15)", team=0.87, drift=0.43),
    World("habits that hardly change", habit=0.6, lasts=0.8),
    World("shocks twice as strong that last", shock=0.2, shock_lasts=0.6),
)


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


def communities(people: int, runs: int, seed: int, world: World = USUAL_WORLD) -> Communities:
    """The same seed gives the same communities."""
    chance, sizes = np.random.default_rng((seed, people)), team_sizes(people)
    own = chance.standard_normal((runs, people, 1), dtype=np.float32)
    bent = np.sqrt(world.habit) * own + np.sqrt(1 - world.habit) * lasting(chance, (runs, people, WEEKS), world.lasts)
    shared = world.shock * lasting(chance, (runs, 1, WEEKS), world.shock_lasts) + world.trend * np.arange(WEEKS)
    shared[..., list(AUGUST)] += world.august
    drift = lasting(chance, (runs, len(sizes), WEEKS), world.drift_lasts)
    teams = world.team * chance.standard_normal((runs, len(sizes), 1)) + world.drift * drift
    return Communities(sizes, bent.astype(np.float32), expit(logit(USUAL) + shared + teams))
