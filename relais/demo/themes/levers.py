"""Three levers in the year: one read, one under way with its order drawn, one that proves nothing (pure)."""

from __future__ import annotations

from random import Random

from relais.demo.plan import Planner

# the day, the lever, what it should move, its design, the places that begin, weeks, points hoped for, steps done
USES = (
    (160, "L11", "active_share", "interrupted", (), 12, 0.05, 3),
    (150, "L14", "median_hours_to_first_answer", "before_after", (), 8, 0.1, 2),
    (285, "L16", "active_share", "stepped", (), 16, 0.06, 1),
)
SHORTEST = 300


def tell(planner: Planner, _rng: Random) -> None:
    """Nothing in a year too short for them."""
    if planner.days < SHORTEST:
        return
    pilot = planner.cast.pilot.index
    for day, lever, indicator, design, places, weeks, expected, done in USES:
        planner.do(day + 0.5, "lever_take", pilot, lever, (indicator, design, places, weeks, expected))
        for step in range(done):
            planner.do(day + 9 + 10 * step + 0.4, "lever_step", pilot, lever, step)
        if day + 7 * (weeks + 2) < planner.days:
            planner.do(day + 7 * (weeks + 1) + 1.1, "levers_read", None, lever)
