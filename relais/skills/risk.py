"""Knowledge at risk: how many skills a year's departures may take away, and which transmissions lower it most (F19, METHOD 3.8). Pure.

A skill is lost when everybody who holds it leaves. Each person leaves with the same chance, the turnover of all: nobody is predicted.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from relais.core.intervals import wilson
from relais.core.suppression import K

USUAL_TURNOVER = 0.15  # when too few people left to tell (METHOD 3.8)
DRAWS = 2000


@dataclass(frozen=True)
class Turnover:
    """The share of people who leave in a year, with its 95% interval; `known` says whether it comes from departures here."""

    share: float
    low: float
    high: float
    known: bool


@dataclass(frozen=True)
class Risk:
    """Skills expected to be lost in a year, and between which numbers, four times out of five; how many skills have how many holders."""

    expected: float
    low: int
    high: int
    by_holders: dict[int, int]


def turnover(departed: int, people: int) -> Turnover:
    """From a year's departures; under five of them, the usual share stands in, between half and one and a half of it."""
    if departed < K or people < departed:
        return Turnover(USUAL_TURNOVER, USUAL_TURNOVER / 2, USUAL_TURNOVER * 1.5, known=False)
    low, high = wilson(departed, people)
    return Turnover(departed / people, low, high, known=True)


def risk(holders: Mapping[str, Collection[str]], leaving: Turnover, seed: int = 1) -> Risk:
    """E[L] = Σ q^holders; its interval draws who leaves, since one person may hold several skills, and the turnover itself."""
    held = {skill: sorted(people) for skill, people in sorted(holders.items()) if people}
    chance = random.Random(seed)  # noqa: S311 - not a secret
    everybody = sorted({person for people in held.values() for person in people})
    lost = []
    for _draw in range(DRAWS):
        share = chance.triangular(leaving.low, leaving.high, leaving.share)
        gone = {person for person in everybody if chance.random() < share}
        lost.append(sum(gone.issuperset(people) for people in held.values()))
    lost.sort()
    by_holders: dict[int, int] = {}
    for people in held.values():
        by_holders[min(len(people), 3)] = by_holders.get(min(len(people), 3), 0) + 1
    expected = sum(leaving.share ** len(people) for people in held.values())
    return Risk(expected, lost[DRAWS // 10], lost[-DRAWS // 10], by_holders)


@dataclass(frozen=True)
class Transmission:
    """Passing a skill on to one more colleague: how much less is expected to be lost."""

    skill: str
    saves: float
    waiting: int


def transmissions(
    holders: Mapping[str, Collection[str]], leaving: Turnover, waiting: Mapping[str, int], most: int = 8
) -> list[Transmission]:
    """Those that lower the expected loss most, what colleagues wait for first when they save as much."""
    found = [
        Transmission(skill, leaving.share ** len(people) - leaving.share ** (len(people) + 1), waiting.get(skill, 0))
        for skill, people in holders.items()
        if people
    ]
    return sorted(found, key=lambda one: (-round(one.saves, 6), -one.waiting, one.skill))[:most]
