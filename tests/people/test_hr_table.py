from __future__ import annotations

import io

import openpyxl
import pytest

from relais.people.hr_file import read_hr_file
from relais.people.hr_table import UnreadableFile

ZOE, MAX, ANN = ("Zoé", "zoe@example.org"), ("Max", "max@example.org"), ("Ann", "ann@example.org")


def read(text: str) -> list[tuple[str, str]]:
    return [(row.name, row.email) for row in read_hr_file(text.encode()).rows]


def book(**sheets: list[list[str]]) -> bytes:
    made = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "Export RH, Siège, 2024\nÉdité le 3 février 2024\n\nNom;Business Email\nZoé;zoe@example.org\nMax;max@example.org\n",
        "sep=;\nNom;E-mail\nZoé;zoe@example.org\nMax;max@example.org\n",
        "sep=^\r\nNom^E-mail\r\nZoé^zoe@example.org\r\nMax^max@example.org\r\n",
        "sep=\t\nNom\tE-mail\nZoé\tzoe@example.org\nMax\tmax@example.org\n",
        "Nom|E-mail\nZoé|zoe@example.org\nMax|max@example.org\n",
        '"Nom;E-mail"\n"Zoé;zoe@example.org"\n"Max;max@example.org"\n',
        '"Nom,""E-mail"""\n"""Zoé"",""zoe@example.org""",,\n"Max,max@example.org"\n',
        'Nom,E-mail,Titre\n"Zoé,zoe@example.org,""Cheffe, adjointe"""\nMax,max@example.org,\n',
    ],
)
def test_people_are_read_whatever_surrounds_their_table(text: str) -> None:
    assert read(text) == [ZOE, MAX]


def test_line_is_told_as_the_file_counts_it() -> None:
    content = 'Export\n\nNom;E-mail;Note\nZoé;zoe@example.org;"deux\nlignes"\n\nMax;max@example.org;\n'

    rows = read_hr_file(content.encode()).rows

    assert [(row.line, row.name) for row in rows] == [(4, "Zoé"), (7, "Max")]


def test_headings_deeper_than_twenty_rows_are_not_looked_for() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read("titre\n" * 20 + "Nom;E-mail\nZoé;zoe@example.org\n")

    assert (refusal.value.reason, refusal.value.detail) == ("no_email_column", "titre")


def test_headings_are_the_row_with_most_known_columns() -> None:
    assert read("E-mail\nNom;E-mail\nZoé;zoe@example.org\n") == [ZOE]


def test_workbook_is_read_from_the_sheet_of_people() -> None:
    content = book(cover=[["Export RH"], ["Nom", "Siège"]], people=[["Édité le 3/2/2024"], ["Nom", "E-mail"], list(ZOE), [], list(MAX)])

    file = read_hr_file(content)

    assert [(row.line, row.name, row.email) for row in file.rows] == [(3, *ZOE), (5, *MAX)]
    assert file.other_sheets == ()


def test_second_sheet_of_people_is_told_as_not_read() -> None:
    file = read_hr_file(book(notes=[["Nom"]], permanents=[["Nom", "E-mail"], list(ZOE)], temps=[["Nom", "E-mail"], list(MAX)]))

    assert ([row.name for row in file.rows], file.other_sheets) == (["Zoé"], ("temps",))


@pytest.mark.parametrize(
    "text",
    [
        'Nom;E-mail\n"Zoé;zoe@example.org\nMax;max@example.org\nAnn;ann@example.org\n',
        'Nom;E-mail\n"Zoé;zoe@example.org\nMax;max@example.org\n"Ann";ann@example.org\n',
        'Nom;E-mail\r\nZoé;"zoe@example.org\r\nMax;max@example.org\r\n"Ann;ann@example.org"\r\n',
    ],
)
def test_quote_never_closed_swallows_nobody(text: str) -> None:
    assert read(text) == [ZOE, MAX, ANN]


def test_quote_never_closed_swallows_nobody_in_a_long_file() -> None:
    people = [f"Personne {letter};{letter}{number}@example.org" for letter in "abc" for number in range(2000)]

    rows = read('Nom;E-mail\n"Zoé;zoe@example.org\n' + "\n".join(people))

    assert (rows[0], len(rows), rows[-1]) == (ZOE, 6001, ("Personne c", "c1999@example.org"))


def test_cell_of_several_lines_stays_one_cell() -> None:
    text = 'Adresse,Nom,E-mail\n"12, quai Nord\n\n75001, Paris",Zoé,zoe@example.org\n'

    assert read(text) == [ZOE]


def test_columns_nobody_reads_are_told() -> None:
    file = read_hr_file("Prénom usuel;Nom;E-mail;Entrée groupe;;Ville\nZoé;Martin;zoe@example.org;x;y;z\n".encode())

    assert file.used == [("Prénom usuel", "first_name"), ("Nom", "last_name"), ("E-mail", "email")]
    assert file.ignored == ["Entrée groupe", "Ville"]


@pytest.mark.parametrize(
    ("text", "name", "email", "manager"),
    [
        ("E-mail;Manager\nPaul Martin <Paul@x.fr>;Zoé Roux <ZOE@x.fr>\n", "Paul Martin", "paul@x.fr", "zoe@x.fr"),
        ('E-mail;Manager\n"""MARTIN Paul"" <paul@x.fr>";Zoé Roux\n', "Martin Paul", "paul@x.fr", "Zoé Roux"),
        ("Nom;E-mail;Manager\nPaul;P. M. <mailto:paul@x.fr>;0042\n", "Paul", "paul@x.fr", "0042"),
        ("Nom;Adresse;E-mail;Manager;N+1\nPaul;12 quai;paul@x.fr;Zoé;\n", "Paul", "paul@x.fr", "Zoé"),
        ("Nom;E-mail;Nom du manager;E-mail du manager\nPaul;paul@x.fr;Zoé;zoe@x.fr\n", "Paul", "paul@x.fr", "zoe@x.fr"),
    ],
)
def test_addresses_are_read_as_people_write_them(text: str, name: str, email: str, manager: str) -> None:
    row = read_hr_file(text.encode()).rows[0]

    assert (row.name, row.email, row.manager, row.problems) == (name, email, manager, [])
