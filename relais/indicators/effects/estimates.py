"""The effect of a lever, by the design that was chosen before its start (F33, METHOD 3.11). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from relais.indicators.effects import interrupted, panel
from relais.indicators.effects.cells import (
    FEW_TEAMS,
    NOT_ATTRIBUTABLE,
    PLACEBO_MOVED,
    PRE_TREND,
    SHORT_SERIES,
    TEAMS_LEFT_OUT,
    Cell,
    Estimate,
    Grid,
    grid,
)
from relais.indicators.effects.designs import Design

FEW = 10  # teams
FEWEST_BEFORE, FEWEST_AFTER = 4, 3  # points of a series
FEWEST_SENT = 10  # people a message
ALARM = 0.01  # of a placebo or a trend before the start: at 5% one lever in ten would be doubted for nothing


def interval(effect: float, se: float, freedom: float, share: float) -> tuple[float, float]:
    """Student's, kept within what a difference of shares can be."""
    half = float(stats.t.ppf((1 + share) / 2, freedom)) * se
    return max(-1.0, effect - half), min(1.0, effect + half)


def told(design: Design, found: tuple[float, float, float], table: Grid, notes: Iterable[str]) -> Estimate:
    """An estimate from (effect, standard error, degrees of freedom)."""
    effect, se, freedom = found
    low, high = interval(effect, se, freedom, 0.95)
    low80, high80 = interval(effect, se, freedom, 0.80)
    every = (*notes, *([TEAMS_LEFT_OUT] if table.left_out else []))
    return Estimate(effect, low, high, low80, high80, se, freedom, design, len(table.teams), table.now, len(table.periods), notes=every)


def estimate(
    design: Design, cells: Iterable[Cell], starts: Mapping[str, int], *, placebo: bool = False, set_aside: Collection[int] = ()
) -> Estimate | None:
    """None when it cannot be measured here: too few teams, periods or people, or nobody to compare with.

    `starts`: the first period of each team that started; of messages, the "teams" are the two messages and the new one has a date.
    `placebo`: the same at a date before the start, when nothing happened. `set_aside`: periods known beforehand to be unlike others
    (August), left out of an interrupted series; other designs compare teams in the same period and need not.
    """
    kept = [cell for cell in cells if design is not Design.INTERRUPTED or cell.period not in set_aside]
    if placebo:
        kept, starts = before_all(kept, starts)
    return ESTIMATORS[design](kept, starts)


