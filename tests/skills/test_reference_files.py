"""Public lists read from their official shapes; what is damaged is told with its file, line and column."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.skills import reference_files
from relais.skills.reference_files import Damaged, read_reference

ESCO_HEAD = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,description\n"
ESCO_EN = ESCO_HEAD + (
    "KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/a,skill/competence,sector-specific,calm customers,"
    '"soothe customers\nreassure customers",,"Keep calm, and listen."\n'
    "KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/b,knowledge,,metrology,,,\n"
    "ConceptScheme,http://data.europa.eu/esco/scheme,,,Skills,,,\n"
)
ESCO_FR = (
    ESCO_HEAD + "KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/a,skill/competence,,apaiser des clients,rassurer | calmer,,\n"
)
DIGITAL = "conceptType,conceptUri,preferredLabel,altLabels\nKnowledgeSkillCompetence,http://data.europa.eu/esco/skill/a,apaiser,x\n"
RELATIONS = "occupationUri,relationType,skillType,skillUri\no/1,essential,s,http://data.europa.eu/esco/skill/a\no/2,optional,s,http://data.europa.eu/esco/skill/a\n"
ROME = "code_ogr,libelle_competence,cat_comp\n100,Accueillir un client,Savoir-faire\n"
SAVOIRS = "code_ogr_savoir,libelle_savoir,definition\n\n7,Métrologie,Mesurer\n"
OURS = "id\tlabel_fr\tlabel_en\talt_fr\tn_occupations\ncalme\tApaiser un client\tCalm a customer\tRassurer|Calmer\t3\n"


def folder(at: Path, **files: str) -> Path:
    """These files, by their names."""
    for name, content in files.items():
        (at / f"{name}.csv").write_text(content, "utf-8")
    return at


def test_esco_is_read_from_its_zip_with_both_languages_and_its_occupations(tmp_path: Path) -> None:
    path = tmp_path / "ESCO dataset - v1.2.0 - classification.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("csv/skills_en.csv", ESCO_EN)
        archive.writestr("csv/skills_fr.csv", "\ufeff" + ESCO_FR)
        archive.writestr("csv/digitalSkillsCollection_fr.csv", DIGITAL)
        archive.writestr("csv/occupationSkillRelations_en.csv", RELATIONS)
        archive.writestr("csv/skillGroups_en.csv", "code\nS1\n")
        archive.writestr("readme.txt", "never read")

    found = read_reference(path)

    calm = found.concepts["http://data.europa.eu/esco/skill/a"]
    assert (found.code, found.title, found.version, len(found.concepts)) == ("esco", "ESCO", "1.2.0", 2)
    assert found.notice == "This service uses the ESCO classification of the European Commission."
    assert (calm.kind, calm.occupations, calm.collections) == ("skill/competence", 2, {"digital"})
    assert calm.texts["en"] == {
        "preferred": "calm customers",
        "alternative": ["reassure customers", "soothe customers"],
        "hidden": [],
        "description": "Keep calm, and listen.",
    }
    assert (calm.texts["fr"]["preferred"], calm.texts["fr"]["alternative"]) == ("apaiser des clients", ["calmer", "rassurer"])


def test_rome_is_read_from_its_folder(tmp_path: Path) -> None:
    path = folder(
        tmp_path, unix_referentiel_competence_v460_utf8=ROME, unix_referentiel_savoir_v460_utf8=SAVOIRS, unix_item_v460_utf8="x\n"
    )

    found = read_reference(path)

    assert (found.code, found.version) == ("rome", "460")
    assert {uri: concept.texts["fr"]["preferred"] for uri, concept in found.concepts.items()} == {
        "rome:competence:100": "Accueillir un client",
        "rome:savoir:7": "Métrologie",
    }


@pytest.mark.parametrize("packed", [False, True])
def test_a_table_of_ones_own_needs_an_id_and_labels(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("nos_competences.tsv.gz" if packed else "nos_competences.tsv")
    path.write_bytes(gzip.compress(OURS.encode()) if packed else OURS.encode())

    found = read_reference(path)

    [concept] = found.concepts.values()
    assert (found.code, concept.uri, concept.occupations) == ("nos_competences", "nos_competences:calme", 3)
    assert concept.texts["fr"]["alternative"] == ["Calmer", "Rassurer"]


def test_a_table_that_says_it_is_adapted_from_esco_updates_esco(tmp_path: Path) -> None:
    path = tmp_path / "compact.tsv"
    path.write_text(
        "# Adapted from the ESCO classification v1.2\n# Free reuse\nid\tlabel_fr\na\tApaiser\nhttps://x.org/b\tMesurer\n", "utf-8"
    )

    found = read_reference(path)

    assert (found.code, found.version, sorted(found.concepts)) == ("esco", "1.2", ["http://data.europa.eu/esco/skill/a", "https://x.org/b"])


@pytest.mark.parametrize(
    ("name", "content", "why", "line", "column"),
    [
        ("skills_en.csv", ESCO_EN + "KnowledgeSkillCompetence,not an address,s,,x,,,\n", "address", 6, "conceptUri"),
        ("skills_en.csv", ESCO_EN + "KnowledgeSkillCompetence,http://x/c,s,,,,,\n", "empty", 6, "preferredLabel"),
        ("skills_en.csv", ESCO_EN + "KnowledgeSkillCompetence,http://x/c,s\n", "cells", 6, "reuseLevel"),
        ("skills_en.csv", ESCO_EN + 'K,http://x/c,s,,"never closed,,,\n', "quotes", 6, "17"),
        ("skills_en.csv", "conceptType,preferredLabel\n", "no_heading", 1, "conceptUri"),
        ("skills_en.csv", "", "no_heading", 1, "conceptUri"),
        ("ours.csv", "id;label_fr\na;Été\n".encode("cp1252").decode("latin-1"), "", 0, ""),
        ("ours.csv", "id;label_fr\n;Mesurer\n", "empty", 2, "id"),
        ("ours.csv", "id;label_fr\na;\n", "no_label", 2, "label_fr"),
        ("ours.csv", "id;name\na;b\n", "no_label", 2, "label_fr"),
        ("ours.csv", "id;label_fr;n_occupations\na;b;many\n", "number", 2, "n_occupations"),
        ("ours.csv", "id;label_fr\na;b\0\n", "encoding", 2, "4"),
        ("ours.csv", "id;label_fr;n_occupations\na;b;99999999999\n", "number", 2, "n_occupations"),
        ("ours.csv", f"id;label_fr\n{'a' * 200};b\n", "address", 2, "id"),
        ("ours.csv", "id;label_fr\na b;c\n", "address", 2, "id"),
        ("ours.csv", "id;label_fr\na;b\nc;d\na;e\n", "twice", 4, "id"),
        ("ours.csv", f"id;label_fr;type\na;b;{'t' * 61}\n", "long", 2, "type"),
        ("ours.csv", f"id;label_fr;reuse\na;b;{'t' * 61}\n", "long", 2, "reuse"),
        ("ours.csv", "id;label_fr\n", "none", 0, ""),
        ("skills_en.csv", ESCO_EN + ESCO_EN.splitlines()[-2] + "\n", "twice", 6, "conceptUri"),
    ],
)
def test_what_is_damaged_is_told_where_it_is(tmp_path: Path, name: str, content: str, why: str, line: int, column: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8", newline="")
    if not why:
        path.write_bytes(content.encode("latin-1"))
        why, line, column = "encoding", 2, "3"

    with pytest.raises(Damaged) as told:
        read_reference(path if name.startswith("ours") else tmp_path)

    assert (told.value.why, told.value.file, told.value.line, told.value.column) == (why, name, line, column)


def test_a_broken_archive_a_huge_one_and_strange_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut, huge, huge_zip = tmp_path / "cut.tsv.gz", tmp_path / "huge.tsv.gz", tmp_path / "huge.zip"
    cut.write_bytes(gzip.compress(OURS.encode() * 50)[:60])
    huge.write_bytes(gzip.compress(b"x" * 2000))
    with zipfile.ZipFile(huge_zip, "w") as archive:
        archive.writestr("skills_en.csv", "x" * 2000)
    (cut_zip := tmp_path / "cut.zip").write_bytes(huge_zip.read_bytes()[:40])
    strange = folder(tmp_path / "strange" if (tmp_path / "strange").mkdir() is None else tmp_path, a="id\n", b="id\n")
    monkeypatch.setattr(reference_files, "LARGEST", 1000)

    whys = []
    for path in (cut, cut_zip, huge, huge_zip, strange):
        with pytest.raises(Damaged) as told:
            read_reference(path)
        whys.append(told.value.why)

    assert whys == ["archive", "archive", "too_big", "too_big", "unknown"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told_to_be_damaged(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(content)

    told, found = "any.csv", None
    try:
        found = read_reference(path)
    except Damaged as error:
        told = error.file

    assert told == "any.csv"
    assert found is None or all(concept.texts for concept in found.concepts.values())
