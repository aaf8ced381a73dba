"""One series against its own past: level, straight trend, and a change of level at the start — a model fixed before. Pure.

The noise of a week leads to the next by a correlation nobody knows. All from 0 to 0.8 are tried; each weighs by its restricted likelihood
(REML), and the spread between them widens the interval. Under twelve points nothing can be learnt of it: ordinary least squares, all
correlations weighing the same (METHOD 3.11).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from relais.indicators.effects.cells import Floats
from relais.indicators.effects.panel import fading

CORRELATIONS = tuple(round(0.1 * step, 1) for step in range(9))
SHORT = 12  # points


@dataclass(frozen=True, eq=False)
class Fit:
    """For each correlation: what gives the effect, its variance for a noise of 1, what gives the noise, and the likelihood's constant."""

    weights: Floats
    variances: Floats
    noises: Floats
    constants: Floats
    freedom: int


def model(periods: tuple[int, ...], start: int | None) -> Floats:
    """Level, trend, and the change from `start` on; without a start, level and trend only."""
    columns = [np.ones(len(periods)), np.array(periods, float) - periods[0]]
    if start is not None:
        columns.append((np.array(periods) >= start).astype(float))
    return np.column_stack(columns)


def pattern(periods: tuple[int, ...], correlation: float) -> Floats:
    """Correlations between the periods kept: two that are further apart, as when August is set aside, are less alike."""
    whole = fading(periods[-1] - periods[0] + 1, correlation)
    kept = np.array(periods) - periods[0]
    return whole[np.ix_(kept, kept)]


@lru_cache(maxsize=64)
def fit(periods: tuple[int, ...], start: int | None) -> Fit:
    """The linear maps of a series, one a correlation; the effect is the last coefficient."""
    design = model(periods, start)
    plain = np.linalg.pinv(design)[-1]
    weights, variances, noises, constants = [], [], [], []
    for correlation in CORRELATIONS:
        alike = pattern(periods, correlation)
        inverse = np.linalg.inv(alike)
        information = design.T @ inverse @ design
        solved = np.linalg.solve(information, design.T @ inverse)
        chosen = plain if len(periods) < SHORT else solved[-1]
        weights.append(chosen)
        variances.append(chosen @ alike @ chosen)
        noises.append(inverse - inverse @ design @ solved)
        constants.append(-0.5 * (np.linalg.slogdet(alike)[1] + np.linalg.slogdet(information)[1]))
    return Fit(np.array(weights), np.array(variances), np.array(noises), np.array(constants), len(periods) - design.shape[1])


def weighed(by: Fit, series: Floats) -> tuple[Floats, Floats]:
    """The variance of the noise and the weight of each correlation (last axis)."""
    residual = np.maximum(np.einsum("...t,kts,...s->...k", series, by.noises, series), 1e-12)
    if series.shape[-1] < SHORT:
        return residual / by.freedom, np.full(residual.shape, 1 / len(CORRELATIONS))
    likelihood = by.constants - by.freedom / 2 * np.log(residual)
    weight = np.exp(likelihood - likelihood.max(axis=-1, keepdims=True))
    return residual / by.freedom, weight / weight.sum(axis=-1, keepdims=True)


def effects(by: Fit, series: Floats) -> tuple[Floats, Floats]:
    """The effect and its standard error, for one series or for many stacked on the first axis."""
    noise, weight = weighed(by, series)
    found = series @ by.weights.T
    effect = (weight * found).sum(axis=-1)
    variance = (weight * (noise * by.variances + (found - effect[..., None]) ** 2)).sum(axis=-1)
    return effect, np.sqrt(variance)
