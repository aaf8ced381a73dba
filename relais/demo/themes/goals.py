"""The pilot chooses a goal for engagement five months in, once there are months to start from (pure)."""

from __future__ import annotations

from random import Random

from relais.demo.plan import Planner

SET_ON, MONTHS = 150, 9  # the day, and how far the goal lies
SHORTEST = 180


def tell(planner: Planner, _rng: Random) -> None:
    """One goal; nothing in a year too short for it."""
    if planner.days >= SHORTEST:
        planner.do(SET_ON + 0.45, "goal_set", planner.cast.pilot.index, "engagement", MONTHS)