def before_all(cells: Iterable[Cell], starts: Mapping[str, int]) -> tuple[list[Cell], dict[str, int]]:
    """The periods before anybody started, and a false date in their middle, for those who start in the earlier half of dates."""
    first = min(starts.values(), default=0)
    kept = [cell for cell in cells if cell.period < first]
    periods = sorted({cell.period for cell in kept})
    if not starts or not periods:
        return [], {}
    never = max(starts.values()) + 1
    dates = {team: starts.get(team, never) for team in sorted({cell.team for cell in kept})}
    ordered = sorted(dates.values())
    bound = ordered[(len(ordered) - 1) // 2]
    early = [team for team, date in dates.items() if date < bound or date == bound < ordered[-1]]
    return kept, dict.fromkeys(early or starts, periods[len(periods) // 2])


def _panel(design: Design, table: Grid, starts: Mapping[str, int]) -> Estimate | None:
    by = panel.plan(panel.started(table.teams, table.periods, starts))
    if by is None:
        return None
    effect, se = panel.effects(by, table.shares)
    notes = [FEW_TEAMS] if len(table.teams) < FEW else []
    return told(design, (float(effect), float(se), by.freedom), table, notes)


def _stepped(cells: Iterable[Cell], starts: Mapping[str, int]) -> Estimate | None:
    return _panel(Design.STEPPED, grid(cells), starts)


def _differences(cells: Iterable[Cell], starts: Mapping[str, int]) -> Estimate | None:
    kept = list(cells)
    found = _panel(Design.DIFFERENCES, grid(kept), starts)
    if found is None:
        return None
    notes = list(found.notes)
    if drifts_apart(kept, starts):
        notes.append(PRE_TREND)
    earlier, dates = before_all(kept, starts)
    false = _panel(Design.DIFFERENCES, grid(earlier), dates)
    if false is not None and _alarming(false.effect, false.se, false.freedom):
        notes.append(PLACEBO_MOVED)
    return replace(found, notes=tuple(notes))


def _alarming(effect: float, se: float, freedom: float) -> bool:
    return abs(effect) > float(stats.t.ppf(1 - ALARM / 2, freedom)) * se


def _earlier(cells: Iterable[Cell], starts: Mapping[str, int]) -> tuple[Grid, npt.NDArray[np.bool_]]:
    """The periods before anybody started, and which teams will."""
    first = min(starts.values(), default=0)
    table = grid(cell for cell in cells if cell.period < first)
    return table, np.array([team in starts for team in table.teams], bool)


def pre_trend(cells: Iterable[Cell], starts: Mapping[str, int]) -> list[tuple[int, float]]:
    """In each period before the start: the share of teams that will start less that of the others. Flat is what one hopes to see."""
    table, later = _earlier(cells, starts)
    if not later.any() or later.all():
        return []
    gaps = table.shares[later].mean(axis=0) - table.shares[~later].mean(axis=0)
    return [(period, float(gap)) for period, gap in zip(table.periods, gaps, strict=True)]


def drifts_apart(cells: Iterable[Cell], starts: Mapping[str, int]) -> bool:
    """Whether the slopes of the teams before the start differ between the two sides beyond chance (Student, pooled)."""
    table, later = _earlier(cells, starts)
    if len(table.periods) < FEWEST_AFTER or min(later.sum(), (~later).sum()) < panel.FEWEST_A_SIDE:
        return False
    time = np.array(table.periods, float) - np.mean(table.periods)
    slopes = table.shares @ time / (time @ time)
    sides = (slopes[later], slopes[~later])
    freedom = len(slopes) - 2
    pooled = sum(((side - side.mean()) ** 2).sum() for side in sides) / freedom * sum(1 / len(side) for side in sides)
    return _alarming(float(sides[0].mean() - sides[1].mean()), float(np.sqrt(pooled)), freedom)


def _interrupted(cells: Iterable[Cell], starts: Mapping[str, int]) -> Estimate | None:
    """Of all the teams with a date together; the earliest date is that of the series."""
    kept = list(cells)
    table = grid(cell for cell in kept if cell.team in starts)
    first = min(starts.values(), default=0)
    earlier = sum(period < first for period in table.periods)
    if earlier < FEWEST_BEFORE or len(table.periods) - earlier < FEWEST_AFTER or not table.teams:
        return None
    series = table.marked.sum(axis=0) / table.people.sum(axis=0)
    by = interrupted.fit(table.periods, first)
    effect, se = interrupted.effects(by, series)
    notes = [SHORT_SERIES] if len(table.periods) < interrupted.SHORT else []
    return told(Design.INTERRUPTED, (float(effect), float(se), by.freedom), table, notes)


def _messages(cells: Iterable[Cell], starts: Mapping[str, int]) -> Estimate | None:
    sides = {True: (0, 0), False: (0, 0)}
    for cell in cells:
        sent, did = sides[cell.team in starts]
        sides[cell.team in starts] = sent + cell.people, did + cell.marked
    return estimate_messages(*sides[False], *sides[True])


def estimate_messages(sent_a: int, did_a: int, sent_b: int, did_b: int) -> Estimate | None:
    """What message B does beyond message A, each person having received one drawn at random (Agresti and Caffo 2000).

    One who did and one who did not are added to each side: intervals that hold from ten people on, and when nobody or everybody did.
    """
    if min(sent_a, sent_b) < FEWEST_SENT:
        return None
    share_a, share_b = (did_a + 1) / (sent_a + 2), (did_b + 1) / (sent_b + 2)
    se = float(np.sqrt(share_a * (1 - share_a) / (sent_a + 2) + share_b * (1 - share_b) / (sent_b + 2)))
    low, high = interval(share_b - share_a, se, np.inf, 0.95)
    low80, high80 = interval(share_b - share_a, se, np.inf, 0.80)
    people = sent_a + sent_b
    return Estimate(did_b / sent_b - did_a / sent_a, low, high, low80, high80, se, float("inf"), Design.MESSAGES, 2, people, 1)


def _before_after(cells: Iterable[Cell], starts: Mapping[str, int]) -> Estimate | None:
    """How much the teams that started moved, on average: anything else that moved at that time moved it too."""
    table = grid(cell for cell in cells if cell.team in starts)
    begun = panel.started(table.teams, table.periods, starts)
    if len(table.teams) < panel.FEWEST_TEAMS or not (begun.any(axis=1) & ~begun.all(axis=1)).all():
        return None
    changes = (table.shares * begun).sum(axis=1) / begun.sum(axis=1) - (table.shares * (1 - begun)).sum(axis=1) / (1 - begun).sum(axis=1)
    se = float(changes.std(ddof=1) / np.sqrt(len(changes)))
    return told(Design.BEFORE_AFTER, (float(changes.mean()), se, len(changes) - 1), table, [NOT_ATTRIBUTABLE])


ESTIMATORS = {
    Design.STEPPED: _stepped,
    Design.DIFFERENCES: _differences,
    Design.INTERRUPTED: _interrupted,
    Design.MESSAGES: _messages,
    Design.BEFORE_AFTER: _before_after,
}
