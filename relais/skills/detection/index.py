"""The skills as arrays: which words name them, in which language, and how rare these words are. Kept in one file, read in a moment."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relais.core.files import written_whole
from relais.skills.detection.translation import learn_translation
from relais.skills.detection.words import LANGUAGES, Language, forms, roots, stems

Floats = NDArray[np.floating[Any]]
FORMAT = "3"
K1, B = 1.0, 0.5  # BM25: how fast a repeated word stops counting, how much a long entry is discounted
REUSES = ("transversal", "cross-sector", "sector-specific", "occupation-specific")
COLLECTIONS = ("digital", "green", "language", "transversal")
FACTS = (*REUSES, "occupations", *(f"in {name}" for name in COLLECTIONS), "knowledge", "long name", "no French", "other names")
_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Entry:
    """Something that can be found: a concept of a reference, or a skill of the community that none of them covers."""

    key: str
    names: Mapping[Language, Sequence[str]]  # the preferred one first
    descriptions: Mapping[Language, str] = field(default_factory=dict)
    reuse: str = ""
    collections: frozenset[str] = frozenset()
    occupations: int = 0
    kind: str = ""


@dataclass(frozen=True)
class OwnSkill:
    """How the community calls something, and which entries it stands for: the closest first."""

    key: str
    names: Mapping[Language, Sequence[str]]
    entries: Sequence[str]


@dataclass
class Postings:
    """Which rows each term stands in, and what it is worth there."""

    rows: int
    terms: dict[str, int]
    offsets: NDArray[np.int64]
    ids: NDArray[np.int32]
    worth: Floats
    rarity: Floats  # of each term: inverse document frequency

    def score(self, query: Mapping[str, float]) -> Floats:
        """What a weighted query is worth in each row."""
        total = np.zeros(self.rows, np.float32)
        for term, weight in query.items():
            if (at := self.terms.get(term)) is not None:
                here = self.here(at)
                total[self.ids[here]] += weight * self.worth[here]
        return total

    def here(self, at: int) -> slice:
        """Where the rows of a term, known by its number, stand in `ids` and `worth`."""
        return slice(int(self.offsets[at]), int(self.offsets[at + 1]))

    def rows_of(self, term: str) -> NDArray[np.int32]:
        """The rows that a term stands in, in order; none of an unknown one."""
        at = self.terms.get(term)
        return self.ids[:0] if at is None else self.ids[self.here(at)]

    def rarity_of(self, term: str, otherwise: float = 9.0) -> float:
        at = self.terms.get(term)
        return otherwise if at is None else float(self.rarity[at])


def bm25(documents: Sequence[Sequence[str]]) -> Postings:
    """Postings of documents, weighed by BM25 (Robertson and Zaragoza 2009)."""
    lengths = np.array([len(terms) for terms in documents], np.float32)
    filled = int((lengths > 0).sum())
    average = max(float(lengths.sum()) / max(filled, 1), 1.0)

    def worth(rarity: float, ids: NDArray[np.int32], times: Floats) -> Floats:
        return rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[ids] / average))

    return _postings(documents, filled, worth)


def plain(documents: Sequence[Sequence[str]], rarity_of: Callable[[str], float]) -> Postings:
    """Postings in which a term is worth its rarity elsewhere, once a document."""
    found = _postings(documents, 1, lambda _rarity, _ids, times: np.ones_like(times))
    rarity = np.array([rarity_of(term) for term in found.terms], np.float32)
    return Postings(found.rows, found.terms, found.offsets, found.ids, np.repeat(rarity, np.diff(found.offsets)), rarity)


def _postings(documents: Sequence[Sequence[str]], filled: int, worth: Callable[[float, Any, Any], Floats]) -> Postings:
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, terms in enumerate(documents):
        for term, times in Counter(terms).items():
            where[term].append((row, times))
    offsets, ids, weights, rarities = [0], [np.zeros(0, np.int32)], [np.zeros(0, np.float32)], []
    for found in where.values():
        rarity = math.log(1 + max(filled - len(found), 0) / (len(found) + 0.5) + 0.5 / (len(found) + 0.5))
        rows = np.array([row for row, _times in found], np.int32)
        counts = np.array([count for _row, count in found], np.float32)
        offsets.append(offsets[-1] + len(found))
        ids.append(rows)
        weights.append(worth(rarity, rows, counts))
        rarities.append(rarity)
    return Postings(
        len(documents),
        {term: at for at, term in enumerate(where)},
        np.array(offsets, np.int64),
        np.concatenate(ids),
        np.concatenate(weights).astype(np.float32),
        np.array(rarities, np.float32),
    )


@dataclass
class Names:
    """The names of the entries, one by one: which of them are said in a text, and how completely."""

    postings: Postings  # a row a name
    whole: Floats  # what the name is worth when all its words are there
    starts: NDArray[np.int64]  # where the names of an entry start
    entry: NDArray[np.int32]  # whose they are

    def said(self, query: Mapping[str, float], rows: int) -> tuple[Floats, Floats, Floats]:
        """An entry's best name: its worth, how much of it was said (0 to 1), and its worth when all of it was."""
        worth = self.postings.score(query)
        share = worth / self.whole
        whole = np.where(share > 0.99, worth, 0)
        return self._best(worth * share * share, rows), self._best(share, rows), self._best(whole, rows)

    def _best(self, score: Floats, rows: int) -> Floats:
        best = np.zeros(rows, np.float32)
        if len(self.starts):
            best[self.entry] = np.maximum.reduceat(score, self.starts)
        return best


