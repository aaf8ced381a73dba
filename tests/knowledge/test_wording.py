from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.knowledge import wording
from relais.knowledge.wording import Term


def test_text_is_read_as_terms_phrases_and_exclusions() -> None:
    asked = wording.read('client "en colère" -téléphone')

    assert asked == [[Term(("client",))], [Term(("en colère",))], [Term(("téléphone",), excluded=True)]]


def test_or_joins_two_terms() -> None:
    assert wording.read("volet OR store") == [[Term(("volet",)), Term(("store",))]]
    assert wording.read("OU volet OU") == [[Term(("volet",))]]


def test_words_that_tell_nothing_are_passed_over() -> None:
    assert wording.read("Comment calmer les clients ?") == [[Term(("calmer",))], [Term(("clients",))]]
    assert wording.read("comment") == [[Term(("comment",))]]


def test_only_exclusions_are_looked_for_instead() -> None:
    assert wording.read("-volet") == [[Term(("volet",))]]


def test_punctuation_alone_asks_nothing() -> None:
    assert wording.read("?! \x00 --") == []


def test_exclusions_are_not_among_the_wanted_words() -> None:
    assert wording.wanted_words(wording.read("Éléphant -rose")) == ["elephant"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("BL", [("BL", "bon de livraison")]),
        ("perdu bon de livraison", [("perdu",), ("bon de livraison", "bl")]),
        ('"Bon de livraison" perdu', [("Bon de livraison", "bl"), ("perdu",)]),
        ("-BL perdu", [("BL",), ("perdu",)]),
        ("bl OR facture", [("bl",)]),
        ("bon -de livraison", [("bon",), ("de",), ("livraison",)]),
    ],
)
def test_words_of_the_house_are_recognised(typed: str, names: list[tuple[str, ...]]) -> None:
    asked = wording.with_synonyms(wording.read(typed), [["bl", "bon de livraison"]])

    assert [group[0].names for group in asked] == names


def test_runs_are_what_a_synonym_may_stand_for() -> None:
    assert wording.runs_of(["bon", "de", "livraison"], longest=2) == {"bon", "de", "livraison", "bon de", "de livraison"}


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("client", "client", 0), ("cleint", "client", 1), ("clien", "client", 1), ("cliant", "client", 1), ("", "abc", 3)],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert wording.distance(one, other) == slips


def test_nearest_word_is_what_was_meant() -> None:
    assert wording.nearest("cleint", ["client", "clients", "clinique"]) == "client"
    assert wording.nearest("reclamtoin", ["reclamation"]) == "reclamation"


def test_short_or_far_words_are_left_alone() -> None:
    assert wording.nearest("abc", ["abd"]) is None
    assert wording.nearest("volet", ["client"]) is None
    assert wording.nearest("volet", []) is None


def test_correction_keeps_the_rest_of_what_was_typed() -> None:
    assert wording.mended('"Cleint" furieux !', {"cleint": "client"}) == '"client" furieux !'


def test_excerpt_comes_in_pieces() -> None:
    assert wording.pieces("un <client> furieux", "<", ">") == [("un ", False), ("client", True), (" furieux", False)]
    assert wording.pieces("stray > mark <", "<", ">") == [("stray  mark ", False)]


@given(st.text())
def test_tidy_text_is_one_bearable_line(text: str) -> None:
    tidy = wording.tidy(text)

    assert len(tidy) <= wording.LONGEST
    assert tidy == " ".join(tidy.split())


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=60))
def test_every_search_that_asks_something_wants_something(text: str) -> None:
    asked = wording.read(text)

    assert not asked or any(not term.excluded for group in asked for term in group)


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert wording.distance(one, other) == wording.distance(other, one)


def test_rare_words_make_texts_close() -> None:
    common, rare, both = wording.closeness([[1], [1, 2], [1]], 2)

    assert common == both < 0.5 < rare == 1.0
    assert wording.closeness([], 2) == []
