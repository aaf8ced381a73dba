from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core.files.storage import Storage
from django.core.management import call_command
from django.test import override_settings

from relais.config.storage import SHEET, OneStylesheetStorage


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files as they are in production."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def hashed(root: Path, name: str) -> Path:
    return root / json.loads((root / "staticfiles.json").read_text())["paths"][name]


def test_stylesheet_is_one_file(collected: Path) -> None:
    sheet = hashed(collected, SHEET).read_text()

    assert "@import" not in sheet
    assert re.findall(r"^@layer (\w+) \{", sheet, re.MULTILINE)[:4] == ["tokens", "base", "layout", "components"]
    assert sheet.count("{") == sheet.count("}")


def test_stylesheet_names_every_part(collected: Path) -> None:
    parts = {path.relative_to(collected / "relais").as_posix() for path in (collected / "relais").rglob("*.css")}
    plain = {part for part in parts if not re.search(r"\.[0-9a-f]{12}\.css$", part)} - {"relais.css"}

    imported = set(re.findall(r'@import "([^"]+)"', (collected / SHEET).read_text()))

    assert imported == plain


def test_stylesheet_is_compressed(collected: Path) -> None:
    sheet = hashed(collected, SHEET)

    assert sheet.with_name(sheet.name + ".gz").stat().st_size <= 10_000


def test_plain_name_is_served_while_nothing_is_collected(tmp_path: Path) -> None:
    storage: Storage = OneStylesheetStorage(location=tmp_path)

    assert storage.url(SHEET) == "/static/relais/relais.css"


def test_hashed_name_is_served_once_collected(collected: Path) -> None:
    storage: Storage = OneStylesheetStorage(location=collected)

    assert storage.url(SHEET) == f"/static/relais/{hashed(collected, SHEET).name}"


def test_other_files_are_collected_without_the_sheet(tmp_path: Path) -> None:
    storage = OneStylesheetStorage(location=tmp_path)

    assert list(storage.post_process({})) == []