@dataclass
class Index:
    """Everything that is looked up, for entries in a fixed order."""

    keys: list[str]
    names: dict[str, Names]
    postings: dict[str, Postings]  # names-fr, names-en, roots-fr, roots-en, texts-en
    phrases: dict[str, Postings]  # a row a skill of the community: its names, as whole phrases
    topics: dict[str, Postings]  # the same rows: all its words
    translation: Postings  # French stems: rows are English stems
    english: list[str]
    facts: Floats
    skills: list[str]
    targets: NDArray[np.int32]  # of each skill: its entries, the closest first, -1 for none

    def save(self, path: Path) -> None:
        """Write the index to a file, all at once."""
        arrays: dict[str, Any] = {"format": FORMAT, "keys": self.keys, "english": self.english, "facts": self.facts}
        arrays |= {"skills": self.skills, "targets": self.targets}
        for name, postings in self._all_postings().items():
            arrays |= {f"{name}:{part}": value for part, value in _taken_apart(postings).items()}
        for language, names in self.names.items():
            arrays |= {f"said-{language}:{part}": getattr(names, part) for part in ("whole", "starts", "entry")}
        with written_whole(path) as partial, partial.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **{name: np.array(value) for name, value in arrays.items()})

    def _all_postings(self) -> dict[str, Postings]:
        return {
            **self.postings,
            **{f"phrases-{language}": one for language, one in self.phrases.items()},
            **{f"topics-{language}": one for language, one in self.topics.items()},
            **{f"said-{language}": one.postings for language, one in self.names.items()},
            "translation": self.translation,
        }

    @classmethod
    def load(cls, path: Path) -> Index:
        """Read an index back; a file of another format is refused with ValueError."""
        with np.load(path) as stored:
            arrays = {name: stored[name] for name in stored.files}
        if str(arrays.get("format")) != FORMAT:
            raise ValueError(f"{path.name} was written by another version")
        told = {name: _put_together(arrays, name) for name in {key.split(":")[0] for key in arrays if ":" in key}}
        return cls(
            keys=arrays["keys"].tolist(),
            names={
                code: Names(told[f"said-{code}"], *(arrays[f"said-{code}:{part}"] for part in ("whole", "starts", "entry")))
                for code in LANGUAGES
            },
            postings={name: one for name, one in told.items() if name.startswith(("names", "roots", "texts"))},
            phrases={code: told[f"phrases-{code}"] for code in LANGUAGES},
            topics={code: told[f"topics-{code}"] for code in LANGUAGES},
            translation=told["translation"],
            english=arrays["english"].tolist(),
            facts=arrays["facts"],
            skills=arrays["skills"].tolist(),
            targets=arrays["targets"],
        )


def _taken_apart(postings: Postings) -> dict[str, Any]:
    terms = "\n".join(postings.terms)
    return {"rows": postings.rows, "terms": terms} | {part: getattr(postings, part) for part in ("offsets", "ids", "worth", "rarity")}


def _put_together(arrays: Mapping[str, Any], name: str) -> Postings:
    text = str(arrays[f"{name}:terms"])
    terms = {term: at for at, term in enumerate(text.split("\n"))} if text else {}
    rest = (arrays[f"{name}:{part}"] for part in ("offsets", "ids", "worth", "rarity"))
    return Postings(int(arrays[f"{name}:rows"]), terms, *rest)


