"""Reads an HR export as people make them: CSV or XLSX, any usual encoding, French or English headers, dates as written.

Pure: bytes in, rows out, no Django. Words for the codes are in `hr_words.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from relais.people.hr_columns import slug, text_of
from relais.people.hr_table import read_table

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
LONGEST_NUMBER = 60
_NOTHING = {"na", "n-a", "none", "null", "nan", "neant", "aucun", "aucune", "inconnu", "inconnue", "unknown", "vide"}
_NO_YEAR = (1900, 2900)  # 01/01/1900 and 31/12/9999 stand for no day at all


@dataclass(frozen=True)
class Problem:
    """Why a row is refused, or what it leaves to know: a code of `hr_words`, and what was read."""

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
    """The rows, the headings understood with what each means, and the headings and sheets nobody reads."""

    rows: list[HrRow]
    used: list[tuple[str, str]]
    ignored: list[str]
    other_sheets: tuple[str, ...] = ()


def read_hr_file(content: bytes) -> HrFile:
    """Every row of the file; raises UnreadableFile when it is no table, or has no column of addresses."""
    header, lines = read_table(content)
    headings = list(zip(header.titles, header.columns, strict=True))
    rows = [_row(number, _cells(header.columns, cells)) for number, cells in lines]
    used = [(title, name) for title, name in headings if name]
    return HrFile(rows, used, [title for title, name in headings if title and not name], header.other_sheets)


def _cells(columns: list[str], cells: list[Any]) -> dict[str, Any]:
    """Of two columns with the same meaning, the first that says something; an address says more than what is none."""
    told: dict[str, Any] = {}
    for name, cell in zip(columns, cells, strict=False):
        text = text_of(cell)
        addressed = name in {"email", "manager"} and "@" in text and "@" not in text_of(told.get(name))
        if name and text and (addressed or name not in told):
            told[name] = cell
    return told


# Rows


def _row(line: int, cells: dict[str, Any]) -> HrRow:
    email, shown = _address(text_of(cells.get("email")))
    row = HrRow(line, email=email, name=_name(cells) or _proper(shown)[:120], unit=_unit(cells))
    row.number = text_of(cells["number"]) if "number" in cells else None
    row.manager = _address(text_of(cells["manager"]))[0] if "manager" in cells else None
    for name in ("arrived_on", "departed_on"):
        try:
            setattr(row, name, day_or_nothing(cells.get(name)))
        except ValueError:
            row.problems.append(Problem("unreadable_date", text_of(cells[name])))
    row.language = _LANGUAGES.get(slug(text_of(cells.get("language"))).split("-")[0])
    row.problems.extend(_problems(row, cells))
    return row


def _address(text: str) -> tuple[str, str]:
    """`Zoé Martin <zoe@example.org>` is an address and a name; anything else is taken as it is."""
    found = re.fullmatch(r"(.*?)<([^<>]*@[^<>]*)>", text)
    address, shown = (found[2], found[1].strip(" \"'")) if found else (text, "")
    return (address.strip().lower().removeprefix("mailto:") if "@" in address else address), shown


def _name(cells: dict[str, Any]) -> str:
    parts = [_proper(text_of(cells.get(part))) for part in ("first_name", "last_name")]
    if not cells.get("first_name") and "full_name" in cells:
        return _proper(text_of(cells["full_name"]))[:120]
    return " ".join(part for part in parts if part)[:120]


def _proper(name: str) -> str:
    """`DE LA TOUR` as one writes it, without touching what is already mixed: `McDonald`, `O'Neil`."""
    return re.sub(r"[^\W\d_]{2,}", lambda word: word[0].capitalize() if word[0].isupper() else word[0], name)


def _unit(cells: dict[str, Any]) -> tuple[str, ...]:
    path = [text_of(cells.get(part)) for part in ("parent_unit", "unit")]
    return tuple(step.strip()[:120] for part in path for step in re.split(r"\s*[>›]\s*", part) if step.strip())


def _problems(row: HrRow, cells: dict[str, Any]) -> Iterator[Problem]:
    if not _EMAIL.fullmatch(row.email) or len(row.email) > 254:
        yield Problem("bad_email", text_of(cells.get("email")))
    if not row.name:
        yield Problem("no_name")
    if len(row.number or "") > LONGEST_NUMBER:
        yield Problem("number_too_long", row.number or "")
    if row.arrived_on and row.departed_on and row.departed_on < row.arrived_on:
        yield Problem("leaves_before_arriving", f"{row.arrived_on:%d/%m/%Y} – {row.departed_on:%d/%m/%Y}")
    if len({slug(step) for step in row.unit}) < len(row.unit):
        yield Problem("unit_circle", " > ".join(row.unit))


# Dates


def day_or_nothing(cell: Any) -> date | None:
    """A day; None where people write that there is none: an empty cell, `00/00/0000`, `-`, `31/12/9999`."""
    text = text_of(cell)
    if re.fullmatch(r"[\W0T]*", text) or slug(text) in _NOTHING:
        return None
    day = parse_day(cell)
    return day if _NO_YEAR[0] < day.year < _NO_YEAR[1] else None


def parse_day(cell: Any) -> date:
    """A day as people write it, day first; raises ValueError when it is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = re.sub(r"(?<=\d)[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?(Z|[+-]\d{2}:?\d{2}))?$", "", text_of(cell))
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
