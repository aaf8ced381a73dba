"""Small communities written by hand or by dice, to estimate from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from relais.indicators.effects.cells import Cell, Estimate
from relais.indicators.effects.designs import Design

PEOPLE = 100  # of each team: one more person who did it is one point


def cells(marked: Mapping[str, Sequence[int]], people: int = PEOPLE) -> list[Cell]:
    """From how many did it in each period, team by team."""
    return [Cell(team, period, people, count) for team, counts in marked.items() for period, count in enumerate(counts)]


def told(effect: float, se: float, *notes: str, design: Design = Design.DIFFERENCES) -> Estimate:
    """An estimate with normal intervals."""
    bounds = (effect - 1.96 * se, effect + 1.96 * se, effect - 1.2816 * se, effect + 1.2816 * se)
    return Estimate(effect, *bounds, se, 1000, design, 20, 400, 24, notes)


TEAMS = ("ash", "birch", "cedar", "elm", "fir", "hazel")
PERIODS = 8
COMMUNITIES = st.fixed_dictionaries({team: st.lists(st.integers(20, 60), min_size=PERIODS, max_size=PERIODS) for team in TEAMS})
STARTS = {"ash": 4, "birch": 4, "cedar": 4}
STEPPED = {"ash": 2, "birch": 3, "cedar": 4, "elm": 5, "fir": 6, "hazel": 7}
COMPARED = [(Design.STEPPED, STEPPED), (Design.DIFFERENCES, STARTS)]
