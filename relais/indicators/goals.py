"""From where a community stands to a goal it can reach: three scenarios, and a refusal that says what could be reached. Pure computation.

Known trajectories (METHOD 3.2) are a declared family: Bass diffusions around METHOD 3.1's default path, whose ceiling follows the
collaborative maturity and whose imitation follows the hours that animators give beside those the perimeter needs. They start where the
community stands, and those that grew lately as it did weigh more. A goal above what nine in ten of them do is refused.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from relais.indicators.forecast import Array, Forecast, bass, logit
from relais.indicators.trajectory import CEILING, IMITATION, INNOVATION

DRAWS, SEED = 3_000, 7
LONGEST = 36  # months
CEILINGS = (0.28, 0.34, CEILING, 0.50)  # of the four stages of maturity; unknown: the second
UNKNOWN_STAGE = 1
SPREAD = (0.5, 0.4, 0.25)  # sd of the logarithms of innovation, imitation and ceiling
HOURS_A_PERSON = 0.3 * 2 / 25  # a week: two hours for 25 engaged people, at 30% (METHOD 3.7)
WITHOUT_ANIMATORS = 0.5  # what is left of imitation when nobody animates
TREND_SD = 0.12  # how close a trajectory's last growth must be to the community's, in logits a month
PRUDENT, TARGET, AMBITIOUS, LIMIT = 0.25, 0.50, 0.80, 0.90
SURE_TO_MISS = "below"


@dataclass(frozen=True)
class Start:
    """Where one starts: share, people, stage of maturity (0 to 3), animators' hours a week, and lately's growth, in logits a month."""

    share: float
    people: int
    stage: int | None = None
    hours: float | None = None
    growth: float | None = None


@dataclass(frozen=True)
class Scenario:
    """A goal that can be reached, with its path: the share at the end of each month."""

    name: str
    path: list[float]

    @property
    def value(self) -> float:
        return self.path[-1]


@dataclass(frozen=True)
class Judgement:
    """Whether a goal can be reached; what could be by that day, and after how many months the goal itself could."""

    attainable: bool
    nearest: float
    months: int | None


def growth_of(shares: Sequence[float | None], months: int = 3) -> float | None:
    """How much the share grew a month, in logits, over the last months known."""
    known = [(number, share) for number, share in enumerate(shares) if share is not None][-(months + 1) :]
    if len(known) < 2:
        return None
    (first, before), (last, after) = known[0], known[-1]
    return float((logit(np.array(after)) - logit(np.array(before))) / (last - first))


def _family(start: Start) -> tuple[Array, Array]:
    """Trajectories from the start on, one a row, and what each weighs."""
    dice = np.random.default_rng(SEED)
    stage = UNKNOWN_STAGE if start.stage is None else start.stage
    needed = HOURS_A_PERSON * start.people
    covered = 1.0 if start.hours is None else min(start.hours / needed, 1.0) if needed else 1.0
    middles = INNOVATION, IMITATION * (WITHOUT_ANIMATORS + (1 - WITHOUT_ANIMATORS) * covered), CEILINGS[stage]
    innovation, imitation, ceiling = (middle * np.exp(dice.normal(0, sd, DRAWS)) for middle, sd in zip(middles, SPREAD, strict=True))
    ceiling = np.minimum(np.maximum(ceiling, start.share * 1.02 + 0.01), 0.95)  # nobody's ceiling lies under where they stand
    path = bass(innovation, imitation, ceiling, 120)
    reached = (path < start.share).sum(axis=1).clip(max=120 - LONGEST - 1)
    ahead = np.stack([path[np.arange(DRAWS), reached + month] for month in range(LONGEST + 1)], axis=1)
    shifted = np.minimum(start.share + ahead - ahead[:, :1], ceiling[:, None])
    weights = np.ones(DRAWS)
    if start.growth is not None:
        steps = logit(shifted[:, 1]) - logit(shifted[:, 0])
        weights = np.exp(-0.5 * ((steps - max(start.growth, 0.0)) / TREND_SD) ** 2) + 0.01
    return shifted[:, 1:], weights / weights.sum()


def _quantiles(paths: Array, weights: Array, level: float) -> Array:
    """The weighted quantile of each month."""
    order = np.argsort(paths, axis=0)
    cumulated = np.cumsum(weights[order], axis=0)
    at = (cumulated < level).sum(axis=0).clip(max=len(paths) - 1)
    months = np.arange(paths.shape[1])
    return np.asarray(paths[order[at, months], months])


def scenarios(start: Start, months: int) -> list[Scenario]:
    """Prudent, target and ambitious, until so many months from now."""
    paths, weights = _family(start)
    levels = {"prudent": PRUDENT, "target": TARGET, "ambitious": AMBITIOUS}
    return [Scenario(name, _quantiles(paths, weights, level)[:months].round(4).tolist()) for name, level in levels.items()]


def judge(start: Start, value: float, months: int) -> Judgement:
    """Whether this value can be reached by then; if nine in ten known trajectories stay below, what can be, and when this one can."""
    paths, weights = _family(start)
    limit = _quantiles(paths, weights, LIMIT)
    nearest = float(np.floor(limit[months - 1] * 1000) / 1000)
    reaching = np.flatnonzero(limit >= value)
    return Judgement(bool(value <= limit[months - 1]), nearest, int(reaching[0]) + 1 if len(reaching) else None)


def path_to(start: Start, value: float, months: int) -> list[float]:
    """The monthly path to a goal: the shape of the scenario that ends nearest to it, stretched to end on it."""
    nearest = min(scenarios(start, months), key=lambda each: abs(each.value - value))
    span = nearest.value - start.share
    parts = [(share - start.share) / span for share in nearest.path] if span > 0 else [(n + 1) / months for n in range(months)]
    return [round(start.share + part * (value - start.share), 4) for part in parts]


def alert(made: Forecast, value: float, months: int) -> str | None:
    """Whether the 80% band leaves a goal out: `below` when it ends under it, `above` when it ends over it; None when it holds it."""
    low, high = made.low[months - 1], made.high[months - 1]
    return SURE_TO_MISS if high < value else "above" if low > value else None


def pace_of(values: Sequence[float | None], *, up: bool) -> float | None:
    """The best pace it kept, a month, in the wished direction: the P90 of its changes over three months; None before there are three."""
    known = [(number, value) for number, value in enumerate(values) if value is not None]
    changes = [(after - before) / 3 for number, before in known for later, after in known if later - number == 3]
    if len(changes) < 3:
        return None
    return max(float(np.quantile([change if up else -change for change in changes], LIMIT)), 0.0)


def judge_pace(value: float, wished: float, pace: float, months: int) -> Judgement:
    """Whether a goal asks for no more than that pace; otherwise what it could be by then, and when it could be there."""
    asked, way = abs(wished - value), 1 if wished >= value else -1
    needed = math.ceil(round(asked / pace, 9)) if pace else None
    return Judgement(asked <= pace * months + 1e-9, value + way * pace * months, needed if needed and needed <= LONGEST else None)
