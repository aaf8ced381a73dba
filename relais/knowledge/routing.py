"""Who is likely to know: a score from past acts on close cases and from circles, fair to those asked often. No Django here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

ASKED_AT_ONCE = 3
MOST_OPEN = 3
Kind = Literal["best", "content", "certified", "answer", "applied", "skilled", "animates", "circle"]
WEIGHTS: Mapping[Kind, float] = {
    "best": 1.0,
    "content": 0.9,
    "certified": 0.85,  # by peers, in a skill that the case is about
    "answer": 0.7,
    "applied": 0.4,
    "skilled": 0.35,  # shows such a skill, which an act of theirs told of
    "animates": 0.3,
    "circle": 0.15,
}


@dataclass(frozen=True)
class Act:
    """What somebody did that tells they may know: `closeness` of the case it was on, 0 to 1."""

    person: UUID
    kind: Kind
    closeness: float = 1.0
    use_case: int | None = None


@dataclass(frozen=True)
class Choice:
    """Somebody to ask, and the strongest reason to ask them."""

    person: UUID
    reason: Kind
    because: int | None
    score: float


def strength(act: Act) -> float:
    """What one act weighs."""
    return WEIGHTS[act.kind] * max(0.0, min(act.closeness, 1.0))


def likelihood(acts: Iterable[Act]) -> float:
    """What all acts of one person weigh: each case counts once, and each further case half of the one before."""
    by_case: dict[int | str, float] = {}
    for act in acts:
        place = act.use_case if act.use_case is not None else act.kind
        by_case[place] = max(by_case.get(place, 0.0), strength(act))
    return sum(weight * 0.5**n for n, weight in enumerate(sorted(by_case.values(), reverse=True)))


def choose(acts: Iterable[Act], open_proposals: Mapping[UUID, int], count: int = ASKED_AT_ONCE) -> list[Choice]:
    """The people to ask, most likely first. Only those in `open_proposals` may be asked, never one with three open."""
    by_person: dict[UUID, list[Act]] = {}
    for act in acts:
        if open_proposals.get(act.person, MOST_OPEN) < MOST_OPEN and strength(act) > 0:
            by_person.setdefault(act.person, []).append(act)
    choices = [_choice(person, own, open_proposals[person]) for person, own in by_person.items()]
    return sorted(choices, key=lambda choice: (-choice.score, choice.person))[:count]


def _choice(person: UUID, acts: list[Act], load: int) -> Choice:
    best = max(acts, key=lambda act: (strength(act), -(act.use_case or 0)))
    return Choice(person, best.kind, best.use_case, likelihood(acts) / (1 + load))
