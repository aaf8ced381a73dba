from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relais.skills.detection import vectors
from relais.skills.detection.detector import Detector
from relais.skills.detection.learning import Labelled, folds, learn, look_all, tried_on_others
from relais.skills.detection.vectors import Model, installed, learn_meanings, load_meanings, size_of, texts_of
from tests.skills.detection.small import ENTRIES, small_index

TEXTS = [
    Labelled("Un client mécontent au téléphone, que dire ?", "fr", frozenset({"e:calm"})),
    Labelled("Une réclamation par écrit", "fr", frozenset({"e:calm"}), frozenset({"e:time"})),
    Labelled("Souder deux pièces d'acier sans bavure", "fr", frozenset({"e:weld"})),
    Labelled("Gérer mon temps entre deux chantiers", "fr", frozenset({"e:time"})),
    Labelled("Excel : un tableau croisé en cinq minutes", "fr", frozenset({"e:sheet"})),
    Labelled("Which steel to weld?", "en", frozenset({"e:weld"})),
    Labelled("Merci à tous", "fr", frozenset()),
]


def detector() -> Detector:
    index = small_index()
    return Detector(index, replace(learn(look_all(index, {}, TEXTS), []), threshold=0.1))


def test_skills_of_a_text_come_with_the_words_that_show_them() -> None:
    found = detector().detect("Un tableau croisé Excel pour un client mécontent", "fr")

    shown = {one.key: one.words for one in found}
    assert {"tableau", "croisé", "Excel"} <= set(shown["e:sheet"])
    assert {"client", "mécontent"} <= set(shown["e:calm"])


def test_nothing_is_detected_without_a_word_that_shows_it() -> None:
    assert [one for one in detector().detect("Bonne nuit", "fr") if one.detected] == []


def test_only_a_chance_above_the_threshold_is_detected() -> None:
    always, never = detector(), detector()
    never = replace(never, weights=replace(never.weights, threshold=1.1))

    text = "Souder de l'acier"
    assert always.detect(text, "fr")[0].detected
    assert not never.detect(text, "fr")[0].detected


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        Detector(small_index(), detector().weights, {"sentence": None})  # type: ignore[dict-item]


def test_texts_on_one_topic_stand_in_one_fold() -> None:
    numbers = folds(TEXTS)

    assert numbers[0] == numbers[1]
    assert numbers[2] == numbers[5]


def test_learning_is_tried_on_texts_that_it_did_not_see() -> None:
    looked = look_all(small_index(), {}, TEXTS)

    assert 0 <= tried_on_others(looked, []) <= 1
    assert tried_on_others(looked, [], learn(looked, [])) > 0.5
    assert tried_on_others(look_all(small_index(), {}, TEXTS[-1:]), [], learn(looked, [])) == 0
    assert tried_on_others(look_all(small_index(), {}, TEXTS[-1:]), []) == 0


# Models of meaning: stand-ins for the packages, which are optional


@dataclass
class Counting:
    """Means as many letters of each kind."""

    asked: int = 0

    def told(self, texts: list[str]) -> Any:
        self.asked += len(texts)
        return np.array([[text.count(letter) + 0.01 for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts], np.float32)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    engine = Counting()
    found = Model("sentence", "json", lambda it, texts: it.told(texts), lambda it, text: it.told([text]), lambda _package: engine)
    monkeypatch.setattr(vectors, "MODELS", (found, replace(found, name="absent", package="no_such_package_here")))
    return found


def test_only_packages_that_are_here_are_used(model: Model) -> None:
    assert [one.name for one in installed()] == ["sentence"]


def test_meanings_are_worked_out_once_a_text(model: Model, tmp_path: Path) -> None:
    path, told = tmp_path / "meanings.npz", [0]
    learn_meanings(model, ENTRIES, path, told.append)
    engine = model.open().engine
    before = engine.asked

    learn_meanings(model, ENTRIES, path)

    assert sum(told) == size_of(ENTRIES) == before
    assert engine.asked == before


def test_meanings_bring_close_what_shares_no_word(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "meanings.npz"
    assert load_meanings(model, [], path) is None
    learn_meanings(model, ENTRIES, path)
    keys = [entry.key for entry in ENTRIES]
    assert load_meanings(model, keys[:2], path) is None

    meanings = load_meanings(model, keys, path)
    assert meanings is not None
    close = meanings.close("souder de l'acier", "fr")

    assert close["name"].argmax() == keys.index("e:weld")
    looked = look_all(small_index(), {"sentence": meanings}, TEXTS)
    assert Detector(small_index(), learn(looked, ["sentence"]), {"sentence": meanings}).detect("acier", "fr")
    assert meanings.close("weld", "en")["name"].shape == (len(keys),)


def test_what_is_compared_falls_back_on_the_other_language() -> None:
    assert texts_of(ENTRIES[4]) == ("steel", "steel", "steel")


@pytest.mark.parametrize(("number", "read"), [(0, "encode"), (1, "query")])
def test_each_model_is_asked_in_its_own_words(number: int, read: str) -> None:
    class Engine:
        def __getattr__(self, name: str) -> Any:
            return lambda texts: (name, texts)

    found = vectors.MODELS[number]

    assert found.of_text(Engine(), "souder")[0] == read
    assert found.of_entries(Engine(), ["souder"])[0] in {"encode", "passage"}


@pytest.mark.parametrize("number", [0, 1])
def test_each_model_is_started_from_its_package(number: int) -> None:
    class Package:
        USE = E5 = staticmethod(lambda: "started")

    assert vectors.MODELS[number].start(Package) == "started"
