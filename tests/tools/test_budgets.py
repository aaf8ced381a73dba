from __future__ import annotations

from pathlib import Path

import pytest

from tools.budgets import check, functions, p95


def written(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small product that holds every budget."""
    written(tmp_path, "relais/people/actions.py", "def act():\n    return 1\n" * 5)
    written(tmp_path, "tests/people/test_actions.py", "x = 1\n" * 15)
    return tmp_path


def test_functions_are_measured_in_lines() -> None:
    assert list(functions("def a():\n    return 1\n\nasync def b():\n    x = 1\n    return x\n")) == [("a", 2), ("b", 3)]


def test_p95_is_what_nineteen_in_twenty_do_not_pass() -> None:
    assert (p95(list(range(1, 21))), p95([]), p95([7])) == (19, 0, 7)


def test_small_product_holds(root: Path) -> None:
    assert check(root) == []


def test_long_function_is_named(root: Path) -> None:
    path = written(root, "relais/people/rules.py", "def long():\n" + "    x = 1\n" * 50)
    written(root, "tests/people/test_rules.py", "x = 1\n" * 75)

    assert check(root) == [f"{path}: long has 51 lines, at most 50", "relais: 95% of functions have up to 51 lines, at most 30"]


def test_long_functions_on_the_whole_are_told(root: Path) -> None:
    written(root, "relais/people/rules.py", ("def middling():\n" + "    x = 1\n" * 9) * 6)
    written(root, "tests/people/test_rules.py", "x = 1\n" * 90)

    assert check(root) == ["relais: functions have a median of 10 lines, at most 8"]


def test_long_files_are_named(root: Path) -> None:
    path = written(root, "tests/people/test_long.py", "\n" * 401)
    page = written(root, "relais/web/templates/page.html", "<br>\n" * 121)

    assert check(root) == [
        f"{path}: 401 lines, at most 400",
        "95% of files have up to 401 lines, at most 300",
        f"{page}: 121 lines, at most 120",
    ]


def test_heavy_core_and_few_tests_are_told(root: Path) -> None:
    written(root, "relais/core/clock.py", "x = 1\n" * 20)

    assert check(root) == ["relais/core: 66.7% of the app, under 5%", "tests: 0.50 lines a line of the app, between 0.8 and 2.0"]
