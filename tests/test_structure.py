"""What import-linter cannot see of the contract in docs/structure.md: parts of a package, and the names of modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path("relais")
NETWORK = {"http.client", "smtplib", "socket", "ssl", "urllib.request"}
MAY_TALK = {"config", "integrations"}
SAY_NOTHING = {"helpers", "utils"}


def imported(source: str) -> Iterator[str]:
    """Each name a module imports, as it would be written with `import`, and the packages it stands in."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    ("source", "talks"),
    [
        ("import urllib.request", {"urllib.request"}),
        ("from urllib.request import urlopen", {"urllib.request"}),
        ("from http import client", {"http.client"}),
        ("from http import HTTPStatus", set()),
        ("def late():\n    import socket", {"socket"}),
        ("from urllib.parse import urlsplit\nfrom . import socket", set()),
    ],
)
def test_way_to_the_network_is_recognised(source: str, talks: set[str]) -> None:
    assert NETWORK & set(imported(source)) == talks


def test_only_integrations_and_config_talk_to_the_network() -> None:
    files = [path for path in PACKAGE.rglob("*.py") if path.parts[1] not in MAY_TALK]

    talking = {str(path): names for path in files if (names := NETWORK & set(imported(path.read_text(encoding="utf-8"))))}

    assert talking == {}
    assert len(files) > 100


def test_each_module_says_by_its_name_what_it_holds() -> None:
    assert [str(path) for path in PACKAGE.rglob("*.py") if path.stem in SAY_NOTHING] == []
