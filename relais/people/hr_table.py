"""The table inside a file: CSV in any usual encoding and separator, or a sheet of a workbook, with its row of headings.

Pure: bytes in, cells out, no Django. Nobody is swallowed by a quote that was never closed.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from relais.people.hr_columns import Header, Row, find_header, text_of

_SEPARATORS = ";,\t|"
_FIRST_LINES = 200
_BREAK = re.compile(r"\r\n?|\n")
LARGEST_UNFOLDED = 60 * 2**20  # bytes: some 100,000 people
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError)
_BROKEN_BOOK = (*_BROKEN_ZIP, InvalidFileException, LookupError, ValueError, SyntaxError, TypeError, AttributeError)


class UnreadableFile(Exception):
    """The file as a whole cannot be taken; `reason` is a code of `hr_words`, `detail` what was found."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def read_table(content: bytes) -> tuple[Header, list[Row]]:
    """The headings, and the rows under them that say something; raises UnreadableFile when it is no table of addresses."""
    if not content.strip():
        raise UnreadableFile("empty")
    header, rows = _sheet(content) if content.startswith(b"PK") else _csv(decoded(content))
    if "email" not in header.columns:
        raise UnreadableFile("no_email_column", ", ".join(filter(None, header.titles)))
    rows = [row for row in rows if any(map(text_of, row[1]))]
    if not rows:
        raise UnreadableFile("no_row")
    return header, rows


# Workbooks


def _sheet(content: bytes) -> tuple[Header, list[Row]]:
    """The sheet whose headings say most; a small file that unfolds into a huge one is not unfolded."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNFOLDED:
                raise UnreadableFile("too_big")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except _BROKEN_BOOK as error:
        raise UnreadableFile("not_a_table") from error
    sheets = {sheet.title: rows for sheet in book.worksheets if find_header(rows := _rows_of(sheet))} or {"": []}
    headers = {title: _header_of(rows) for title, rows in sheets.items()}
    chosen = max(headers, key=lambda title: headers[title].score)
    others = tuple(title for title, header in headers.items() if title != chosen and "email" in header.columns)
    return replace(headers[chosen], other_sheets=others), sheets[chosen][headers[chosen].place + 1 :]


def _header_of(rows: list[Row]) -> Header:
    if header := find_header(rows):
        return header
    raise UnreadableFile("empty")


def _rows_of(sheet: Any) -> list[Row]:
    """Rows are read only now: what is broken deep inside shows here."""
    try:
        return [(number, list(row)) for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)]
    except _BROKEN_BOOK as error:
        raise UnreadableFile("not_a_table") from error


# Text


def decoded(content: bytes) -> str:
    """The text of a file in any usual encoding; raises UnreadableFile."""
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


def _csv(text: str) -> tuple[Header, list[Row]]:
    if "\x00" in text or text.lstrip()[:5].lower() in {"<html", "<!doc", "<?xml", "%pdf-", "{\\rtf"}:
        raise UnreadableFile("not_a_table")
    told = re.match(r'\s*"?sep=([^\w\s"]|\t)', text)  # what Excel writes to name its separator
    lines = list(io.StringIO(text, newline=""))
    try:
        separator = told[1] if told else max(_SEPARATORS, key=lambda mark: _promise(lines, mark))
        rows = list(_records(lines, separator))
    except csv.Error as error:
        raise UnreadableFile("not_a_table", str(error)) from error
    header = _header_of(rows)
    return header, [row for record in rows[header.place + 1 :] for row in _apart(record, lines, header, separator)]


def _promise(lines: list[str], separator: str) -> tuple[tuple[bool, int], int]:
    """How much a separator makes of the first lines: the headings it shows, then how often it is met."""
    first = lines[:_FIRST_LINES]
    header = find_header(list(_records(first, separator)))
    written = next((line for line in first if line.strip()), "")
    return header.score if header else (False, 0), written.count(separator)


def _records(lines: list[str], separator: str) -> Iterator[Row]:
    """Line by line once a quote never closed has swallowed more than a cell may hold."""
    reader, start = csv.reader(lines, delimiter=separator), 1
    try:
        for cells in reader:
            yield start, _unwrapped(cells, separator)
            start = reader.line_num + 1
    except csv.Error:
        yield from ((number, _alone(line, separator)) for number, line in enumerate(lines[start - 1 :], start))


def _unwrapped(cells: list[str], separator: str) -> list[str]:
    """The cells of a line that was put whole between quotes."""
    wrapped = cells and separator in cells[0] and not any(cells[1:]) and not _BREAK.search(cells[0])
    return next(csv.reader([cells[0]], delimiter=separator)) if wrapped else cells


def _alone(line: str, separator: str) -> list[str]:
    """A line read without its neighbours; when a quote of it was never closed, quotes mean nothing."""
    if line.count('"') % 2:
        return [cell.strip('" ') for cell in next(csv.reader([line], delimiter=separator, quoting=csv.QUOTE_NONE))]
    return _unwrapped(next(csv.reader([line], delimiter=separator), []), separator)


def _apart(record: Row, lines: list[str], header: Header, separator: str) -> list[Row]:
    """The people of a record, one by one, when a quote never closed has put several of them into one cell."""
    start, cells = record
    breaks = sum(len(_BREAK.findall(cell)) for cell in cells)
    if not breaks:
        return [record]
    alone = [(number, _alone(line, separator)) for number, line in enumerate(lines[start - 1 : start + breaks], start)]
    return alone if sum(_has_address(one, header) for _, one in alone) > _has_address(cells, header) else [record]


def _has_address(cells: list[Any], header: Header) -> bool:
    return any(name == "email" and "@" in cell for name, cell in zip(header.columns, cells, strict=False))
