"""Reading what somebody typed into the search box: terms, phrases, exclusions, synonyms, typing slips. No Django here."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

LONGEST = 120
MOST_TERMS = 12
_TOKEN = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
# Words of questions, and those PostgreSQL's French list leaves out: they tell nothing of what is looked for.
_LITTLE = """
a les cet cette comment pourquoi quand quel quelle quels quelles quoi est sont ca cela ou si faire
how what why the
"""
LITTLE = frozenset(_LITTLE.split())
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """One thing looked for, with its other names; `excluded` means: not this."""

    names: tuple[str, ...]
    excluded: bool = False


Asked = list[list[Term]]  # every group is wanted; of a group, any term


def plain(text: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The plain words of a text, in their order."""
    return _WORD.findall(plain(text))


def tidy(text: str) -> str:
    """What was typed, on one line, without control characters, of a bearable length."""
    visible = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in text[: LONGEST * 2])
    return " ".join(visible.split())[:LONGEST].strip()


def read(text: str) -> Asked:
    """Groups of terms: quotes hold a phrase together, `-` excludes, OR (OU) joins two terms."""
    groups: Asked = []
    joined = False
    for minus, phrase, word in _TOKEN.findall(tidy(text)):
        if word in {"OR", "OU"} and not minus and groups:
            joined = True
            continue
        name = " ".join(_WORD.findall(phrase or word))
        if name:
            term = Term((name,), bool(minus))
            groups[-1].append(term) if joined and not minus else groups.append([term])
        joined = False
    telling = [group for group in groups if not _is_little(group)]
    return _wanting_something((telling or groups)[:MOST_TERMS])


def _is_little(group: list[Term]) -> bool:
    return len(group) == 1 and not group[0].excluded and plain(group[0].names[0]) in LITTLE


def _wanting_something(groups: Asked) -> Asked:
    """A search that only excludes would find everything: its words are looked for instead."""
    if all(term.excluded for group in groups for term in group):
        return [[Term(term.names) for term in group] for group in groups]
    return groups


def wanted_words(asked: Asked) -> list[str]:
    """The plain words looked for, exclusions left out."""
    return [word for group in asked for term in group if not term.excluded for name in term.names for word in words_of(name)]


def runs_of(words: Sequence[str], longest: int = 4) -> set[str]:
    """Every run of up to `longest` neighbouring words: what a synonym may stand for."""
    return {" ".join(words[start : start + size]) for start in range(len(words)) for size in range(1, longest + 1)}


def with_synonyms(asked: Asked, families: Iterable[Sequence[str]]) -> Asked:
    """The same search with the house's other names; a family of several words is recognised across single terms."""
    widened = list(asked)
    for family in families:
        for name in sorted(family, key=len, reverse=True):
            at = _found_at(widened, words_of(name))
            if at is not None:
                start, stop = at
                own = " ".join(group[0].names[0] for group in widened[start:stop])
                widened[start:stop] = [[Term((own, *(other for other in family if plain(other) != plain(own))))]]
                break
    return widened


def _found_at(asked: Asked, words: list[str]) -> tuple[int, int] | None:
    single = [words_of(group[0].names[0]) if len(group) == 1 and not group[0].excluded else [] for group in asked]
    for start in range(len(single)):
        run: list[str] = []
        for stop in range(start, len(single)):
            run += single[stop] or ["\0"]
            if run == words:
                return start, stop + 1
    return None


def distance(one: str, other: str) -> int:
    """How many slips part two words: a letter added, left out, replaced, or two neighbours swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, target in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != target))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word somebody most likely meant, if one is near enough (one slip in a short word, two in a long one)."""
    slips = 1 if len(word) < 7 else 2
    near = sorted((distance(word, other), -len(other), other) for other in known)
    return near[0][2] if near and near[0][0] <= slips and len(word) > 3 else None


def mended(text: str, corrections: dict[str, str]) -> str:
    """What was typed, with the corrected words in place of the slips."""
    return re.sub(_WORD, lambda match: corrections.get(plain(match[0]), match[0]), text)


def pieces(marked: str, start: str, stop: str) -> list[tuple[str, bool]]:
    """An excerpt in pieces, each with whether it was found; stray marks are dropped."""
    split = re.split(f"{start}([^{start}{stop}]*){stop}", marked)
    return [(re.sub(f"[{start}{stop}]", "", piece), bool(n % 2)) for n, piece in enumerate(split) if piece]


def closeness(held: Sequence[Iterable[int]], asked: int) -> list[float]:
    """How close each text is, 0 to 1: the share of what was asked that it holds (by number), where rare words weigh more."""
    frequency = Counter(number for numbers in held for number in set(numbers))
    weight = {number: log(1 + len(held) / max(frequency[number], 1)) for number in range(1, asked + 1)}
    total = sum(weight.values())
    return [sum(weight[number] for number in set(numbers)) / total for numbers in held]
