"""Learns the weights from texts whose skills are known, and says how good they are on texts they were not learnt from."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from relais.skills.detection.detector import LONGEST, look_with
from relais.skills.detection.features import Candidates, names_of
from relais.skills.detection.index import Index
from relais.skills.detection.ranker import (
    NEAR,
    RIGHT,
    WRONG,
    Example,
    Linear,
    Weights,
    learn_order,
    learn_tag,
    threshold_for,
    with_scores,
)
from relais.skills.detection.vectors import Meanings
from relais.skills.detection.words import Language

FOLDS = 5
ALIKE = 0.4  # texts that share this much of their skills are on one topic, and stand in one fold
LEFT_OUT = 0.5  # of the community's skills, at random, for each look: weights must not lean on words that happen to be listed
LOOKS = 2
TAGGABLE = 5  # the first candidates, among which tags are chosen
ACCEPTED = 0.9  # of the tags given on texts that nothing was learnt from


@dataclass(frozen=True)
class Labelled:
    """A text and what it is about, as a person said: `right`, and `near`, which would be accepted too."""

    text: str
    language: Language
    right: frozenset[str]
    near: frozenset[str] = frozenset()
    weight: float = 1.0


@dataclass(frozen=True)
class Looked:
    """A labelled text, looked at several times, each with other words of the community left out; the first with all of them."""

    labelled: Labelled
    whole: Candidates
    partial: tuple[Candidates, ...]
    truths: tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]

    @property
    def teaches(self) -> bool:
        """Whether a right skill was among the candidates, so that something can be learnt from it."""
        return any((truth == RIGHT).any() for truth in self.truths[1:])

    def examples(self) -> list[Example]:
        """What is learnt from it."""
        looks = zip(self.partial, self.truths[1:], strict=True)
        return [Example(look.seen, truth, self.labelled.weight) for look, truth in looks if len(truth)]


def look_all(index: Index, meanings: Mapping[str, Meanings], texts: Sequence[Labelled], seed: int = 1) -> list[Looked]:
    """Look at every text once whole, and a few times with half of the community's words left out."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    looked = []
    for one in texts:
        leaving = [[at for at in range(len(index.skills)) if chance.random() < LEFT_OUT] for _look in range(LOOKS)]
        looks = [look_with(index, meanings, one.text[:LONGEST], one.language, without) for without in ([], *leaving)]
        truths = tuple(np.array([_truth(one, index.keys[at]) for at in look.entries]) for look in looks)
        looked.append(Looked(one, looks[0], tuple(looks[1:]), truths))
    return looked


def _truth(labelled: Labelled, key: str) -> float:
    if key in labelled.right:
        return RIGHT
    return NEAR if key in labelled.near else WRONG


def learn(looked: Sequence[Looked], meanings: Sequence[str], seed: int = 1) -> Weights:
    """Weights learnt from all of these texts; the threshold comes from texts that were held out."""
    numbers = folds([one.labelled for one in looked], seed)
    tried = _learnt_on_others(looked, numbers, meanings)
    chance: list[float] = []
    accepted: list[float] = []
    weight: list[float] = []
    for fold, weights in tried:
        for one, number in zip(looked, numbers, strict=True):
            if number == fold:
                for example in one.examples():
                    scores, chances = weights.judge(example.seen)
                    best = np.argsort(-scores)[:TAGGABLE]
                    chance.extend(chances[best])
                    accepted.extend(example.truth[best] > WRONG)
                    weight.extend([example.weight] * len(best))
    found = _learn(looked, meanings)
    threshold = threshold_for(np.array(chance), np.array(accepted, float), np.array(weight), ACCEPTED)
    return Weights(found.features, found.order, found.tag, threshold)


def _learnt_on_others(looked: Sequence[Looked], numbers: Sequence[int], meanings: Sequence[str]) -> list[tuple[int, Weights]]:
    """For each fold, weights learnt from the others; none where the others teach nothing."""
    others = [(fold, [one for one, number in zip(looked, numbers, strict=True) if number != fold]) for fold in range(FOLDS)]
    return [(fold, _learn(rest, meanings)) for fold, rest in others if any(one.teaches for one in rest)]


def _learn(looked: Sequence[Looked], meanings: Sequence[str]) -> Weights:
    examples = [example for one in looked for example in one.examples()]
    order = learn_order([one for one in examples if (one.truth == RIGHT).any()])
    return Weights(tuple(names_of(meanings)), order, learn_tag([_taggable(one, order) for one in examples]), 1.0)


def _taggable(example: Example, order: Linear) -> Example:
    scores = order(example.seen)
    best = np.argsort(-scores)[:TAGGABLE]
    return Example(with_scores(example.seen, scores)[best], example.truth[best], example.weight)


def folds(texts: Sequence[Labelled], seed: int = 1) -> list[int]:
    """A fold for each text, so that texts on one topic stand in the same."""
    topic = list(range(len(texts)))
    for at, one in enumerate(texts):
        for before in range(at):
            other = texts[before]
            if one.right & other.right and len(one.right & other.right) >= ALIKE * len(one.right | other.right):
                found, kept = topic[at], topic[before]
                topic = [kept if number == found else number for number in topic]
    chance = random.Random(seed)  # noqa: S311 - not a secret
    topics = sorted(set(topic))
    chance.shuffle(topics)
    fold = {number: at % FOLDS for at, number in enumerate(topics)}
    return [fold[number] for number in topic]


def tried_on_others(looked: Sequence[Looked], meanings: Sequence[str], given: Weights | None = None, seed: int = 1) -> float:
    """How often a right skill is among the first five, of those there are (RP@5, 0 to 1); without given weights, learnt on other folds."""
    numbers = folds([one.labelled for one in looked], seed)
    scores: list[float] = []
    for fold, weights in [(fold, given) for fold in range(FOLDS)] if given else _learnt_on_others(looked, numbers, meanings):
        for one, number in zip(looked, numbers, strict=True):
            if number == fold and one.labelled.right:
                best = np.argsort(-weights.order(one.whole.seen), kind="stable")[:5]
                hit = (one.truths[0][best] == RIGHT).sum()
                scores.append(float(hit) / min(5, len(one.labelled.right)))
    return float(np.mean(scores)) if scores else 0.0
