"""Several teams over several periods: the effect in y = team + period + effect·started, and what it is worth. Pure.

Weighted least squares on the shares of teams. The noise of a team may follow any pattern in time, the same for every team (Pan 2001);
its estimate is made unbiased, and its degrees of freedom found as Satterthwaite does, under a working pattern. With one date for all it is
Student's test on the change of each team, n − 2 degrees (Donald and Lang 2007). Everything is linear in the shares, so the same lines
serve one community and a thousand simulated ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from relais.indicators.effects.cells import Floats

FEWEST_TEAMS = 4
FEWEST_A_SIDE = 2  # teams that started, and teams that did not: one alone could be any accident
WORKING = 0.3  # correlation of a team's noise from one period to the next: only weighs, never believed


@dataclass(frozen=True, eq=False)
class Plan:
    """What a design makes of any shares: weights of each (team, period), how the noise is pooled, degrees of freedom."""

    started: Floats
    weights: Floats
    pooling: Floats
    freedom: float


def fading(count: int, correlation: float) -> Floats:
    """Correlations that fade with distance: 1, r, r², …"""
    places = np.arange(count)
    return np.asarray(correlation ** np.abs(places[:, None] - places[None, :]), float)


def started(teams: Sequence[str], periods: Sequence[int], starts: Mapping[str, int]) -> Floats:
    """1 from the period a team starts in, 0 before, and always 0 for a team without a date."""
    rows = [[float(team in starts and period >= starts[team]) for period in periods] for team in teams]
    return np.array(rows, float).reshape(len(teams), len(periods))


def _both_sides(begun: Floats) -> bool:
    """Nobody in the first period; and at some period, enough teams had started while enough had not."""
    under_way = begun.sum(axis=0)
    return bool(((under_way >= FEWEST_A_SIDE) & (len(begun) - under_way >= FEWEST_A_SIDE)).any() and not under_way[0])


def plan(begun: Floats) -> Plan | None:
    """None when nothing is left to compare: fewer than four teams, nothing before, or never two teams that started and two that did not."""
    teams, periods = begun.shape
    if teams < FEWEST_TEAMS or not _both_sides(begun):
        return None
    pattern = fading(periods, WORKING)
    inverse = np.linalg.inv(pattern)
    moved = begun - begun.mean(axis=0)
    moved = moved - ((moved @ inverse).sum(axis=1) / inverse.sum())[:, None]
    information = float(((moved @ inverse) * moved).sum())
    weights = (moved @ inverse) / information
    spread = weights.T @ weights
    first = spread @ pattern
    second = first @ first
    expected = (teams - 1) * np.trace(first) - information * np.trace(second)
    squared = (teams - 1) * np.trace(second) - 2 * information * np.trace(second @ first) + (information * np.trace(second)) ** 2
    return Plan(begun, weights, spread * np.trace(first) / expected, float(expected**2 / squared))


def effects(by: Plan, shares: Floats) -> tuple[Floats, Floats]:
    """The effect and its standard error, for one table of shares or for many stacked on the first axis."""
    effect = (by.weights * shares).sum(axis=(-2, -1))
    around = shares - shares.mean(axis=-2, keepdims=True)
    left = around - np.asarray(effect)[..., None, None] * (by.started - by.started.mean(axis=0))
    return effect, np.sqrt(((left @ by.pooling) * left).sum(axis=(-2, -1)))
