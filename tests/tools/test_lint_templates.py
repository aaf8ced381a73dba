from __future__ import annotations

from pathlib import Path

import pytest

from tools.lint_templates import check, does_not_compile, mistakes


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<p>{% translate "Hello" %}</p>', []),
        ("<p>{% blocktranslate %}Hello{% endblocktranslate %} {{ name }} · 12 %</p>", []),
        ("{# a comment #}<kbd>Esc</kbd><!-- words -->", []),
        ('<p style="color: red">.</p>', ["<p> has an inline style"]),
        ("<style>p {}</style>", ["<style> has an inline style"]),
        ("<script>alert(1)</script>", ["an inline script"]),
        ('<script src="{% static "a.js" %}"></script>', []),
        ('<a onclick="x()">.</a>', ["<a> has an inline script in onclick"]),
        ('<a hx-on:click="x()">.</a>', ["<a> has an inline script in hx-on:click"]),
        ('<img src="a">', ["<img> without alt"]),
        ('<img src="a" alt="">', []),
        ("<p>Hello there</p>", ["not translated: 'Hello there'"]),
        ('<input placeholder="Search">', ["not translated: 'Search'"]),
        ('{% include "a.html" with b=c only %}', []),
        ('{% include "a.html" %}', ['{% include "a.html" %} without only']),
        ('<form method="post">{% csrf_token %}</form>', []),
        ('<form method="post"></form>', ["a form is posted without its CSRF token"]),
        ("<br>\n" * 121, ["121 lines, at most 120"]),
    ],
)
def test_mistakes_of_a_template_are_told(source: str, found: list[str]) -> None:
    assert list(mistakes(source)) == found


def test_wrong_component_call_is_told() -> None:
    assert list(does_not_compile('{% component "tag" %}')) == ["The component 'tag' needs 'label'."]
    assert list(does_not_compile('{% component "tag" label="a" %}')) == []


def test_check_names_the_template(tmp_path: Path) -> None:
    path = tmp_path / "web/templates/page.html"
    path.parent.mkdir(parents=True)
    path.write_text("<p>Hello</p>")

    assert check(tmp_path) == [f"{path}: not translated: 'Hello'"]
