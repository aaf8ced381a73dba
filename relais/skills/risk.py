"""Knowledge at risk: how many skills a year's departures may take away, and which transmissions lower it most (F19, METHOD 3.8). Pure.

A skill is lost when everybody who holds it leaves. Each person leaves with the same chance, the turnover of all: nobody is predicted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from relais.core.intervals import wilson
from relais.core.suppression import K

USUAL_TURNOVER = 0.15  # when too few people left to tell (METHOD 3.8)
DRAWS = 1000


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
    by_holders: Mapping[int, int]


def turnover(departed: int, people: int) -> Turnover:
    """From a year's departures; under five of them, the usual share stands in, between half and one and a half of it."""
    if departed < K or people < departed:
        return Turnover(USUAL_TURNOVER, USUAL_TURNOVER / 2, USUAL_TURNOVER * 1.5, known=False)
    low, high = wilson(departed, people)
    return Turnover(departed / people, low, high, known=True)


def risk(holders: Mapping[str, Collection[str]], leaving: Turnover, seed: int = 1) -> Risk:
    """E[L] = Σ q^holders; its interval draws who leaves, since one person may hold several skills, and the turnover itself."""
    held = {skill: people for skill, people in sorted(holders.items()) if people}
    places = {person: at for at, person in enumerate(sorted({person for people in held.values() for person in people}))}
    chance = np.random.default_rng(seed)
    share = chance.triangular(leaving.low, leaving.share, leaving.high, (DRAWS, 1)) if leaving.low < leaving.high else leaving.share
    gone = chance.random((DRAWS, len(places))) < share
    lost = np.zeros(DRAWS, np.int64)
    for people in held.values():
        lost += gone[:, [places[person] for person in people]].all(axis=1)
    low, high = np.quantile(lost, (0.1, 0.9), method="nearest")
    expected = sum(leaving.share ** len(people) for people in held.values())
    return Risk(expected, int(low), int(high), Counter(min(len(people), 3) for people in held.values()))


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
