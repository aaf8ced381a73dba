from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.core.richtext import clean, from_typed, plain


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p>Bonjour <strong>Zoé</strong></p>", "<p>Bonjour <strong>Zoé</strong></p>"),
        ("<script>alert(1)</script><p onclick='x()' style='color:red'>a</p>", "<p>a</p>"),
        ("<a href='javascript:alert(1)'>a</a>", '<a rel="noopener nofollow">a</a>'),
        ("<a href='https://example.org' target='_blank'>a</a>", '<a href="https://example.org" rel="noopener nofollow">a</a>'),
        ("<img src='https://spy.example/p.png' alt='p'>", '<img alt="p">'),
        ("<img src='/fichiers/7' alt='p'>", '<img src="/fichiers/7" alt="p">'),
        ("<img src='/fichiers/../deconnexion/' alt='p'>", '<img alt="p">'),
        ("<svg><script>1</script></svg>", ""),
    ],
)
def test_html_is_cleaned_of_what_could_harm(sent: str, kept: str) -> None:
    assert clean(sent) == kept


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)

    assert clean(once) == once
    assert "<script" not in once.lower()


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60))
def test_typed_words_are_shown_as_typed(text: str) -> None:
    shown = plain(clean(from_typed("x" + text)))

    assert shown.replace("*", "") == ("x" + text).replace("*", "")


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("", ""),
        ("un\ndeux", "<p>un<br>deux</p>"),
        ("un\r\n\r\ndeux", "<p>un</p><p>deux</p>"),
        ("## Titre\ntexte", "<h2>Titre</h2><p>texte</p>"),
        ("- un\n- deux", "<ul><li>un</li><li>deux</li></ul>"),
        ("1. un\n2. **deux**", "<ol><li>un</li><li><strong>deux</strong></li></ol>"),
        ("<b>a</b> & b", "<p>&lt;b&gt;a&lt;/b&gt; &amp; b</p>"),
    ],
)
def test_typed_text_becomes_html(typed: str, made: str) -> None:
    assert from_typed(typed) == made


def test_words_are_read_a_block_a_line() -> None:
    html = "<h2>Titre</h2><p>un&nbsp; <em>deux</em><br>trois</p><ul><li>a</li><li>b</li></ul><img alt='schéma'><img src='x'>"

    assert plain(html).split("\n") == ["Titre", "un deux", "trois", "a", "b", "schéma"]


@pytest.mark.parametrize("piece", ["[", "[a](", "![", "**", "<!--", "- "])
def test_long_and_hostile_typed_text_is_read_at_once(piece: str) -> None:
    started = time.process_time()

    plain(clean(from_typed(piece * 20_000)))

    assert time.process_time() - started < 5
