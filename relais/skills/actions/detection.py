from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relais.core.errors import Refused
from relais.core.files import written_whole
from relais.skills.detection.detector import Found
from relais.skills.detection.index import build
from relais.skills.detection.learning import Labelled, learn, look_all, tried_on_others
from relais.skills.detection.ranker import Weights, write_weights
from relais.skills.detection.vectors import installed, learn_meanings, size_of
from relais.skills.detection.words import LANGUAGES, Language
from relais.skills.queries.detection import (
    ACCURATE,
    FAST,
    OWN,
    index_of,
    index_path,
    meanings_of,
    meanings_path,
    own_weights_path,
    vocabulary_mark,
    weights,
    what_is_looked_for,
)

Progress = Callable[[int], object]
ENOUGH = 30  # texts that teach something


def rebuild_index(told: Callable[[str, int], Progress]) -> None:
    """Build the index again, and work out what its entries mean for every model installed; `told` shows the progress of each."""
    entries, own = what_is_looked_for()
    build(entries, own).save(index_path(vocabulary_mark()))
    for model in installed():
        learn_meanings(model, entries, meanings_path(model.name), told(model.name, size_of(entries)))


@dataclass(frozen=True)
class Comparison:
    """Weights that were learnt, and how the present ones and they do on texts that neither was learnt from, by mode."""

    learnt: Mapping[str, Weights]
    present: Mapping[str, float]
    new: Mapping[str, float]

    @property
    def better(self) -> bool:
        """Whether the new ones do at least as well in every mode."""
        return all(self.new[mode] >= self.present[mode] for mode in self.new)


def train(texts: Sequence[Labelled]) -> Comparison:
    """Learn weights from texts whose skills are known. Nothing is adopted: `adopt` does."""
    index = index_of(vocabulary_mark())
    learnt, present, new = dict(weights()), {}, {}
    meanings = meanings_of(index)
    for mode in [FAST, ACCURATE] if meanings else [FAST]:
        used = meanings if mode == ACCURATE else {}
        looked = look_all(index, used, texts)
        if sum(one.teaches for one in looked) < ENOUGH:
            raise Refused(
                _("Too few of these texts are about a skill that the vocabulary knows: %(count)d are needed.") % {"count": ENOUGH}
            )
        present[mode] = tried_on_others(looked, list(used), learnt[mode])
        new[mode] = tried_on_others(looked, list(used))
        learnt[mode] = learn(looked, list(used))
    return Comparison(learnt, present, new)


def adopt(learnt: Mapping[str, Weights]) -> None:
    """From now on, texts are looked at with these weights."""
    with written_whole(own_weights_path()) as partial:
        partial.write_text(write_weights(dict(learnt)))


def read_labelled(lines: Iterable[str]) -> Iterator[Labelled]:
    """Labelled texts, a JSON object a line: `text`, `lang`, `gold`; `acceptable` and `weight` if wanted. ValueError says which line."""
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            language = language_said(row.get("lang"))
            yield Labelled(
                str(row["text"]), language, frozenset(row["gold"]), frozenset(row.get("acceptable", [])), float(row.get("weight", 1))
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"line {number} is no text with its skills (text, lang, gold): {error}") from error


def language_said(code: object) -> Language:
    """One of the languages that can be looked at; ValueError for another."""
    for language in LANGUAGES:
        if code == language:
            return language
    raise ValueError(f"lang is {code!r}, and can be {' or '.join(LANGUAGES)}")


def prediction(key: str, found: Sequence[Found], uris: Mapping[str, Sequence[str]]) -> str:
    """A line of `relais skills detect`: the concepts that were found, the best first, and those tagged without asking."""

    def told(these: Iterable[Found]) -> list[str]:
        return list(dict.fromkeys(uri for one in these for uri in (uris.get(one.key, [one.key]) if one.key.startswith(OWN) else [one.key])))

    return json.dumps({"id": key, "skills": told(found), "auto": told(one for one in found if one.detected)})
