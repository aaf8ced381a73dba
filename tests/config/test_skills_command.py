"""`relais skills`: what texts are about, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from relais.config import cli
from relais.config.commands import skills as command
from relais.skills.actions import detection
from relais.skills.actions.starter import add_starter_vocabulary
from relais.skills.queries import detection as queries
from relais.skills.starter import starter_skills

pytestmark = pytest.mark.django_db
TEXTS = ["Un tableau croisé dynamique dans Excel", "Merci à tous", "Soudage TIG sur inox"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["skills", *arguments])


def written(path: Path, texts: list[str]) -> Path:
    path.write_text(
        "".join(json.dumps({"id": str(n), "text": text, "lang": "fr"}) + "\n" for n, text in enumerate(texts)), encoding="utf-8"
    )
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture
def starter() -> None:
    add_starter_vocabulary()


def test_starter_vocabulary_is_added_once() -> None:
    assert f"{len(starter_skills())} skills added" in run("starter").stdout
    assert "stays as it is" in run("starter").stdout
    assert run("starter", "--quiet").stdout == ""


@pytest.mark.usefixtures("starter")
def test_texts_are_read_and_what_they_are_about_is_written(tmp_path: Path) -> None:
    result = run("detect", str(written(tmp_path / "in.jsonl", TEXTS)), str(tmp_path / "out.jsonl"), "--mode", "fast")

    first, second, third = read(tmp_path / "out.jsonl")
    assert result.exit_code == 0
    assert first["auto"][0] == starter_skills()[0].closest[0]
    assert second["auto"] == []
    assert third["id"] == "2"


@pytest.mark.usefixtures("starter")
def test_reading_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    texts, found = written(tmp_path / "in.jsonl", TEXTS), tmp_path / "out.jsonl"
    found.write_text('{"id": "kept"}\n{"id": "cut in the mid')

    run("detect", str(texts), str(found), "--mode", "fast")

    assert [one["id"] for one in read(found)] == ["kept", "1", "2"]


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize("line", ["{", '{"id": 1, "text": "a", "lang": "de"}', '{"text": "a", "lang": "fr"}'])
def test_a_line_that_cannot_be_read_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "in.jsonl").write_text(line)

    result = run("detect", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"), "--mode", "fast")

    assert (result.exit_code, "Line 1" in result.stderr) == (1, True)


class Pool:
    """Several processes, played in this one."""

    def __init__(self, _workers: int, initializer: Any, initargs: Any) -> None:
        initializer(*initargs)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing to end."""

    def map(self, act: Any, *columns: Any) -> list[Any]:
        return [act(*row) for row in zip(*columns, strict=True)]


@pytest.mark.usefixtures("starter")
def test_several_processes_read_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(command, "LOT", 1)
    monkeypatch.setattr(type(connections), "close_all", lambda _self: None)

    run("detect", str(written(tmp_path / "in.jsonl", TEXTS * 3)), str(tmp_path / "out.jsonl"), "--mode", "fast", "--workers", "2")

    assert [one["id"] for one in read(tmp_path / "out.jsonl")] == [str(number) for number in range(9)]


def test_index_is_built_with_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection, "rebuild_index", lambda told: told("e5", 3)(3))

    assert "ready" in run("index").stdout


# Learning


class Learnt:
    present = {"fast": 0.5}
    learnt: dict[str, Any] = {}

    def __init__(self, new: float) -> None:
        self.new, self.better = {"fast": new}, new >= 0.5


@pytest.mark.parametrize(
    ("new", "options", "said", "adopted"),
    [(0.4, ["--adopt"], "the present ones stay", 0), (0.6, [], "--adopt", 0), (0.6, ["--adopt"], "from now on", 1)],
)
def test_new_weights_are_compared_before_they_are_adopted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: float, options: list[str], said: str, adopted: int
) -> None:
    kept: list[Any] = []
    monkeypatch.setattr(detection, "train", lambda _texts: Learnt(new))
    monkeypatch.setattr(detection, "adopt", kept.append)

    result = run("train", *options)

    assert said in result.stdout
    assert "50.0% now" in result.stdout
    assert len(kept) == adopted


@pytest.mark.usefixtures("starter")
def test_too_few_texts_are_refused(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "a", "lang": "fr", "gold": []}\n')

    result = run("train", str(tmp_path / "in.jsonl"))

    assert (result.exit_code, "Nothing was learnt" in result.stderr) == (1, True)


def test_a_damaged_file_teaches_nothing(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("{")

    result = run("train", str(tmp_path / "in.jsonl"))

    assert (result.exit_code, "in.jsonl: line 1" in result.stderr) == (1, True)


def test_words_alone_serve_where_models_are_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    add_starter_vocabulary()
    monkeypatch.setattr(queries, "installed", list)

    assert queries.detector("accurate").meanings == {}
