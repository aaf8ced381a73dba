"""Reads an HR export as people make them: CSV or XLSX, any usual encoding, French or English headers, dates as written.

Pure: bytes in, rows out, no Django. Words for the codes are in `hr_words.py`.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

COLUMNS = {
    "email": "e-mail email mail courriel adresse adresse-e-mail adresse-mail adresse-email adresse-electronique mail-professionnel"
    " email-professionnel courriel-professionnel email-address e-mail-address work-email",
    "first_name": "prenom first-name firstname given-name",
    "last_name": "nom nom-de-famille nom-d-usage nom-usuel last-name lastname surname family-name",
    "full_name": "nom-complet nom-et-prenom nom-prenom prenom-nom prenom-et-nom name full-name salarie employee collaborateur",
    "number": "matricule numero-de-matricule numero n-matricule employee-number employee-id number id identifiant staff-number",
    "unit": "unite service equipe departement affectation unite-d-affectation unit team department entite pole",
    "parent_unit": "unite-parente unite-parent direction division unite-mere parent parent-unit rattachement service-parent",
    "manager": "responsable manager e-mail-du-responsable email-du-responsable mail-du-responsable courriel-du-responsable"
    " responsable-e-mail responsable-hierarchique n-1 superieur superieur-hierarchique manager-email email-manager mail-manager"
    " e-mail-manager line-manager e-mail-du-manager email-du-manager",
    "arrived_on": "date-d-entree date-entree entree date-d-arrivee date-arrivee arrivee date-d-embauche date-embauche embauche"
    " entre-le arrive-le start-date hire-date hired-on joined arrival start",
    "departed_on": "date-de-sortie date-sortie sortie date-de-depart date-depart depart sorti-le end-date leave-date left-on departure end",
    "language": "langue language lang locale",
}
_COLUMN_OF = {word: name for name, words in COLUMNS.items() for word in words.split()}
_MONTH_WORDS = [
    "janvier janv january jan",
    "fevrier fevr fev february feb",
    "mars march mar",
    "avril avr april apr",
    "mai may",
    "juin june jun",
    "juillet juil july jul",
    "aout august aug",
    "septembre sept september sep",
    "octobre oct october",
    "novembre nov november",
    "decembre dec december",
]
_MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, start=1) for word in words.split()}
_LANGUAGES = {
    "fr": "fr",
    "francais": "fr",
    "french": "fr",
    "fra": "fr",
    "fre": "fr",
    "en": "en",
    "anglais": "en",
    "english": "en",
    "eng": "en",
}
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"().]+(\.[^@\s,;<>\"().]+)+")
_FIRST_EXCEL_DAY = date(1899, 12, 30)
_SEPARATORS = ";,\t"
LONGEST_NUMBER = 60
LARGEST_UNFOLDED = 60 * 2**20  # bytes: some 100,000 people
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError)
_BROKEN_BOOK = (*_BROKEN_ZIP, InvalidFileException, LookupError, ValueError, SyntaxError, TypeError, AttributeError)


class UnreadableFile(Exception):
    """The file as a whole cannot be taken; `reason` is a code of `hr_words`, `detail` what was found."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Problem:
    """Why a row is refused: a code of `hr_words`, and what was read."""

    code: str
    value: str = ""


@dataclass
class HrRow:
    """One person as the file tells; None: the file says nothing, so nothing changes."""

    line: int
    email: str = ""
    name: str = ""
    number: str | None = None
    unit: tuple[str, ...] = ()
    manager: str | None = None
    arrived_on: date | None = None
    departed_on: date | None = None
    language: str | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class HrFile:
    """The rows, and which columns were understood."""

    rows: list[HrRow]
    columns: list[str]


def read_hr_file(content: bytes) -> HrFile:
    """Every row of the file; raises UnreadableFile when it is no table, or has no column of addresses."""
    lines = (line for line in _table(content) if any(_text(cell) for cell in line[1]))
    _, header = next(lines, (0, None))
    if header is None:
        raise UnreadableFile("empty")
    columns = [_COLUMN_OF.get(slug(_text(cell)), "") for cell in header]
    if "email" not in columns:
        raise UnreadableFile("no_email_column", ", ".join(_text(cell) for cell in header if _text(cell)))
    rows = [_row(number, dict(_cells(columns, cells))) for number, cells in lines]
    if not rows:
        raise UnreadableFile("no_row")
    return HrFile(rows, [name for name in columns if name])


def _cells(columns: list[str], cells: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Of two columns with the same meaning, the first that says something."""
    seen: set[str] = set()
    for name, cell in zip(columns, cells, strict=False):
        if name and name not in seen and _text(cell):
            seen.add(name)
            yield name, cell


def slug(text: str) -> str:
    """`Date d’entrée ` becomes `date-d-entree`."""
    flat = unicodedata.normalize("NFKD", text.replace("’", "-")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-")


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return re.sub(r"\s+", " ", str(cell)).strip()


# Tables


def _table(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    if not content.strip():
        raise UnreadableFile("empty")
    return _sheet(content) if content.startswith(b"PK") else _csv(_decoded(content))


def _sheet(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """The first sheet that holds something; a small file that unfolds into a huge one is not unfolded."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNFOLDED:
                raise UnreadableFile("too_big")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except _BROKEN_BOOK as error:
        raise UnreadableFile("not_a_table") from error
    for sheet in book.worksheets:
        rows = _rows_of(sheet)
        if any(_text(cell) for _, row in rows for cell in row):
            return iter(rows)
    raise UnreadableFile("empty")


def _rows_of(sheet: Any) -> list[tuple[int, list[Any]]]:
    """Rows are read only now: what is broken deep inside shows here."""
    try:
        return [(number, list(row)) for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)]
    except _BROKEN_BOOK as error:
        raise UnreadableFile("not_a_table") from error


