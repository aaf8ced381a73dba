"""A community of people who start, act, tire, come back or leave, month by month; and how many of them are engaged."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MONTHS = 30
AUGUST = 0.45  # what is left of a month's acts
STORIES = ("diffusion", "plateau", "sponsor leaves", "late start", "campaigns")


def engaged_shares(people: int, dice: np.random.Generator) -> tuple[str, NDArray[np.float64]]:
    """The share engaged at the end of each month, and the story behind it: three acts or more over two months of the last three."""
    story = STORIES[dice.integers(len(STORIES))]
    acts = dice.poisson(_rates(people, story, dice))
    window = np.stack([acts, _shifted(acts, 1), _shifted(acts, 2)])
    engaged = (window.sum(axis=0) >= 3) & ((window > 0).sum(axis=0) >= 2)
    return story, engaged.mean(axis=0)


def _shifted(acts: NDArray[np.int64], months: int) -> NDArray[np.int64]:
    return np.pad(acts, ((0, 0), (months, 0)))[:, :MONTHS]


def _rates(people: int, story: str, dice: np.random.Generator) -> NDArray[np.float64]:
    """How many acts one expects of each person in each month."""
    taste = dice.gamma(0.9, 2.8, (people, 1))  # some do much, many little
    rates = taste * _lived(_begun(people, story, dice), dice) * np.exp(dice.normal(0, 0.12, MONTHS))
    rates[:, (np.arange(MONTHS) + dice.integers(12)) % 12 == 7] *= AUGUST
    if story == "sponsor leaves":
        rates[:, dice.integers(6, 24) :] *= dice.uniform(0.4, 0.7)
    if story == "campaigns":
        rates[:, dice.choice(MONTHS, 4, replace=False)] *= dice.uniform(1.3, 1.8)
    return np.asarray(rates)


def _begun(people: int, story: str, dice: np.random.Generator) -> NDArray[np.int64]:
    """The month each person starts in, or one that never comes: alone, or because others did."""
    innovation, imitation = np.exp(dice.uniform(np.log([0.015, 0.1]), np.log([0.09, 0.6])))
    ceiling = dice.uniform(0.25, 0.85) * (0.6 if story == "plateau" else 1)
    late = dice.integers(3, 9) if story == "late start" else 0
    willing, month = dice.random(people) < ceiling, np.full(people, MONTHS)
    for now in range(MONTHS):
        reached = (month < now).mean() / ceiling
        hazard = (0.004 if now < late else innovation) + imitation * reached
        month[(month == MONTHS) & willing & (dice.random(people) < hazard)] = now
    return month


def _lived(begun: NDArray[np.int64], dice: np.random.Generator) -> NDArray[np.float64]:
    """1 while a person is at it, 0 otherwise: they tire after some months, and one in three comes back."""
    months, stay = np.arange(MONTHS), dice.geometric(dice.uniform(0.02, 0.08), len(begun))
    back = np.where(dice.random(len(begun)) < 0.35, begun + stay + dice.integers(2, 8, len(begun)), MONTHS)
    first = (months >= begun[:, None]) & (months < (begun + stay)[:, None])
    return np.asarray(first | (months >= back[:, None]), dtype=float)
