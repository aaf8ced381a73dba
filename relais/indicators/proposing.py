"""Which levers to propose to a pilot: three at most, each for one reason. Pure computation.

A lever is worth what it may move, times how sure that is, over what it costs. It is proposed for the indicator that lies furthest from
where it should be, never while it runs, nor within eight weeks of its last use, nor two for the same hands when those are busy.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

MOST = 3
GRADES = {"A": 1.0, "B": 0.7, "C": 0.45}  # how sure an effect is, before it was seen here
EFFORTS = {1: 1.0, 2: 0.6, 3: 0.35}  # what a lever's cost leaves of its worth
BUSY = 0.5  # for whoever has a lever under way already
REST_DAYS = 56
HOPED, FEARED = 1.4, 0.3  # after an effect was seen here: a probable gain, a probable loss
VERDICTS = {"probable_gain": HOPED, "probable_loss": FEARED}


@dataclass(frozen=True)
class Candidate:
    """A lever as it is weighed."""

    key: str
    moves: Sequence[str]
    evidence: str
    effort: int
    by: str
    advised: bool = True  # False: never proposed by itself


@dataclass(frozen=True)
class Past:
    """What became of the uses of levers: those under way with their hands, days since the last one ended, its verdict."""

    running: Mapping[str, str] = field(default_factory=dict)
    rested: Mapping[str, int] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A lever, the indicator it is for, and whether it gave a probable gain here before."""

    key: str
    indicator: str
    worth: float
    proven_here: bool


def propose(candidates: Collection[Candidate], gaps: Mapping[str, float], past: Past) -> list[Proposal]:
    """Three at most, the worthiest first, one an indicator. `gaps`: how far each indicator is from its place, from 0 to 1."""
    weighed = [found for each in candidates if (found := _weigh(each, gaps, past))]
    chosen: list[Proposal] = []
    for proposal in sorted(weighed, key=lambda each: (-each.worth, each.key)):
        if len(chosen) < MOST and proposal.indicator not in {each.indicator for each in chosen}:
            chosen.append(proposal)
    return chosen


def _weigh(lever: Candidate, gaps: Mapping[str, float], past: Past) -> Proposal | None:
    if not lever.advised or lever.key in past.running or past.rested.get(lever.key, REST_DAYS) < REST_DAYS:
        return None
    moved = [(gaps[key], -place, key) for place, key in enumerate(lever.moves) if gaps.get(key, 0) > 0]
    if not moved:
        return None
    gap, place, key = max(moved)
    here = past.verdicts.get(lever.key, "")
    busy = BUSY if lever.by in past.running.values() else 1.0
    worth = gap * GRADES[lever.evidence] * EFFORTS[lever.effort] * busy * VERDICTS.get(here, 1.0) / (1 - place / 4)
    return Proposal(lever.key, key, round(worth, 6), here == "probable_gain")
