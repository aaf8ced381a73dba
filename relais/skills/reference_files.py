"""Reads a public list of skills from its official files: ESCO (any version and language), ROME 4.0, a table of one's own.

Pure: named bytes in, concepts out, no Django. What is damaged is told with its file, line and column.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LARGEST = 300 * 2**20
LONGEST_WORD, LONGEST_ADDRESS, HIGHEST = 60, 200, 2**31 - 1  # what the columns hold
ESCO_NOTICE = "This service uses the ESCO classification of the European Commission."
ROME_NOTICE = "ROME 4.0, France Travail."
_ESCO_SKILL = "http://data.europa.eu/esco/skill/"
_ESCO_FILE = re.compile(r"(?:skills|(?P<collection>\w+)SkillsCollection)_(?P<language>[a-z]{2})\.csv$", re.IGNORECASE)
_OCCUPATIONS = re.compile(r"occupationSkillRelations(_[a-z]{2})?\.csv$", re.IGNORECASE)
_ROME_FILE = re.compile(r"referentiel_(?P<what>competence|savoir)", re.IGNORECASE)
_VERSION = re.compile(r"v?(\d+(?:\.[\dx]+)+)", re.IGNORECASE)

Texts = dict[str, dict[str, Any]]


class Damaged(Exception):
    """Where a file cannot be read, and why (a code)."""

    def __init__(self, why: str, file: str, line: int = 0, column: str = "") -> None:
        super().__init__(f"{file}:{line}:{column}: {why}")
        self.why, self.file, self.line, self.column = why, file, line, column


@dataclass
class ReadConcept:
    """One skill as the files tell; None and empty say nothing."""

    uri: str
    kind: str = ""
    reuse: str = ""
    occupations: int | None = None
    collections: set[str] = field(default_factory=set)
    texts: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class ReferenceFile:
    """A whole reference, as its files tell it."""

    code: str
    title: str
    version: str
    notice: str
    concepts: dict[str, ReadConcept]


def read_reference(path: Path) -> ReferenceFile:
    """The reference in a zip, a folder, or one file; one that holds no skill is refused."""
    found = _read(path)
    if not found.concepts:
        raise Damaged("none", path.name)
    return found


def _read(path: Path) -> ReferenceFile:
    files = dict(_files(path))
    if any(_ESCO_FILE.search(name) for name in files):
        return ReferenceFile("esco", "ESCO", _version(path.name), ESCO_NOTICE, _esco(files))
    if any(_ROME_FILE.search(name) for name in files):
        found = re.search(r"v(\d{3})", " ".join(files))
        return ReferenceFile("rome", "ROME 4.0", found[1] if found else "", ROME_NOTICE, _rome(files))
    if len(files) == 1:
        return _own(*next(iter(files.items())))
    raise Damaged("unknown", path.name)


def _version(text: str) -> str:
    found = _VERSION.search(text)
    return found[1].rstrip(".") if found else ""


# Files


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            yield from ((one.name, one.read_bytes()) for one in sorted(path.iterdir()) if one.suffix.lower() == ".csv")
        elif path.suffix.lower() == ".zip" or zipfile.is_zipfile(path):
            yield from _unzipped(path)
        elif path.suffix == ".gz":
            with gzip.open(path) as stream:
                content = stream.read(LARGEST + 1)
            if len(content) > LARGEST:
                raise Damaged("too_big", path.name)
            yield path.name, content
        else:
            yield path.name, path.read_bytes()
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Damaged("archive", path.name) from error


def _unzipped(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
        if sum(one.file_size for one in members) > LARGEST:
            raise Damaged("too_big", path.name)
        yield from ((Path(one.filename).name, archive.read(one)) for one in members)


@dataclass(frozen=True)
class _Row:
    file: str
    line: int
    cells: dict[str, str]

    def need(self, column: str) -> str:
        text = self.get(column)
        if not text:
            raise Damaged("empty", self.file, self.line, column)
        return text

    def get(self, column: str) -> str:
        return " ".join(self.cells.get(column, "").split())

    def word(self, column: str) -> str:
        """A short cell, such as a type."""
        text = self.get(column)
        if len(text) > LONGEST_WORD:
            raise Damaged("long", self.file, self.line, column)
        return text

    def address(self, column: str, prefix: str = "") -> str:
        """What names a skill for ever; `prefix` stands before it when it is no address by itself."""
        text = self.need(column)
        uri = text if ":" in text else prefix + text
        if len(uri) > LONGEST_ADDRESS or not re.fullmatch(r"\w[\w+.-]*:\S+", uri):
            raise Damaged("address", self.file, self.line, column)
        return uri

    def number(self, column: str) -> int | None:
        text = self.get(column)
        if text and not (text.isdecimal() and int(text) <= HIGHEST):
            raise Damaged("number", self.file, self.line, column)
        return int(text) if text else None

    def several(self, column: str, between: str) -> list[str]:
        parts = (" ".join(part.split()) for part in re.split(between, self.cells.get(column, "")))
        return sorted({part for part in parts if part})


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _at("encoding", name, content, error.start) from error
    if "\0" in text:
        raise _at("encoding", name, content, content.index(b"\0"))
    return text


def _at(why: str, name: str, content: bytes, start: int) -> Damaged:
    before = content[:start]
    return Damaged(why, name, before.count(b"\n") + 1, str(start - before.rfind(b"\n")))


def _rows(name: str, text: str, *, skipped: int = 0, delimiter: str = ",", needed: tuple[str, ...]) -> Iterator[_Row]:
    """Each record with the line it starts on; every record has as many cells as there are headings."""
    plain = delimiter == "\t"
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL
    )
    heads: list[str] = []
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            start = text.splitlines()[line - skipped - 1]
            raise Damaged("quotes", name, line, str(start.rfind('"') + 1)) from error
        if cells is None:
            break
        if not heads:
            heads = _headings(name, line, cells, needed)
        elif cells:
            if len(cells) != len(heads):
                raise Damaged("cells", name, line, heads[min(len(cells), len(heads) - 1)])
            yield _Row(name, line, dict(zip(heads, cells, strict=True)))
    if not heads:
        raise Damaged("no_heading", name, skipped + 1, needed[0])


def _once(rows: Iterator[_Row], column: str) -> Iterator[_Row]:
    """The same rows; two that name one skill are refused."""
    met: set[str] = set()
    for row in rows:
        if row.get(column) in met:
            raise Damaged("twice", row.file, row.line, column)
        met.add(row.get(column))
        yield row


def _headings(name: str, line: int, cells: list[str], needed: tuple[str, ...]) -> list[str]:
    heads = [cell.strip() for cell in cells]
    for column in needed:
        if column not in heads:
            raise Damaged("no_heading", name, line, column)
    return heads


# ESCO


def _esco(files: dict[str, bytes]) -> dict[str, ReadConcept]:
    concepts: dict[str, ReadConcept] = {}
    occupations: dict[str, set[str]] = {}
    for name, content in files.items():
        if found := _ESCO_FILE.search(name):
            for row in _once(_rows(name, _text(name, content), needed=("conceptUri", "preferredLabel")), "conceptUri"):
                if row.get("conceptType") in {"", "KnowledgeSkillCompetence"}:
                    _esco_concept(row, concepts, found["language"].lower(), found["collection"])
        elif _OCCUPATIONS.search(name):
            for row in _rows(name, _text(name, content), needed=("occupationUri", "skillUri")):
                occupations.setdefault(row.need("skillUri"), set()).add(row.need("occupationUri"))
    for uri in concepts.keys() & occupations.keys():
        concepts[uri].occupations = len(occupations[uri])
    return concepts


def _esco_concept(row: _Row, concepts: dict[str, ReadConcept], language: str, collection: str | None) -> None:
    uri = row.address("conceptUri")
    concept = concepts.setdefault(uri, ReadConcept(uri))
    concept.kind, concept.reuse = row.word("skillType") or concept.kind, row.word("reuseLevel") or concept.reuse
    if collection:
        concept.collections.add(collection.lower())
    between = r"\s\|\s|\n"
    told = _texts(
        row.need("preferredLabel"), row.several("altLabels", between), row.several("hiddenLabels", between), row.get("description")
    )
    if not collection or language not in concept.texts:  # the whole list tells more than a collection
        concept.texts[language] = told


def _texts(preferred: str, alternative: list[str], hidden: list[str] | None = None, description: str = "") -> dict[str, Any]:
    return {
        "preferred": preferred,
        "alternative": [label for label in alternative if label != preferred],
        "hidden": hidden or [],
        "description": description,
    }


# ROME


def _rome(files: dict[str, bytes]) -> dict[str, ReadConcept]:
    concepts: dict[str, ReadConcept] = {}
    for name, content in files.items():
        if found := _ROME_FILE.search(name):
            what = found["what"].lower()
            code, label = ("code_ogr", "libelle_competence") if what == "competence" else ("code_ogr_savoir", "libelle_savoir")
            for row in _once(_rows(name, _text(name, content), needed=(code, label)), code):
                kind = row.word("cat_comp") or "Savoir"
                uri = row.address(code, f"rome:{what}:")
                concepts[uri] = ReadConcept(uri, kind, texts={"fr": _texts(row.need(label), [], None, row.get("definition"))})
    return concepts


# A table of one's own


def _own(name: str, content: bytes) -> ReferenceFile:
    """Columns `id`, `label_LANGUAGE` and, if wanted, `alt_`, `desc_`, `type`, `reuse`, `collections`, `n_occupations`."""
    text = _text(name, content)
    comments = [line for line in text.splitlines() if line.startswith("#")]
    skipped = len(comments) if text.startswith("#") else 0
    body = "".join(text.splitlines(keepends=True)[skipped:])
    notice = " ".join(line.lstrip("# ") for line in comments[:skipped])
    is_esco = "ESCO" in notice
    code = "esco" if is_esco else re.sub(r"\W+", "-", name.split(".")[0].lower())[:40]
    prefix = _ESCO_SKILL if is_esco else f"{code}:"
    head = body.split("\n", 1)[0]
    delimiter = max("\t;,", key=head.count)
    concepts = {}
    for row in _once(_rows(name, body, skipped=skipped, delimiter=delimiter, needed=("id",)), "id"):
        concept = _own_concept(row, prefix)
        concepts[concept.uri] = concept
    return ReferenceFile(code, "ESCO" if is_esco else name.split(".")[0][:120], _version(notice), notice, concepts)


def _own_concept(row: _Row, prefix: str) -> ReadConcept:
    languages = [head.removeprefix("label_") for head in row.cells if re.fullmatch(r"label_[a-z]{2}", head)]
    texts = {
        code: _texts(row.get(f"label_{code}"), row.several(f"alt_{code}", r"\|"), None, row.get(f"desc_{code}"))
        for code in languages
        if row.get(f"label_{code}")
    }
    if not texts:
        raise Damaged("no_label", row.file, row.line, f"label_{languages[0]}" if languages else "label_fr")
    uri, collections = row.address("id", prefix), set(row.several("collections", r"\|"))
    return ReadConcept(uri, row.word("type"), row.word("reuse"), row.number("n_occupations"), collections, texts)
