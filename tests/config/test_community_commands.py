"""The demo and a community's history, from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.config import cli
from relais.config.commands import demo, import_stackexchange
from relais.core.errors import Refused
from relais.demo import build
from relais.knowledge.actions.use_cases import withdraw_use_case
from relais.knowledge.models import Circle, UseCase
from relais.ledger.models import Entry
from relais.people.models import Person

pytestmark = pytest.mark.django_db
POSTS = Path(__file__).parent.parent / "integrations/stackexchange/posts.xml"
LATE_ANSWER = (
    """<row Id="11" PostTypeId="2" ParentId="4" CreationDate="2015-02-01T10:00:00" OwnerUserId="4" Body="Use bone glue, it is warm." />"""
)


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands speak English here."""
    for command in (demo, import_stackexchange):
        monkeypatch.setattr(command, "prepare", lambda: None)
    with translation.override("en"):
        yield


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments)


def awaiting(task: str) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=task))


def bring_in(*options: str, file: Path = POSTS) -> Result:
    return run("import", "stackexchange", str(file), *options)


class TestDemo:
    def test_building_it_says_what_was_made(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = []

        def tell(progress, **size):
            asked.append(size)
            progress(1, 2)
            progress(2, 2)
            return 2

        monkeypatch.setattr(build, "build", tell)

        result = run("demo", "--people", "60", "--months", "2", "--seed", "7")

        assert (result.exit_code, asked) == (0, [{"people": 60, "months": 2, "seed": 7}])
        assert result.stdout == "The demo is ready: 60 people, 2 months, 2 acts, in 0 s.\n"

    def test_a_second_one_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(build, "is_built", lambda: True)

        result = run("demo")

        assert (result.exit_code, Entry.objects.count()) == (0, 0)
        assert result.stdout == "The demo is there already: nothing was changed. For a new one, choose another RELAIS_DATA folder.\n"

    def test_an_impossible_one_is_refused_in_a_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(**_given):
            raise Refused("Too few people.")

        monkeypatch.setattr(build, "build", refuse)

        result = run("demo", "--people", "3")

        assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "Error: Too few people.")


class TestHistory:
    def test_without_apply_it_is_told_and_nothing_is_written(self) -> None:
        result = bring_in()

        assert (result.exit_code, Entry.objects.count(), Person.objects.count()) == (0, 0, 0)
        assert result.stdout.splitlines() == [
            "Questions, as use cases: 2, solved by an accepted answer: 1",
            "Answers: 2",
            "People: 2",
            "Circles: the community's own, and its most used tags (none is used enough)",
            "Noted: 1 rows without an owner (5)",
            "Noted: 1 rows of deleted accounts (6)",
            "Noted: 1 tag wikis and other kinds of rows (8)",
            "Noted: 1 rows with nothing to read (9)",
            "Noted: 1 rows without a number or a date (10)",
            "Noted: 2 wiki posts, which belong to the community and to nobody (12, 13)",
            "Noted: 1 answers older than their question: dated from it (3)",
            "Noted: 1 answers whose question is not taken (7)",
            "Noted: 1 accepted answers that are not taken: their case stays open (5)",
            "Nothing was written. To bring it in, run the same command with --apply.",
        ]

    def test_with_apply_it_comes_in_once(self) -> None:
        first = bring_in("--apply", "--name", "towers")
        written = Entry.objects.count()
        second = bring_in("--apply", "--name", "towers")

        assert first.stdout.splitlines()[-2] == (
            "Added: 2 use cases, 2 answers, 1 solved, 2 people, 1 circles. Already there: 0 use cases, 0 answers."
        )
        assert second.stdout.splitlines()[-1] == (
            "Added: 0 use cases, 0 answers, 0 solved, 0 people, 0 circles. Already there: 2 use cases, 2 answers."
        )
        assert Entry.objects.count() == written

    def test_the_community_is_named_after_its_folder(self, tmp_path: Path) -> None:
        folder = tmp_path / "woodworking"
        folder.mkdir()
        (folder / "Posts.xml").write_bytes(POSTS.read_bytes())

        bring_in("--apply", file=folder / "Posts.xml")

        assert Circle.objects.get().name == "woodworking"

    def test_what_things_here_no_longer_allow_is_noted(self, tmp_path: Path) -> None:
        bring_in("--apply", "--name", "towers")
        case = UseCase.objects.get(title="Which glue?")
        withdraw_use_case(case, by=case.author)
        later = tmp_path / "Posts.xml"
        later.write_text(POSTS.read_text(encoding="utf-8").replace("</posts>", f"{LATE_ANSWER}</posts>"), encoding="utf-8")

        result = bring_in("--apply", "--name", "towers", file=later)

        assert "Noted: 1 refused, because things changed here since (11)" in result.stdout.splitlines()
        assert case.contributions.count() == 0

    def test_what_comes_in_says_when_figures_follow(self) -> None:
        first = bring_in("--apply", "--name", "towers")
        second = bring_in("--apply", "--name", "towers")

        said = "The pages' figures follow within a minute if Relais is running, otherwise when it starts."
        assert (said in first.stdout.splitlines(), said in second.stdout.splitlines()) == (True, False)
        assert [job.args["handler"] for job in awaiting("relais.ledger.jobs.deliver") if "indicators" in job.args["handler"]] == [
            "relais.indicators.jobs.refresh"
        ]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("<users/>", "it begins with <users>."),
            ("", "This file is empty."),
            ("Id;Title", "This file is not XML: give the Posts.xml of a Stack Exchange data dump."),
            ("<!DOCTYPE posts><posts/>", "it was not read."),
            (POSTS.read_text(encoding="utf-8")[:900], "was it cut short?"),
        ],
    )
    def test_another_file_is_refused_in_a_sentence_and_nothing_is_written(self, tmp_path: Path, text: str, said: str) -> None:
        (tmp_path / "Posts.xml").write_text(text, encoding="utf-8")

        result = bring_in("--apply", file=tmp_path / "Posts.xml")

        assert (result.exit_code, Entry.objects.count(), Person.objects.count()) == (1, 0, 0)
        assert result.stderr.splitlines()[-1].startswith("Error: ")
        assert result.stderr.splitlines()[-1].endswith(said)
