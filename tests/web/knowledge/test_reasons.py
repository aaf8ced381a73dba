import pytest

from relais.web.knowledge.words import reason_words


@pytest.mark.parametrize(
    ("reason", "because", "said"),
    [
        ("best", "Une porte", "« Une porte »"),
        ("certified", "", "certifié"),
        ("skilled", "", "Vous montrez une compétence"),
        ("animates", "", "cercle"),
        ("circle", "", "déjà aidé"),
        ("circle", "Une porte", "déjà aidé"),
    ],
)
def test_whoever_is_asked_is_told_why(reason: str, because: str, said: str) -> None:
    told = reason_words(reason, because).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")

    assert said in told
