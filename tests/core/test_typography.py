from __future__ import annotations

import pytest

from relais.core.typography import bound, bound_html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Vitrage lourd : qui le porte ?", "Vitrage lourd\xa0: qui le porte\xa0?"),
        ("Il dit « non » ; que faire !", "Il dit «\xa0non\xa0» ; que faire\xa0!".replace(" ;", "\xa0;")),
        ("Already\xa0: bound", "Already\xa0: bound"),
        ("What now? Say: no.", "What now? Say: no."),
        ("", ""),
    ],
)
def test_spaces_before_french_marks_do_not_break(typed: str, shown: str) -> None:
    once = bound(typed)

    assert (once, bound(once)) == (shown, shown)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>Le quai 4 : fermé</p>", "<p>Le quai 4&nbsp;: fermé</p>"),
        ("<p>Tapez <code>a ? b : c</code> !</p>", "<p>Tapez <code>a ? b : c</code> !</p>"),
        ("<pre>x ; y</pre>", "<pre>x ; y</pre>"),
    ],
)
def test_code_keeps_its_spaces(source: str, shown: str) -> None:
    assert bound_html(source) == shown
