"""Which seven things of the week one person would miss: theirs, then near what they know, and not seven times the same. No Django here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

AT_MOST = 7
MINE, IN_MY_CIRCLES, NEAR = 8.0, 2.0, 2.0
PER_DAY = 0.2  # what a day of age costs
AGAIN = 1.5  # what each earlier thing of the same kind costs


@dataclass(frozen=True)
class Item:
    """Something that may stand in a digest; `mine` says that it is addressed to this person, `near` that they know about it or wish to."""

    kind: str
    pk: int
    title: str
    at: datetime
    note: str = ""
    mine: bool = False
    in_my_circles: bool = False
    near: bool = False

    def worth(self, now: datetime) -> float:
        """How much this person would miss it."""
        age = max((now - self.at).total_seconds() / 86_400, 0.0)
        return MINE * self.mine + IN_MY_CIRCLES * self.in_my_circles + NEAR * self.near - PER_DAY * age


def best(items: Iterable[Item], now: datetime) -> list[Item]:
    """At most seven, the most missed first; of equal ones the latest."""
    left = sorted(items, key=lambda item: (item.worth(now), item.at, item.kind, item.pk), reverse=True)
    taken: list[Item] = []
    kinds: Counter[str] = Counter()
    while left and len(taken) < AT_MOST:
        choice = max(left, key=lambda item: item.worth(now) - AGAIN * kinds[item.kind] * (not item.mine))
        left.remove(choice)
        taken.append(choice)
        kinds[choice.kind] += 1
    return taken
