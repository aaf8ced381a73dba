from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from relais.config.cli import main
from relais.people.models import Person

pytestmark = pytest.mark.django_db
ROWS = "Nom;E-mail;Service\nZoé;zoe@example.org;Siège\nMax;max(at)x;Siège\n"


@pytest.fixture(autouse=True)
def _language_of_before() -> Iterator[None]:
    """Commands speak English; the next test does not."""
    before = translation.get_language()
    yield
    translation.activate(before)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def export(folder: Path, text: str) -> str:
    path = folder / "rh.csv"
    path.write_text(text)
    return str(path)


def test_import_reports_and_writes_nothing_before_it_is_asked_to(tmp_path: Path) -> None:
    told = run("import", "people", export(tmp_path, ROWS))

    assert (told.exit_code, Person.objects.count()) == (0, 0)
    assert "line 3: Refused: max(at)x (the e-mail address cannot be read: “max(at)x”)" in told.output
    assert "Nothing was written. Add --apply to do it." in told.output


def test_import_tells_the_columns_read_and_those_ignored(tmp_path: Path) -> None:
    told = run("import", "people", export(tmp_path, "Nom;E-mail;Ville\nZoé;zoe@example.org;Lyon\n"))

    assert told.output.splitlines()[:2] == ["Columns read: “Nom” as last name, “E-mail” as e-mail", "Columns ignored: Ville"]


def test_import_applies_and_tells_what_changed_next_time(tmp_path: Path) -> None:
    first = run("import", "people", export(tmp_path, ROWS), "--apply")
    told = run("import", "people", export(tmp_path, "Nom;E-mail;Date de sortie\nZoé Roux;zoe@example.org;1/1/2090\n"))

    assert (first.exit_code, Person.objects.get().name) == (0, "Zoé")
    assert "figures follow within a minute if Relais is running, otherwise when it starts." in first.output
    assert "line 2: Changed: zoe@example.org (name: Zoé → Zoé Roux; leaves later: an import after that day will say so)" in told.output


def test_unchanged_row_is_shown_when_it_leaves_something_to_know(tmp_path: Path) -> None:
    run("import", "people", export(tmp_path, ROWS), "--apply")

    told = run("import", "people", export(tmp_path, "Nom;E-mail;N+1\nZoé;zoe@example.org;Lou\nMax;max@example.org;\n"))

    assert [line.split(" (")[0] for line in told.output.splitlines() if line.startswith("line")] == [
        "line 3: Added: max@example.org",
        "line 2: Unchanged: zoe@example.org",
    ]


def test_absent_people_leave_only_when_asked(tmp_path: Path) -> None:
    run("import", "people", export(tmp_path, ROWS), "--apply")
    other = export(tmp_path, "Nom;E-mail\nAnn;ann@example.org\n")

    kept, gone = run("import", "people", other), run("import", "people", other, "--apply", "--absent-leave")

    assert ("Absent from the file (kept): zoe@example.org" in kept.output, "Left: zoe@example.org" in gone.output) == (True, True)
    assert Person.objects.filter(departed_on__isnull=False).count() == 1


def test_file_that_cannot_be_taken_fails_with_its_reason(tmp_path: Path) -> None:
    told = run("import", "people", export(tmp_path, "Nom;Ville\nA;B\n"))

    assert (told.exit_code, "The columns found are: Nom, Ville." in told.output) == (1, True)


def test_imports_are_listed_and_unknown_ones_refused() -> None:
    listed, unknown = run("import", "--help"), run("import", "birds")

    assert ("people" in listed.output, "stackexchange" in listed.output, unknown.exit_code) == (True, True, 2)


def test_administrator_is_made_with_a_link() -> None:
    told, refused = run("create-admin", "ann@example.org", "--name", "Ann Lee"), run("create-admin", "ann")

    assert (told.exit_code, "/invitation/" in told.output, Person.objects.get().roles) == (0, True, ["administrator"])
    assert (refused.exit_code, "“ann” is not an e-mail address." in refused.output) == (1, True)
