from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.people.hr_file import Problem, day_or_nothing, parse_day, read_hr_file
from relais.people.hr_table import UnreadableFile

FRENCH = "Prénom;Nom;Courriel;Matricule;Unité parente;Service;Responsable (e-mail);Date d’entrée;Date de sortie;Langue\n"
NINE_O_CLOCK = datetime(2024, 2, 3, 9)  # noqa: DTZ001 (workbooks know no time zone)
ROW = "Zoé;MARTIN;Zoe@Example.org;0042;Siège;Informatique;chef@example.org;3 février 2024;;Français\n"


def book(*rows: list[object]) -> bytes:
    made = openpyxl.Workbook()
    made.create_sheet("vide", 0)
    for row in rows:
        made.worksheets[1].append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_export_is_read_in_any_usual_encoding_and_separator(encoding: str, separator: str) -> None:
    content = (FRENCH + ROW).replace(";", separator).encode(encoding)

    row = read_hr_file(content).rows[0]

    assert (row.name, row.email, row.number, row.unit) == ("Zoé Martin", "zoe@example.org", "0042", ("Siège", "Informatique"))
    assert (row.manager, row.arrived_on, row.departed_on, row.language) == ("chef@example.org", date(2024, 2, 3), None, "fr")
    assert row.problems == []


def test_workbook_is_read_from_its_first_sheet_that_holds_something() -> None:
    content = book(["Full name", "E-mail", "Hire date", "Employee ID", "Note"], ["Ann Lee", "ann@example.org", NINE_O_CLOCK, 42.0, "x"])

    file = read_hr_file(content)

    assert [name for _, name in file.used] == ["full_name", "email", "arrived_on", "number"]
    assert [(row.name, row.arrived_on, row.number) for row in file.rows] == [("Ann Lee", date(2024, 2, 3), "42")]


@pytest.mark.parametrize(
    "written",
    [
        "03/02/2024",
        "3.2.24",
        "3-2-2024",
        "2024-02-03",
        "2024/2/3",
        "3 février 2024",
        "le 3 févr. 2024",
        "samedi 3 Février 24",
        "3rd February 2024",
        "Feb 3, 2024",
        "45325",
        "45325.0",
        "2024-02-03 00:00:00",
        "2024-02-03T08:30:00Z",
        "2024-02-03T00:00:00+02:00",
        "2024-02-03 00:00:00.000 +0200",
    ],
)
def test_day_is_read_as_people_write_it(written: str) -> None:
    read = parse_day(written)

    assert read == date(2024, 2, 3)


@pytest.mark.parametrize("written", ["31/02/2024", "demain", "3 fleuréal 2024", "", "12/2024", "3 février 24e"])
def test_day_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the parser's own contract)
        parse_day(written)


@pytest.mark.parametrize("cell", [None, "", "00/00/0000", "0000-00-00T00:00:00", 0, "-", "N/A", "néant", "01/01/1900", "31/12/9999"])
def test_day_that_stands_for_none_is_none(cell: object) -> None:
    assert day_or_nothing(cell) is None


@pytest.mark.parametrize("written", ["12/2020", "来月", "0/0/2020"])
def test_day_half_written_is_not_taken_for_none(written: str) -> None:
    row = read_hr_file(f"Nom;E-mail;Entrée\nZoé;zoe@example.org;{written}\n".encode()).rows[0]

    assert row.problems == [Problem("unreadable_date", written)]


@pytest.mark.parametrize(("written", "year"), [("1/1/87", 1987), ("1/1/69", 2069), ("1/1/70", 1970), ("1er janvier 05", 2005)])
def test_two_digit_year_belongs_to_a_working_life(written: str, year: int) -> None:
    assert parse_day(written).year == year


def test_dates_of_a_workbook_need_no_reading() -> None:
    assert (parse_day(date(2024, 2, 3)), parse_day(45325.0)) == (date(2024, 2, 3), date(2024, 2, 3))


