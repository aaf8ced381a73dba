"""The smallest effect this community could see, from its own ups and downs before the start (F33, METHOD 3.11). Pure.

No correlation is assumed where the past can tell: how unlike a team's shares are at one, two, three… periods of distance (its variogram)
says how noisy the comparison will be. What moves every team at once, and what stays with a team for ever, fall out of it by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache

import numpy as np
from scipy import optimize, stats

from relais.indicators.effects import estimates, interrupted, panel
from relais.indicators.effects.cells import Cell, Floats, Grid, grid
from relais.indicators.effects.designs import Design

FADINGS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9)
FEWEST_PERIODS = 3
MOST = 0.5  # half of a community: beyond, nothing that anybody does would be seen
ROUNDS = 12  # the noise depends on the share reached, which depends on the effect


def detectable(
    design: Design,
    before: Iterable[Cell],
    starts: Mapping[str, int],
    after: int,
    *,
    power: float = 0.8,
    level: float = 0.05,
    set_aside: Collection[int] = (),
) -> float | None:
    """The difference in share that would be told from nothing with that power, at that level, `after` periods from now.

    None when it cannot be measured here, or when it would take more than half of the community. Before and after alone detects nothing.
    """
    table = grid(_told(design, list(before), starts, set_aside))
    return detectable_in(design, table, starts, after, power=power, level=level, set_aside=set_aside)


def _told(design: Design, before: list[Cell], starts: Mapping[str, int], set_aside: Collection[int]) -> list[Cell]:
    """The cells that a design learns from: messages from the last period alone, a series from its own teams outside what is set aside."""
    if design is Design.MESSAGES:
        last = max((cell.period for cell in before), default=0)
        return [cell for cell in before if cell.period == last]
    if design is Design.INTERRUPTED:
        return [cell for cell in before if cell.team in starts and cell.period not in set_aside]
    return before


def detectable_in(
    design: Design,
    table: Grid,
    starts: Mapping[str, int],
    after: int,
    *,
    power: float = 0.8,
    level: float = 0.05,
    set_aside: Collection[int] = (),
) -> float | None:
    """The same, from the table of what was before, without the periods set aside."""
    if not table.teams or design is Design.BEFORE_AFTER:
        return None
    if design is Design.MESSAGES:
        return _smallest(of_messages(table), float("inf"), power, level)
    ahead = tuple(range(table.periods[-1] + 1, table.periods[-1] + 1 + after))
    if design is Design.INTERRUPTED:
        return in_series(table, min(starts.values()), tuple(one for one in ahead if one not in set_aside), (power, level))
    return in_panel(table, starts, ahead, (power, level))


@lru_cache(maxsize=256)
def needed(freedom: float, power: float, level: float) -> float:
    """How many standard errors an effect must be for Student's test to see it with that power."""
    bound = float(stats.t.ppf(1 - level / 2, freedom))
    if freedom > 1000:
        return bound + float(stats.norm.ppf(power))
    return float(optimize.brentq(lambda shift: float(stats.nct.sf(bound, freedom, shift)) - power, 0, 10 * bound + 10))


def _smallest(se: Callable[[float], float], freedom: float, power: float, level: float) -> float | None:
    """The effect that equals what it takes to see it: a larger share is also a noisier one, up to a half."""
    times, effect = needed(freedom, power, level), 0.0
    for _round in range(ROUNDS):
        effect = times * se(min(effect, MOST))
    return effect if 0 < effect <= MOST else None


def _noisier(share: float, effect: float) -> float:
    """How many times larger the variance of a share is once the effect is there."""
    reached = min(share + effect, max(0.5, share))
    return reached * (1 - reached) / max(share * (1 - share), 1e-9)


def of_messages(table: Grid) -> Callable[[float], float]:
    """Half of the people receive each message; what each did in the last period says the usual share."""
    share, half = float(table.marked[:, -1].sum() / table.people[:, -1].sum()), table.now / 2
    usual = share * (1 - share) / half if half >= estimates.FEWEST_SENT else np.inf
    return lambda effect: float(np.sqrt(usual * (1 + _noisier(share, effect))))


def in_panel(table: Grid, starts: Mapping[str, int], ahead: tuple[int, ...], asked: tuple[float, float]) -> float | None:
    begun = panel.started(table.teams, (*table.periods, *ahead), starts)
    by = panel.plan(begun)
    if by is None or len(table.periods) < FEWEST_PERIODS:
        return None
    noise = noise_of(table.shares, begun.shape[1])
    share = float(table.marked.sum() / table.people.sum())

    def se(effect: float) -> float:
        scaled = by.weights * np.where(begun, np.sqrt(_noisier(share, effect)), 1)
        return float(np.sqrt(((scaled @ noise) * scaled).sum()))

    return _smallest(se, by.freedom, *asked)


def noise_of(shares: Floats, periods: int) -> Floats:
    """Covariances of a team's noise over that many periods: its own to each period, and what fades from one to the next.

    Fitted to half the mean squared difference at each distance, once what is common to all teams in a period is removed.
    """
    teams, known = shares.shape
    around = shares - shares.mean(axis=0)
    distances = np.arange(1, known)
    apart = np.array([((around[:, gap:] - around[:, :-gap]) ** 2).mean() / 2 for gap in distances]) * teams / (teams - 1)
    pairs = np.sqrt(known - distances)
    fits = []
    for fading in FADINGS:
        columns = np.column_stack([np.ones(known - 1), 1 - fading**distances])
        sizes, error = optimize.nnls(columns * pairs[:, None], apart * pairs)
        fits.append((error, fading, sizes))
    _error, fading, sizes = min(fits, key=lambda fit: (round(fit[0], 12), fit[1]))
    return np.asarray(sizes[0] * np.eye(periods) + sizes[1] * panel.fading(periods, fading), float)


def in_series(table: Grid, start: int, ahead: tuple[int, ...], asked: tuple[float, float]) -> float | None:
    """The noise around level and trend so far, spread over the whole design by each correlation as much as it is likely."""
    earlier = sum(period < start for period in table.periods) + sum(period < start for period in ahead)
    periods = (*table.periods, *ahead)
    if len(table.periods) < estimates.FEWEST_BEFORE or len(periods) - earlier < estimates.FEWEST_AFTER:
        return None
    marked, people = table.marked.sum(axis=0), table.people.sum(axis=0)
    past, by = interrupted.fit(table.periods, None), interrupted.fit(periods, start)
    noise, weight = interrupted.weighed(past, marked / people)
    noise = noise * past.freedom / float(stats.chi2.ppf(0.5, past.freedom))  # else too small more often than too large
    variance, drawn = float((weight * noise * by.variances).sum()), float((weight * noise).sum())
    share = float(marked.sum() / people.sum())
    sampled = min(1.0, share * (1 - share) / float(people.mean()) / max(drawn, 1e-12))
    return _smallest(lambda effect: float(np.sqrt(variance * (1 + sampled * (_noisier(share, effect) - 1) / 2))), by.freedom, *asked)
