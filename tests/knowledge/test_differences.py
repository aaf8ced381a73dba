from hypothesis import given
from hypothesis import strategies as st

from relais.knowledge import differences
from relais.knowledge.differences import Change, Piece, difference

texts = st.text(alphabet="ab c\n", max_size=60)


def test_difference_names_the_word_that_changed() -> None:
    pieces = difference("Ouvrez la vanne rouge.", "Ouvrez la vanne bleue.")

    assert pieces == [Piece(Change.SAME, "Ouvrez la vanne "), Piece(Change.REMOVED, "rouge."), Piece(Change.ADDED, "bleue.")]


def test_difference_reads_a_rewritten_phrase_as_one() -> None:
    pieces = difference("un deux trois", "quatre cinq trois")

    assert pieces == [Piece(Change.REMOVED, "un deux"), Piece(Change.ADDED, "quatre cinq"), Piece(Change.SAME, " trois")]


def test_difference_of_equal_texts_is_one_piece() -> None:
    assert difference("pareil", "pareil") == [Piece(Change.SAME, "pareil")]


def test_difference_of_equal_texts_keeps_a_lone_space() -> None:
    assert difference(" ", " ") == [Piece(Change.SAME, " ")]


def test_very_long_texts_are_compared_line_by_line() -> None:
    before = "mot " * differences.LONGEST

    assert difference(before + "\nun deux", before + "\nun trois") == [
        Piece(Change.SAME, before + "\n"),
        Piece(Change.REMOVED, "un deux"),
        Piece(Change.ADDED, "un trois"),
    ]


@given(texts, texts)
def test_difference_holds_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)

    kept = "".join(p.text for p in pieces if p.change is not Change.ADDED)
    now = "".join(p.text for p in pieces if p.change is not Change.REMOVED)
    assert (kept, now) == (before, after)
