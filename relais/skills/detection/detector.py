"""Text and language in; skills with their score, the chance that a reader would accept them, and the words that show them, out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from relais.skills.detection.features import Candidates, look, names_of, phrases_of
from relais.skills.detection.index import Index
from relais.skills.detection.ranker import Weights
from relais.skills.detection.vectors import Meanings
from relais.skills.detection.words import LANGUAGES, Language, form, forms, full_words, stem, words

LONGEST = 500  # characters: what a text is about is told at its start; the rest tells of everything


@dataclass(frozen=True)
class Found:
    """A skill that a text may be about. `words`: those of the text that name it; empty when only its meaning does."""

    key: str
    score: float
    chance: float
    detected: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Detector:
    """What is needed to look at a text: the index, the weights, and the models of meaning in use (none: words alone)."""

    index: Index
    weights: Weights
    meanings: Mapping[str, Meanings] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if list(self.weights.features) != names_of(self.meanings):
            raise ValueError("these weights were learnt with other features")

    def detect(self, text: str, language: Language, limit: int = 10) -> list[Found]:
        """The skills of a text, the most likely first."""
        text = text[:LONGEST]
        found = look_with(self.index, self.meanings, text, language)
        scores, chances = self.weights.judge(found.seen)
        best = np.argsort(-scores, kind="stable")[:limit]
        shown = self._words(text, [int(found.entries[at]) for at in best])
        return [
            Found(
                key=self.index.keys[found.entries[at]],
                score=float(scores[at]),
                chance=float(chances[at]),
                detected=bool(chances[at] >= self.weights.threshold and words),
                words=words,
            )
            for at, words in zip(best, shown, strict=True)
        ]

    def _words(self, text: str, entries: Iterable[int]) -> list[tuple[str, ...]]:
        """For each entry, the words of the text that its names, or the community's names for it, share."""
        spoken = {code: [(stem(word.lower, code), text[word.start : word.end]) for word in full_words(text, code)] for code in LANGUAGES}
        own = self._said_of(text)
        return [self._shown(spoken, entry, own.get(entry, {})) for entry in entries]

    def _said_of(self, text: str) -> dict[int, dict[str, None]]:
        """For each entry, the words of the community's phrases that were said of it."""
        found: dict[int, dict[str, None]] = {}
        written = {form(word.folded): text[word.start : word.end] for word in words(text)}
        said = phrases_of(forms(text))
        for code in LANGUAGES:
            postings = self.index.phrases[code]
            for phrase in sorted(said & postings.terms.keys()):
                for skill in postings.rows_of(phrase):
                    for entry in self.index.targets[skill]:
                        found.setdefault(int(entry), {}).update(dict.fromkeys(written[one] for one in phrase.split()))
        return found

    def _shown(self, spoken: Mapping[Language, list[tuple[str, str]]], entry: int, phrases: Mapping[str, None]) -> tuple[str, ...]:
        named = [word for code, said in spoken.items() for one, word in said if self._names(entry, one, code)]
        return tuple(dict.fromkeys([*phrases, *named]))

    def _names(self, entry: int, term: str, language: str) -> bool:
        return entry in self.index.postings[f"names-{language}"].rows_of(term)


def look_with(index: Index, meanings: Mapping[str, Meanings], text: str, language: Language, without: Collection[int] = ()) -> Candidates:
    """The candidates of a text, unjudged: what learning starts from."""
    close = {model: one.close(text, language) for model, one in meanings.items()}
    return look(index, text, language, close, without)
