"""What to ask of those who know: an answer, a content or a workshop, from what colleagues wait for. No Django here (F20)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

EVERY = timedelta(days=14)  # nobody is asked more often
NOT_AGAIN = timedelta(days=90)  # after a no, about that skill
ENOUGH_FOR_A_WORKSHOP = 3  # colleagues who would like to learn it
ENOUGH_FOR_A_CONTENT = 2  # cases that one content would answer


@dataclass(frozen=True)
class Demand:
    """What waits about one skill: cases without an answer, the oldest first, and the need that most people have."""

    skill: UUID
    cases: tuple[int, ...] = ()
    need: int | None = None
    wanted: int = 0

    @property
    def size(self) -> int:
        return len(self.cases) + self.wanted

    @property
    def kind(self) -> str:
        """A workshop for what several would like to learn, a content for what several cases share, else an answer."""
        if self.wanted >= ENOUGH_FOR_A_WORKSHOP:
            return "workshop"
        return "content" if len(self.cases) >= ENOUGH_FOR_A_CONTENT else "answer"


@dataclass(frozen=True)
class Knower:
    """Somebody who shows a skill, and how far they are in it."""

    person: UUID
    level: int
    cases: frozenset[int] = frozenset()  # theirs, or answered by them already


def match(demands: Iterable[Demand], knowers: Mapping[UUID, Sequence[Knower]]) -> list[tuple[Demand, Knower]]:
    """Whom to ask about what: the largest demand first, the one who knows best, each person once. A need alone of one or two waits."""
    asked: set[UUID] = set()
    chosen = []
    for demand in sorted(demands, key=lambda each: (-each.size, str(each.skill))):
        able = [one for one in knowers.get(demand.skill, ()) if one.person not in asked and not one.cases.issuperset(demand.cases or {0})]
        if able and (demand.cases or demand.kind == "workshop"):
            best = max(able, key=lambda one: (one.level, str(one.person)))
            asked.add(best.person)
            chosen.append((demand, best))
    return chosen
