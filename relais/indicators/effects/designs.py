"""How a lever is started so that its effect can be read, best first (METHOD 3.11). Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Design(StrEnum):
    """What the effect is compared with; the last compares with nothing that time alone would not have moved."""

    STEPPED = "stepped"  # teams start one after the other, in an order drawn at random
    DIFFERENCES = "differences"  # teams that started, against teams that did not, before and after
    INTERRUPTED = "interrupted"  # one series against its own past, by a model fixed before
    MESSAGES = "messages"  # each person receives one of two messages, drawn at random
    BEFORE_AFTER = "before_after"  # nothing to compare with: not attributable


@dataclass(frozen=True)
class Draw:
    """What an order was drawn with: anybody who has it draws the same order again."""

    seed: int
    first: int
    step: int
    waves: int | None = None


def draw_order(teams: Sequence[str], *, seed: int, first: int, step: int, waves: int | None = None) -> dict[str, int]:
    """The period each team starts in: shuffled by the seed, the first in `first`, the next `step` periods later.

    With `waves`, as many teams as possible start together, in that many waves of even sizes. The order teams are given in changes nothing.
    """
    order = sorted(set(teams))
    random.Random(seed).shuffle(order)  # noqa: S311 a draw that must be repeatable, not a secret
    count = min(waves or len(order), len(order))
    return {team: first + step * (place * count // len(order)) for place, team in enumerate(order)}
