"""The reference path of engagement: Bass diffusion by whole months (METHOD 3.1). A reference, not a forecast."""

from __future__ import annotations

INNOVATION = 0.03  # a month: who starts without having seen others
IMITATION = 0.25  # a month: who starts because others did
CEILING = 0.40  # the share that ever engages


def reference(months: int) -> list[float]:
    """The engaged share at the end of months 0, 1, … months."""
    path = [0.0]
    for _month in range(months):
        reached = path[-1]
        path.append(reached + (INNOVATION + IMITATION * reached / CEILING) * (CEILING - reached))
    return path
