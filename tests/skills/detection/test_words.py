import pytest

from relais.skills.detection.words import fold, form, forms, language_of, roots, stem, stems, words


def test_words_are_folded_and_keep_their_place() -> None:
    text = "Œuvre en C++, l'été."

    assert [(word.folded, text[word.start : word.end]) for word in words(text)] == [
        ("oeuvre", "Œuvre"),
        ("en", "en"),
        ("c++", "C++"),
        ("l", "l"),
        ("ete", "été"),
    ]


def test_stems_leave_empty_words_out_and_meet_across_forms() -> None:
    assert stems("Il faut souder les pièces", "fr") == stems("soudée, la pièce", "fr")
    assert stems("the customers", "en") == ["custom"]


def test_roots_are_coarser_than_stems() -> None:
    assert [root[:4] for root in (*roots("le soudage", "fr"), *roots("la soudure", "fr"))] == ["soud", "soud"]


@pytest.mark.parametrize(("folded", "told"), [("s3", "s3"), ("sql", "sql"), ("chevaux", "chev")])
def test_short_words_and_tools_stay_as_they_are(folded: str, told: str) -> None:
    assert stem(folded, "fr").startswith(told)


@pytest.mark.parametrize(("folded", "told"), [("clients", "client"), ("prix", "pri"), ("bus", "bus"), ("stress", "stress")])
def test_form_drops_the_plural_alone(folded: str, told: str) -> None:
    assert form(folded) == told


def test_forms_keep_every_word_so_that_phrases_are_exact() -> None:
    assert forms("Les prises de son") == ["les", "prise", "de", "son"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Comment calmer un client ?", "fr"), ("How do I calm a customer?", "en"), ("Kanban", "fr")],
)
def test_language_is_told_by_empty_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_folding_takes_accents_away() -> None:
    assert fold("Réglée, ÆON") == "reglee, aeon"
