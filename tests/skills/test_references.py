"""A reference is installed whole or not at all, and updated without losing what its new files do not tell."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from relais.config.commands.import_skills import command
from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.models import Entry
from relais.skills.actions.references import install_reference, plan_reference, read_reference_files
from relais.skills.models import Concept, Reference
from tests.factories import make_member

pytestmark = pytest.mark.django_db
HEAD = "id;label_fr;label_en;alt_fr;n_occupations;collections\n"


def table(at: Path, *lines: str, head: str = HEAD) -> Path:
    path = at / "metiers.csv"
    path.write_text(head + "\n".join(lines) + "\n", "utf-8")
    return path


def test_installing_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    file = read_reference_files(table(tmp_path, "a;Apaiser;Calm;;2;vente", "b;Mesurer;Measure;Jauger;;"))
    told: list[int] = []

    first, second = install_reference(file, told=told.append), install_reference(file)

    assert (len(first.added), len(second.added), len(second.changed), second.unchanged) == (2, 0, 0, 2)
    assert (told, Concept.objects.count(), Reference.objects.get().title) == ([2], 2, "metiers")
    assert [entry.payload for entry in Entry.objects.filter(verb="reference.installed")] == [{"added": 2, "changed": 0}]


def test_notices_of_every_part_stay_and_nothing_new_moves_no_date(tmp_path: Path) -> None:
    adapted = tmp_path / "compact.tsv"
    adapted.write_text("# ESCO v1.2, adapted\nid\tlabel_fr\na\tApaiser\n", "utf-8")
    official = tmp_path / "skills_fr.csv"
    official.write_text("conceptUri,preferredLabel\nhttp://data.europa.eu/esco/skill/b,Mesurer\n", "utf-8")

    for path in (adapted, official):
        install_reference(read_reference_files(path))
    before = Reference.objects.values().get()
    with clock.simulated(clock.now() + timedelta(1)):
        install_reference(read_reference_files(official))

    assert before["notice"].split("\n") == ["ESCO v1.2, adapted", "This service uses the ESCO classification of the European Commission."]
    assert Reference.objects.values().get() == before


def test_new_files_change_what_they_tell_and_keep_the_rest(tmp_path: Path) -> None:
    install_reference(read_reference_files(table(tmp_path, "a;Apaiser;Calm;;2;vente", "b;Mesurer;Measure;;;")))

    plan = install_reference(read_reference_files(table(tmp_path, "a;Apaiser un client;accueil", head="id;label_fr;collections\n")))

    concept = Concept.objects.get(uri="metiers:a")
    assert (len(plan.changed), plan.absent, Concept.objects.count()) == (1, 1, 2)
    assert (concept.texts["fr"]["preferred"], concept.texts["en"]["preferred"]) == ("Apaiser un client", "Calm")
    assert (concept.occupations, concept.collections) == (2, ["accueil", "vente"])


def test_planning_writes_nothing_and_a_member_installs_nothing(tmp_path: Path) -> None:
    file = read_reference_files(table(tmp_path, "a;Apaiser;;;;"))

    plan = plan_reference(file)

    assert (plan.written, Concept.objects.count()) == (1, 0)
    with pytest.raises(NotAllowed):
        install_reference(file, by=make_member())


def test_a_damaged_file_is_refused_in_words_and_the_vocabulary_stays(tmp_path: Path) -> None:
    install_reference(read_reference_files(table(tmp_path, "a;Apaiser;;;;")))

    with pytest.raises(Refused, match=r"metiers\.csv, ligne 3, colonne label_fr\s: cette compétence n’a pas de nom\. Rien"):
        read_reference_files(table(tmp_path, "a;Calmer;;;;", "b;;;;;"))
    (tmp_path / "cut.gz").write_bytes(b"no archive")
    with pytest.raises(Refused, match=r"cut\.gz\s: l’archive est abîmée"):
        read_reference_files(tmp_path / "cut.gz")

    assert Concept.objects.get().texts["fr"]["preferred"] == "Apaiser"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("relais.config.commands.import_skills.prepare", lambda: None)
    return CliRunner()


def test_command_reports_then_applies(run: CliRunner, tmp_path: Path) -> None:
    path = str(table(tmp_path, "a;Apaiser;Calm;;;"))

    dry, done = run.invoke(command, [path]), run.invoke(command, [path, "--apply"])

    assert (dry.exit_code, done.exit_code, Concept.objects.count()) == (0, 0, 1)
    assert "metiers: 1 skills, languages: en, fr" in dry.output
    assert "Nothing was written. Add --apply to do it." in dry.output
    assert "added: 1, changed: 0, unchanged: 0, absent (kept): 0" in done.output


def test_command_says_what_is_damaged_and_ends_badly(run: CliRunner, tmp_path: Path) -> None:
    done = run.invoke(command, [str(table(tmp_path, "a;;;;;")), "--apply"])

    assert (done.exit_code, Concept.objects.count()) == (1, 0)
    assert "metiers.csv, line 2, column label_fr: this skill has no label. Nothing was changed." in done.output
