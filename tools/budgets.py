"""The budgets of the code (docs/structure.md): sizes that keep it readable. Complexity and arguments are ruff's.

python tools/budgets.py
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTION_MEDIAN, FUNCTION_P95, FUNCTION_MOST = 8, 30, 50
FILE_P95, FILE_MOST = 300, 400
TEMPLATE_MOST = README_MOST = 120
CORE_SHARE = 0.05
TESTS_LEAST, TESTS_MOST = 0.8, 2.0  # the aim is 1.4 (CONTRIBUTING.md): raise the floor when it is passed, never lower it


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Each function of a module with its number of lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def p95(numbers: list[int]) -> int:
    """The number that 95% do not pass."""
    ordered = sorted(numbers)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)] if ordered else 0


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def modules(folder: Path) -> list[Path]:
    """The modules somebody wrote and reads: no migration."""
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def written(folder: Path) -> int:
    """Lines that are not blank."""
    return sum(bool(line.strip()) for path in modules(folder) for line in path.read_text().splitlines())


def over_functions(root: Path) -> Iterator[str]:
    found = [(path, name, length) for path in modules(root / "relais") for name, length in functions(path.read_text())]
    lengths = [length for _path, _name, length in found]
    yield from (f"{path}: {name} has {length} lines, at most {FUNCTION_MOST}" for path, name, length in found if length > FUNCTION_MOST)
    if lengths and statistics.median(lengths) > FUNCTION_MEDIAN:
        yield f"relais: functions have a median of {statistics.median(lengths):g} lines, at most {FUNCTION_MEDIAN}"
    if p95(lengths) > FUNCTION_P95:
        yield f"relais: 95% of functions have up to {p95(lengths)} lines, at most {FUNCTION_P95}"


def over_files(root: Path) -> Iterator[str]:
    files = {path: lines(path) for folder in ("relais", "tests", "tools", "bench") for path in modules(root / folder)}
    yield from (f"{path}: {length} lines, at most {FILE_MOST}" for path, length in files.items() if length > FILE_MOST)
    if p95(list(files.values())) > FILE_P95:
        yield f"95% of files have up to {p95(list(files.values()))} lines, at most {FILE_P95}"
    for path in [*sorted(root.glob("relais/**/templates/**/*.html")), *root.glob("README.md")]:
        if lines(path) > TEMPLATE_MOST:
            yield f"{path}: {lines(path)} lines, at most {TEMPLATE_MOST}"


def over_shares(root: Path) -> Iterator[str]:
    app, core, tests = written(root / "relais"), written(root / "relais/core"), written(root / "tests")
    if app and core / app >= CORE_SHARE:
        yield f"relais/core: {core / app:.1%} of the app, under {CORE_SHARE:.0%}"
    if app and not TESTS_LEAST <= tests / app <= TESTS_MOST:
        yield f"tests: {tests / app:.2f} lines a line of the app, between {TESTS_LEAST} and {TESTS_MOST}"


def check(root: Path = ROOT) -> list[str]:
    """Every budget that is passed, with its file and number."""
    return [*over_functions(root), *over_files(root), *over_shares(root)]


def main() -> int:
    over = check()
    print("\n".join(over) or "Every budget holds.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
