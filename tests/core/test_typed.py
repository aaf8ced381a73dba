import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.core.richtext import clean, from_typed
from relais.core.typed import to_typed

TYPED = """## Avant

Dites **où** en est la commande
et proposez [la page](https://example.org/a).

- un café
- une chaise

1. ouvrir
2. vérifier

![photo](/fichiers/1/)"""


def test_typed_text_comes_back_as_it_was_typed() -> None:
    assert to_typed(clean(from_typed(TYPED))) == TYPED


@pytest.mark.parametrize(
    ("html", "typed"),
    [
        ("<ul><li><p>un</p></li><li><p>deux</p></li></ul>", "- un\n- deux"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<li>seul</li>", "- seul"),
        ("<p>a <em>b</em> <a>c</a></p><ul></ul></ol>", "a b [c]()"),
        ("<p><img></p>", "![]()"),
    ],
)
def test_rich_text_becomes_what_one_would_type(html: str, typed: str) -> None:
    assert to_typed(html) == typed


def test_typed_link_never_runs_a_script() -> None:
    assert "javascript" not in clean(from_typed("[x](javascript:alert) ![y](https://elsewhere.example/a.png)"))


@given(st.text(max_size=200))
def test_no_typed_text_becomes_more_than_text(text: str) -> None:
    assert "<script" not in clean(from_typed(text))