def _decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if content.startswith(mark):
            return _decoded_as(content, encoding)
    if content[1::2].count(0) > len(content) // 4:
        return _decoded_as(content, "utf-16-le")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _decoded_as(content, "cp1252")


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile("encoding") from error


def _csv(text: str) -> Iterator[tuple[int, list[Any]]]:
    if not text.strip():
        raise UnreadableFile("empty")
    if "\x00" in text or text.lstrip()[:5].lower() in {"<html", "<!doc", "<?xml", "%pdf-", "{\\rtf"}:
        raise UnreadableFile("not_a_table")
    first = next(line for line in text.splitlines() if line.strip())
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise UnreadableFile("not_a_table", str(error)) from error
    return iter(rows)


# Rows


def _row(line: int, cells: dict[str, Any]) -> HrRow:
    row = HrRow(line, email=_text(cells.get("email")).lower().removeprefix("mailto:"), name=_name(cells), unit=_unit(cells))
    row.number = _text(cells["number"]) if "number" in cells else None
    row.manager = _text(cells["manager"]).lower() if "manager" in cells else None
    for name in ("arrived_on", "departed_on"):
        try:
            setattr(row, name, parse_day(cells[name]) if name in cells else None)
        except ValueError:
            row.problems.append(Problem("unreadable_date", _text(cells[name])))
    row.language = _LANGUAGES.get(slug(_text(cells.get("language"))).split("-")[0])
    row.problems.extend(_problems(row, cells))
    return row


def _name(cells: dict[str, Any]) -> str:
    parts = [_proper(_text(cells.get(part))) for part in ("first_name", "last_name")]
    if not cells.get("first_name") and "full_name" in cells:
        return _proper(_text(cells["full_name"]))[:120]
    return " ".join(part for part in parts if part)[:120]


def _proper(name: str) -> str:
    """`DE LA TOUR` as one writes it, without touching what is already mixed: `McDonald`, `O'Neil`."""
    return re.sub(r"[^\W\d_]{2,}", lambda word: word[0].capitalize() if word[0].isupper() else word[0], name)


def _unit(cells: dict[str, Any]) -> tuple[str, ...]:
    path = [_text(cells.get(part)) for part in ("parent_unit", "unit")]
    return tuple(step.strip()[:120] for part in path for step in re.split(r"\s*[>›]\s*", part) if step.strip())


def _problems(row: HrRow, cells: dict[str, Any]) -> Iterator[Problem]:
    if not _EMAIL.fullmatch(row.email) or len(row.email) > 254:
        yield Problem("bad_email", _text(cells.get("email")))
    if not row.name:
        yield Problem("no_name")
    if len(row.number or "") > LONGEST_NUMBER:
        yield Problem("number_too_long", row.number or "")
    if row.manager and not _EMAIL.fullmatch(row.manager):
        yield Problem("bad_manager", row.manager)
    if row.arrived_on and row.departed_on and row.departed_on < row.arrived_on:
        yield Problem("leaves_before_arriving", f"{row.arrived_on:%d/%m/%Y} – {row.departed_on:%d/%m/%Y}")
    if len({slug(step) for step in row.unit}) < len(row.unit):
        yield Problem("unit_circle", " > ".join(row.unit))


# Dates


def parse_day(cell: Any) -> date:
    """A day as people write it, day first; raises ValueError when it is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = re.sub(r"(?<=\d)[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$", "", _text(cell))
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _FIRST_EXCEL_DAY + timedelta(days=int(float(text)))
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", text):
        return date(_year(found[3]), int(found[2]), int(found[1]))
    return _written_day(text)


def _written_day(text: str) -> date:
    words = slug(re.sub(r"^(le|the)\s+", "", text, flags=re.IGNORECASE)).split("-")
    if len(words) == 3 and words[0] in _MONTHS:  # March 5, 2024
        words = [words[1], words[0], words[2]]
    day, month, year = (*words, "", "")[:3] if len(words) <= 3 else words[-3:]
    if not re.fullmatch(r"\d{1,2}(er|st|nd|rd|th)?", day) or month not in _MONTHS or not re.fullmatch(r"\d{4}|\d{2}", year):
        raise ValueError(text)
    return date(_year(year), _MONTHS[month], int(re.sub(r"\D", "", day)))


def _year(digits: str) -> int:
    """Two digits tell a year of a working life: 24 is 2024, 87 is 1987."""
    if len(digits) == 4:
        return int(digits)
    return (2000 if int(digits) < 70 else 1900) + int(digits)
