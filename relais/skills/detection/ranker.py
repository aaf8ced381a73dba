"""A linear ranking: what each feature weighs, learnt from texts whose skills are known. Its weights are a small JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
ROUNDS = 400
STEP = 0.05
RIGHT, NEAR, WRONG = 1.0, 0.5, 0.0
NEVER = 1.1  # a threshold that no chance reaches
ADDED = ("score", "score, share", "score, ahead")  # what the decision to tag sees beside the features


@dataclass(frozen=True)
class Example:
    """What was seen of a text's candidates, and what they are: right, near (neither right nor wrong) or wrong."""

    seen: Numbers
    truth: Numbers
    weight: float = 1.0


@dataclass(frozen=True)
class Linear:
    """Weights of standardised features: `(x - mean) / scale · weight + bias`."""

    mean: Numbers
    scale: Numbers
    weight: Numbers
    bias: float = 0.0

    def __call__(self, seen: Numbers) -> Numbers:
        scores: Numbers = ((seen - self.mean) / self.scale) @ self.weight + self.bias
        return scores

    def told(self) -> dict[str, Any]:
        """As it is written to the file."""
        columns = zip(self.mean, self.scale, self.weight, strict=True)
        return {"bias": round(self.bias, 4), "weights": [[round(float(number), 5) for number in column] for column in columns]}

    @classmethod
    def read(cls, told: dict[str, Any]) -> Linear:
        mean, scale, weight = np.array(told["weights"], np.float64).T
        return cls(mean, scale, weight, told["bias"])


@dataclass(frozen=True)
class Weights:
    """How candidates are ordered, and from which chance on one is proposed as detected without asking."""

    features: tuple[str, ...]
    order: Linear
    tag: Linear
    threshold: float

    def to_json(self) -> dict[str, Any]:
        """As it is written to the file, which `from_json` reads back."""
        told = {"features": list(self.features), "threshold": round(self.threshold, 4)}
        return {**told, "order": self.order.told(), "tag": self.tag.told()}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Weights:
        """Read weights back; those of other features are refused with ValueError."""
        try:
            read = cls(tuple(told["features"]), Linear.read(told["order"]), Linear.read(told["tag"]), float(told["threshold"]))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise ValueError("not the weights of a detection") from error
        if len(read.order.weight) != len(read.features) or len(read.tag.weight) != len(read.features) + len(ADDED):
            raise ValueError("the weights and the names of the features do not go together")
        return read

    def judge(self, seen: Numbers) -> tuple[Numbers, Numbers]:
        """The score of each candidate, and the chance that a reader would accept it."""
        scores = self.order(seen)
        return scores, chances(self.tag(with_scores(seen, scores)))


def with_scores(seen: Numbers, scores: Numbers) -> Numbers:
    """The features with the score beside them, its share of all, and how far it is ahead of the next."""
    if not len(scores):
        return np.zeros((0, seen.shape[1] + len(ADDED)))
    share = np.exp(scores - scores.max())
    order = np.sort(scores)[::-1]
    following = order[np.minimum(np.searchsorted(-order, -scores, side="right"), len(order) - 1)]
    return np.column_stack([seen, scores, share / share.sum(), scores - following])


def chances(scores: Numbers) -> Numbers:
    """From log-odds to chances."""
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def learn_order(examples: Sequence[Example], ridge: float = 5.0) -> Linear:
    """Weights under which what is right comes before what is wrong: a softmax of each right one against all wrong ones of its text."""
    mean, scale = _standard(examples)
    seen = (np.concatenate([one.seen for one in examples]) - mean) / scale
    truth = np.concatenate([one.truth for one in examples])
    sizes = [len(one.seen) for one in examples]
    starts, text = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(examples)), sizes)
    right, wrong = truth == RIGHT, truth == WRONG
    share = np.array([one.weight for one in examples])[text] / np.maximum(np.add.reduceat(right * 1.0, starts), 1)[text]

    def slope(weight: Numbers) -> Numbers:
        scores = seen @ weight
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[text])
        against = np.add.reduceat(odds * wrong, starts)[text]
        pulled = np.where(right, share / (against + odds), 0)
        pushed = np.add.reduceat(pulled, starts)[text]
        found: Numbers = seen.T @ (np.where(wrong, odds * pushed, 0) - pulled * against) + ridge * weight
        return found / len(examples)

    return Linear(mean, scale, _descend(slope, seen.shape[1]))


def learn_tag(examples: Sequence[Example], ridge: float = 20.0) -> Linear:
    """A logistic regression: whether a reader would accept a candidate (right or near), among the first ten of its text."""
    mean, scale = _standard(examples)
    seen = np.column_stack([np.ones(sum(len(one.seen) for one in examples)), np.concatenate([(o.seen - mean) / scale for o in examples])])
    accepted = np.concatenate([one.truth > WRONG for one in examples])
    weight = np.concatenate([np.full(len(one.truth), one.weight) for one in examples])
    held = ridge * np.r_[0.0, np.ones(seen.shape[1] - 1)]

    def slope(given: Numbers) -> Numbers:
        found: Numbers = seen.T @ (weight * (chances(seen @ given) - accepted)) + held * given
        return found / float(weight.sum())

    learnt = _descend(slope, seen.shape[1])
    return Linear(mean, scale, learnt[1:], float(learnt[0]))


def threshold_for(chance: Numbers, accepted: Numbers, weight: Numbers, wanted: float) -> float:
    """The lowest chance from which on the wanted share was accepted; above 1 when there is none."""
    order = np.argsort(-chance)
    shares = np.cumsum((accepted * weight)[order]) / np.cumsum(weight[order])
    enough = np.flatnonzero(shares >= wanted)
    return float(chance[order][enough[-1]]) if len(enough) else NEVER


def read_weights(text: str) -> dict[str, Weights]:
    """Weights by mode, from a file; ValueError when it is none."""
    return {mode: Weights.from_json(told) for mode, told in json.loads(text).items()}


def write_weights(weights: dict[str, Weights]) -> str:
    """Weights by mode, as `read_weights` reads them."""
    return json.dumps({mode: one.to_json() for mode, one in weights.items()}, indent=None, separators=(",", ":")) + "\n"


def _standard(examples: Sequence[Example]) -> tuple[Numbers, Numbers]:
    every = np.concatenate([one.seen for one in examples])
    return every.mean(axis=0), every.std(axis=0) + 1e-3


def _descend(slope: Any, size: int) -> Numbers:
    """The lowest point of a convex function, by its slope (Adam, Kingma and Ba 2015)."""
    weight, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for number in range(1, ROUNDS + 1):
        here = slope(weight)
        first, second = 0.9 * first + 0.1 * here, 0.999 * second + 0.001 * here * here
        weight -= STEP * (first / (1 - 0.9**number)) / (np.sqrt(second / (1 - 0.999**number)) + 1e-8)
    return weight
