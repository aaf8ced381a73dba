"""What can be seen of a text and of each skill it may be about: from several sides, each told by its score, its share and its rank."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relais.skills.detection.index import FACTS, Floats, Index
from relais.skills.detection.words import LANGUAGES, Language, forms, roots, stems

KEPT = 60  # best entries of each side that become candidates
LONGEST_PHRASE = 6
WORDS = ("own names", "other names", "roots", "translated names", "translated texts", "said", "said whole", "said elsewhere")
COMMUNITY = ("phrase first", "phrase", "phrases", "topic first", "topic")
REPEATED = 0.3  # what each further time adds to a word


@dataclass(frozen=True)
class Candidates:
    """The entries a text may be about, and what was seen of each: a row an entry, a column a feature."""

    entries: NDArray[np.int64]
    seen: NDArray[np.float64]


def names_of(meanings: Collection[str] = ()) -> list[str]:
    """The names of the features, in order; `meanings` are those of the models in use."""
    sides = [*WORDS, *COMMUNITY, *(f"{model} {part}" for model in meanings for part in ("name", "best name", "text"))]
    return [f"{side}{what}" for side in sides for what in ("", ", share", ", rank")] + ["completeness", *FACTS]


def look(
    index: Index,
    text: str,
    language: Language,
    meanings: Mapping[str, Mapping[str, Floats]] | None = None,
    without: Collection[int] = (),
) -> Candidates:
    """Look at a text. `meanings`: by model, how close its meaning is to each entry's; `without`: the community's skills left out."""
    sides = _by_words(index, text, language)
    completeness = sides.pop("completeness")
    sides |= _by_community(index, text, language, frozenset(without))
    for model, close in (meanings or {}).items():
        sides |= {f"{model} {part}": scores for part, scores in close.items()}
    entries = _best(sides.values())
    columns = [column for side in sides.values() for column in _told(side[entries])]
    seen = np.stack([*columns, completeness[entries], *index.facts[entries].T], axis=1).astype(np.float64)
    return Candidates(entries, seen)


def query(terms: list[str]) -> dict[str, float]:
    """A text's terms with their weight."""
    return {term: 1 + REPEATED * (times - 1) for term, times in Counter(terms).items()}


def _by_words(index: Index, text: str, language: Language) -> dict[str, Floats]:
    other = next(one for one in LANGUAGES if one != language)
    mine, theirs = query(stems(text, language)), query(stems(text, other))
    english = translated(index, mine) if language == "fr" else mine
    evened = 1 / math.sqrt(max(len(mine), 1))
    rows = len(index.keys)
    said, completeness, whole = index.names[language].said(mine, rows)
    return {
        "own names": index.postings[f"names-{language}"].score(mine) * evened,
        "other names": index.postings[f"names-{other}"].score(theirs) * evened,
        "roots": index.postings[f"roots-{language}"].score(query(roots(text, language))) * evened,
        "translated names": index.postings["names-en"].score(english) * evened,
        "translated texts": index.postings["texts-en"].score(english) * evened,
        "said": said,
        "said whole": whole,
        "said elsewhere": index.names[other].said(theirs, rows)[0],
        "completeness": completeness,
    }


def translated(index: Index, french: Mapping[str, float]) -> dict[str, float]:
    """A French query in English stems."""
    found: dict[str, float] = {}
    for term, weight in french.items():
        if (at := index.translation.terms.get(term)) is not None:
            here = index.translation.here(at)
            for word, chance in zip(index.translation.ids[here], index.translation.worth[here], strict=True):
                english = index.english[word]
                found[english] = found.get(english, 0.0) + weight * float(chance)
    return found


def _by_community(index: Index, text: str, language: Language, without: frozenset[int]) -> dict[str, Floats]:
    worth, best = said_phrases(index, text, language)
    terms = dict.fromkeys(stems(text, language), 1.0)
    topics = index.topics[language].score(terms) / math.sqrt(max(len(terms), 1))
    worth /= math.sqrt(max(len(terms), 1))
    for scores in (worth, best, topics):
        scores[list(without)] = 0
    first, anywhere = _spread(index, best)
    topic_first, topic = _spread(index, topics)
    return {
        "phrase first": first,
        "phrase": anywhere,
        "phrases": _spread(index, worth)[1],
        "topic first": topic_first,
        "topic": topic,
    }


def said_phrases(index: Index, text: str, language: Language) -> tuple[Floats, Floats]:
    """Of each of the community's skills: what all of its names said in the text are worth, and the best one."""
    worth, best = np.zeros(len(index.skills), np.float32), np.zeros(len(index.skills), np.float32)
    said = phrases_of(forms(text))
    for spoken in LANGUAGES:
        postings = index.phrases[spoken]
        for phrase in sorted(said & postings.terms.keys()):  # in one order, so that the sum is the same everywhere
            at = postings.terms[phrase]
            here = postings.ids[postings.here(at)]
            value = postings.rarity[at] * (1.0 if spoken == language else 0.6)
            worth[here] += value
            best[here] = np.maximum(best[here], value)
    return worth, best


def phrases_of(terms: list[str]) -> set[str]:
    """Every run of up to six words."""
    return {" ".join(terms[at : at + length]) for length in range(1, LONGEST_PHRASE + 1) for at in range(len(terms) - length + 1)}


def _spread(index: Index, scores: Floats) -> tuple[Floats, Floats]:
    """From the community's skills to the entries they stand for: the closest only, and all of them."""
    first, anywhere = np.zeros(len(index.keys), np.float32), np.zeros(len(index.keys), np.float32)
    for skill in np.flatnonzero(scores > 0):
        entries = index.targets[skill]
        entries = entries[entries >= 0]
        first[entries[:1]] = np.maximum(first[entries[:1]], scores[skill])
        anywhere[entries] = np.maximum(anywhere[entries], scores[skill])
    return first, anywhere


def _best(sides: Collection[Floats]) -> NDArray[np.int64]:
    found = set[int]()
    for side in sides:
        top = np.argpartition(-side, KEPT)[:KEPT] if len(side) > KEPT else np.arange(len(side))
        found.update(top[side[top] > 0].tolist())
    return np.array(sorted(found), np.int64)


def _told(scores: Floats) -> tuple[Floats, Floats, Floats]:
    """A side's score, its share of the best one, and one over its rank (softened: the third is worth half the first)."""
    best = float(scores.max(initial=0)) or 1.0
    ranks = np.empty(len(scores), np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return scores, scores / best, 1 / (1 + ranks / 3)
