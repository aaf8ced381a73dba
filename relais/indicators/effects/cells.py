"""What is counted, a team and a period at a time, and what is said of an effect. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from relais.indicators.effects.designs import Design

Floats = npt.NDArray[np.float64]

FEW_TEAMS = "few_teams"  # under ten: the interval is right, and wide
SHORT_SERIES = "short_series"  # under twelve points: how one week leads to the next cannot be learnt from them
PRE_TREND = "pre_trend"  # teams already drifted apart before the start
PLACEBO_MOVED = "placebo_moved"  # a date at which nothing happened shows an effect too
NOT_ATTRIBUTABLE = "not_attributable"  # it moved; nothing says that the lever did it
TEAMS_LEFT_OUT = "teams_left_out"  # some were not there in every period


@dataclass(frozen=True)
class Cell:
    """One team in one period (a week or a month): how many people, and how many of them did the thing measured."""

    team: str
    period: int
    people: int
    marked: int


@dataclass(frozen=True)
class Estimate:
    """The difference in share (0.05 is five points) with its 95% and 80% intervals.

    `freedom`: degrees of freedom of Student's law behind the intervals. `people`: in the last period. `notes`: the codes above.
    """

    effect: float
    low: float
    high: float
    low80: float
    high80: float
    se: float
    freedom: float
    design: Design
    teams: int
    people: int
    periods: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells as tables of teams by periods; `left_out` says how many teams were not there all along."""

    teams: tuple[str, ...]
    periods: tuple[int, ...]
    people: Floats
    marked: Floats
    left_out: int

    @property
    def shares(self) -> Floats:
        return self.marked / self.people

    @property
    def now(self) -> int:
        """People in the last period."""
        return int(self.people[:, -1].sum()) if self.periods else 0


def grid(cells: Iterable[Cell]) -> Grid:
    """The teams that have people in every period: a team that comes or goes would move the share by its coming or going."""
    people, marked = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for cell in cells:
        if cell.people > 0:
            people[cell.team, cell.period] += cell.people
            marked[cell.team, cell.period] += cell.marked
    periods = sorted({period for _team, period in people})
    every = sorted({team for team, _period in people})
    teams = [team for team in every if all((team, period) in people for period in periods)]
    shape = (len(teams), len(periods))
    tables = [np.array([[count[team, period] for period in periods] for team in teams], float).reshape(shape) for count in (people, marked)]
    return Grid(tuple(teams), tuple(periods), tables[0], tables[1], len(every) - len(teams))