def build(entries: Sequence[Entry], skills: Sequence[OwnSkill] = ()) -> Index:
    """The index of some entries and of the community's own words for them."""
    known = {entry.key: at for at, entry in enumerate(entries)}
    named = {code: [_names(entry, code) for entry in entries] for code in LANGUAGES}
    stemmed = {code: [[stems(name, code) for name in names] for names in named[code]] for code in LANGUAGES}
    postings = {f"names-{code}": bm25([_flat(names) for names in stemmed[code]]) for code in LANGUAGES}
    postings |= {f"roots-{code}": bm25([_flat(roots(name, code) for name in names) for names in named[code]]) for code in LANGUAGES}
    postings["texts-en"] = bm25([stems(entry.descriptions.get("en", ""), "en") for entry in entries])
    translation, english = learn_translation(list(_pairs(stemmed["fr"], stemmed["en"])))
    return Index(
        keys=[entry.key for entry in entries],
        names={code: _said(stemmed[code], postings[f"names-{code}"]) for code in LANGUAGES},
        postings=postings,
        phrases={code: _phrases(skills, code, postings[f"names-{code}"]) for code in LANGUAGES},
        topics={code: bm25([_flat(stems(name, code) for name in skill.names.get(code, ())) for skill in skills]) for code in LANGUAGES},
        translation=_translation(translation),
        english=english,
        facts=np.array([_facts(entry) for entry in entries], np.float32).reshape(len(entries), len(FACTS)),
        skills=[skill.key for skill in skills],
        targets=_targets(skills, known),
    )


def _names(entry: Entry, language: Language) -> list[str]:
    """The names of an entry; one with a remark in brackets is also known without it."""
    names = entry.names.get(language, ())
    return list(dict.fromkeys([*names, *(_BRACKETS.sub("", name) for name in names[:1])]))


def _flat(lists: Iterable[Sequence[str]]) -> list[str]:
    return [term for terms in lists for term in terms]


def _pairs(french: Sequence[Sequence[list[str]]], english: Sequence[Sequence[list[str]]]) -> Iterable[tuple[list[str], list[str]]]:
    """Names of one entry in both languages: what translation is learnt from."""
    for ours, theirs in zip(french, english, strict=True):
        if ours and theirs:
            yield from ((ours[0], name) for name in theirs[:5])
            yield from ((name, theirs[0]) for name in ours[1:5])


def _said(stemmed: Sequence[Sequence[list[str]]], rarity: Postings) -> Names:
    rows = [(entry, sorted(set(name))) for entry, names in enumerate(stemmed) for name in names if name]
    postings = plain([terms for _entry, terms in rows], rarity.rarity_of)
    whole = np.array([max(sum(rarity.rarity_of(term) for term in terms), 0.1) for _entry, terms in rows], np.float32)
    entry = np.array([entry for entry, _terms in rows], np.int32)
    starts = np.flatnonzero(np.diff(entry, prepend=-1))
    return Names(postings, whole, starts.astype(np.int64), entry[starts])


def _phrases(skills: Sequence[OwnSkill], language: Language, rarity: Postings) -> Postings:
    """The names of the community's skills, word for word; a name that several share is worth less."""
    found = [sorted({" ".join(forms(name)) for name in skill.names.get(language, ())} - {""}) for skill in skills]
    shared = Counter(_flat(found))

    def worth(phrase: str) -> float:
        told = sum(rarity.rarity_of(term) for term in stems(phrase, language))
        return max(told, 1.0) / math.sqrt(shared[phrase])

    return plain(found, worth)


def _translation(learnt: Mapping[str, Mapping[int, float]]) -> Postings:
    offsets = np.cumsum([0, *(len(words) for words in learnt.values())])
    ids = np.array([word for words in learnt.values() for word in words], np.int32)
    chance = np.array([chance for words in learnt.values() for chance in words.values()], np.float32)
    return Postings(0, {term: at for at, term in enumerate(learnt)}, offsets, ids, chance, np.zeros(len(learnt), np.float32))


def _facts(entry: Entry) -> list[float]:
    name = next((entry.names[code][0] for code in LANGUAGES if entry.names.get(code)), "")
    return [
        *(entry.reuse == reuse for reuse in REUSES),
        math.log1p(entry.occupations),
        *(collection in entry.collections for collection in COLLECTIONS),
        entry.kind == "knowledge",
        math.log1p(len(name.split())),
        not entry.names.get("fr"),
        min(sum(len(names) - 1 for names in entry.names.values() if names), 15) / 10,
    ]


def _targets(skills: Sequence[OwnSkill], known: Mapping[str, int]) -> NDArray[np.int32]:
    found = [[known[key] for key in skill.entries if key in known] for skill in skills]
    width = max((len(entries) for entries in found), default=1) or 1
    return np.array([entries + [-1] * (width - len(entries)) for entries in found], np.int32).reshape(len(skills), width)