@given(st.dates(min_value=date(1971, 1, 1), max_value=date(2069, 12, 31)))
def test_day_first_and_year_first_name_the_same_day(day: date) -> None:
    written = [f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", f"{day:%d/%m/%y}"]

    read = {parse_day(text) for text in written}

    assert read == {day}


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_reason(content: bytes) -> None:
    try:
        rows = read_hr_file(content).rows
    except UnreadableFile as error:
        assert error.reason in {"empty", "no_row", "not_a_table", "encoding", "no_email_column"}  # noqa: PT017
    else:
        assert rows


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b";;\n;;\n", "empty"),
        (b"Nom;E-mail\n", "no_row"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_table"),
        (b"<html><body>", "not_a_table"),
        (b"PK\x03\x04broken", "not_a_table"),
        (b"\xef\xbb\xbfNom;\xff", "encoding"),
        (b"Nom;E-mail\nZo\x81;z@example.org\n", "encoding"),
        (b'Nom;E-mail\n"a;b\n' + b"x" * 200_000, "not_a_table"),
        (book(), "empty"),
    ],
)
def test_file_that_is_no_table_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_hr_file(content)

    assert refused.value.reason == reason


def test_file_without_addresses_names_the_columns_it_found() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_hr_file("Nom;Ville\nZoé;Lyon\n".encode())

    assert (refused.value.reason, refused.value.detail) == ("no_email_column", "Nom, Ville")


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        ("Zoé Martin;zoe(at)example.org;;;;", [Problem("bad_email", "zoe(at)example.org")]),
        (";zoe@example.org;;;;", [Problem("no_name")]),
        ("Zoé;zoe@example.org;;tantôt;;", [Problem("unreadable_date", "tantôt")]),
        ("Zoé;zoe@example.org;;3/2/2024;2/2/2024;", [Problem("leaves_before_arriving", "03/02/2024 – 02/02/2024")]),
        ("Zoé;zoe@example.org;;;;Siège > Nord > siege", [Problem("unit_circle", "Siège > Nord > siege")]),
    ],
)
def test_row_says_what_is_wrong_with_it(row: str, problems: list[Problem]) -> None:
    content = f"Nom complet;E-mail;Manager;Date d'arrivée;Date de sortie;Service\n{row}\n"

    read = read_hr_file(content.encode()).rows[0]

    assert read.problems == problems


def test_second_column_of_the_same_meaning_fills_the_first() -> None:
    content = "Nom;E-mail;Courriel\nZoé;;zoe@example.org\nMax McDonald;mailto:max@example.org;m@example.org\n"

    rows = read_hr_file(content.encode()).rows

    assert [(row.line, row.name, row.email) for row in rows] == [(2, "Zoé", "zoe@example.org"), (3, "Max McDonald", "max@example.org")]


@pytest.mark.parametrize(("part", "told"), [(b"<" * (60 * 2**20 + 1), "too_big"), (b"<workbook", "not_a_table")])
def test_workbook_that_unfolds_into_too_much_or_into_nothing_is_refused(part: bytes, told: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", part)

    with pytest.raises(UnreadableFile) as refusal:
        read_hr_file(packed.getvalue())

    assert refusal.value.reason == told


@pytest.mark.parametrize("content", [b"<html><body>Export</body></html>", b"%PDF-1.7 x", b"Nom;E-mail\n\x00"])
def test_text_that_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_hr_file(content)

    assert refusal.value.reason == "not_a_table"


def test_sheet_broken_deep_in_its_rows_is_refused() -> None:
    whole, broken = zipfile.ZipFile(io.BytesIO(book(["Nom", "E-mail"], ["Zoé", "zoe@example.org"]))), io.BytesIO()
    with zipfile.ZipFile(broken, "w") as copy:
        for part in whole.namelist():
            content = whole.read(part)
            copy.writestr(part, content.replace(b"</sheetData>", b"<row><c") if "sheet1" in part else content)

    with pytest.raises(UnreadableFile) as refusal:
        read_hr_file(broken.getvalue())

    assert refusal.value.reason == "not_a_table"


@pytest.mark.parametrize(("length", "problems"), [(60, []), (61, ["number_too_long"])])
def test_number_that_no_table_can_hold_refuses_its_row(length: int, problems: list[str]) -> None:
    rows = read_hr_file(f"Nom;E-mail;Matricule\nZoé;zoe@example.org;{'7' * length}\n".encode()).rows

    assert [problem.code for problem in rows[0].problems] == problems
