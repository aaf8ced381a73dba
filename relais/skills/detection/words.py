"""A text as words, stems and roots, in French and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

import snowballstemmer

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, Language] = ("fr", "en")
ROOT = 5  # letters: « soudage », « soudure » and « souder » meet
_WORD = re.compile(r"[^\W_]+[+#]*")
_STEMMERS = {"fr": snowballstemmer.stemmer("french"), "en": snowballstemmer.stemmer("english")}
_EMPTY_WORDS = {
    "fr": """
        a à afin ai ainsi alors as au aussi aux avait avec avez avons ayant bien c ça car ce cela ces cet cette ceux chaque chez
        comme comment contre d dans de depuis des deux donc dont du elle elles en encore entre es est et étaient était été être
        eu eux fait faire faut font ici il ils j je jour l la là le les leur leurs lors lui m ma mais me même mes mieux moi
        moins mon n ne non nos notre nous on ont ou où oui par pas pendant peu peut plus plusieurs pour pourquoi qu quand que
        quel quelle quelles quels quelqu qui quoi s sa sans se sera ses si son sont sous suis sur t ta te tel tes toi ton tous
        tout toute toutes très trop tu un une vers voici voilà vos votre vous y
    """,
    "en": """
        a about after all also am an and any anyone are as at be been before being both but by can could did do does each etc
        few for from had has have he her here his how i if in into is it its just many me more most my no nor not of off on once
        one or other others our out over own same she should so some such than that the their them then there these they this
        those through to too under up us very was we were what when where which while who whom why will with within without
        would you your
    """,
}


class Word(NamedTuple):
    """A word in lower case, the same without accents, and where it stands in the text."""

    lower: str
    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_STOPPED = {language: {fold(word) for word in words.split()} for language, words in _EMPTY_WORDS.items()}


def words(text: str) -> list[Word]:
    """Every word, in order."""
    return [Word(found[0].lower(), fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def full_words(text: str, language: Language) -> Iterator[Word]:
    """The words that tell something."""
    return (word for word in words(text) if word.folded not in _STOPPED[language])


@lru_cache(200_000)
def stem(lower: str, language: Language) -> str:
    """What the forms of a word share, without accents; short words and names of tools (C++, S3) stay as they are.

    Accents are read first: « soudé » and « soudée » are forms of « souder », and only their accent says so.
    """
    return fold(_STEMMERS[language].stemWord(lower) if len(lower) > 3 and lower.isalpha() else lower)


def stems(text: str, language: Language) -> list[str]:
    """The stems of a text, without the empty words."""
    return [stem(word.lower, language) for word in full_words(text, language)]


def roots(text: str, language: Language) -> list[str]:
    """The first letters of each word: coarser than its stem."""
    return [word.folded[:ROOT] for word in full_words(text, language)]


def forms(text: str) -> list[str]:
    """Every word of a text, empty ones too, without the mark of the plural: what phrases are made of."""
    return [form(word.folded) for word in words(text)]


def form(folded: str) -> str:
    """A word without the mark of the plural."""
    return folded[:-1] if len(folded) > 3 and folded[-1] in "sx" and folded[-2] != "s" else folded


def language_of(text: str, otherwise: Language = "fr") -> Language:
    """The language that a text is written in, by its empty words; `otherwise` when they do not tell."""
    found = [word.folded for word in words(text)]
    french, english = (sum(word in _STOPPED[language] for word in found) for language in LANGUAGES)
    if french == english:
        return otherwise
    return "fr" if french > english else "en"
