from pathlib import Path

import numpy as np
import pytest

from relais.skills.detection.features import look, names_of
from relais.skills.detection.index import Index, build
from relais.skills.detection.translation import learn_translation
from tests.skills.detection.small import ENTRIES, small_index


def test_index_read_back_sees_the_same(tmp_path: Path) -> None:
    index = small_index()
    index.save(tmp_path / "index.npz")

    read = Index.load(tmp_path / "index.npz")

    for text in ("un client mécontent sur Excel", "weld steel"):
        np.testing.assert_array_equal(look(index, text, "fr").seen, look(read, text, "fr").seen)


def test_index_of_another_format_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "old.npz", format="0")

    with pytest.raises(ValueError, match="another version"):
        Index.load(tmp_path / "old.npz")


def test_nothing_is_found_where_there_is_nothing(tmp_path: Path) -> None:
    build([]).save(tmp_path / "empty.npz")

    seen = look(Index.load(tmp_path / "empty.npz"), "souder", "fr")

    assert (seen.entries.tolist(), seen.seen.shape) == ([], (0, len(names_of())))


def test_french_words_reach_what_has_an_english_name_alone() -> None:
    found = look(small_index(), "acier", "fr")

    assert "e:steel" in [ENTRIES[at].key for at in found.entries]


def test_translation_is_learnt_from_names_in_both_languages() -> None:
    learnt, english = learn_translation([(["soud", "aci"], ["weld", "steel"]), (["aci"], ["steel"]), (["soud"], ["weld"])])

    assert max(learnt["aci"], key=lambda word: learnt["aci"][word]) == english.index("steel")
    assert learn_translation([]) == ({}, [])


def test_names_of_a_skill_are_said_as_whole_phrases() -> None:
    index = small_index()
    column = names_of().index("phrase")

    said = look(index, "Un tableau croisé pour lundi", "fr")
    split = look(index, "Un tableau de mots croisés et une table", "fr")

    assert said.seen[:, column].max() > 0
    assert split.seen[:, column].max(initial=0) == 0


def test_skills_left_out_are_not_seen() -> None:
    index = small_index()
    column = names_of().index("phrase")

    assert look(index, "Excel", "fr", without=[0]).seen[:, column].max(initial=0) == 0


def test_at_most_five_translations_are_kept() -> None:
    learnt, _english = learn_translation([(["aci"], ["a", "b", "c", "d", "e", "f"])])

    assert len(learnt["aci"]) == 5
