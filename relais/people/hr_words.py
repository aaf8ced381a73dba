"""The words of an import's report: why a file or a row is refused, what changes, what becomes of people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relais.people.hr_file import HrFile, Problem
from relais.people.hr_table import UnreadableFile

Words = dict[str, str | Promise]

FILES: Words = {
    "empty": gettext_lazy("The file is empty. Export it again, with one row per person under a row of headings."),
    "no_row": gettext_lazy("The file holds headings and nobody under them."),
    "not_a_table": gettext_lazy(
        "This is neither a CSV file nor an Excel workbook (.xlsx). Save it from your spreadsheet as one of the two."
    ),
    "encoding": gettext_lazy("The characters of this file cannot be read. Save it as “CSV UTF-8” and send it again."),
    "no_email_column": gettext_lazy("No column of e-mail addresses was found. Name it “E-mail”. The columns found are: %(value)s."),
    "too_big": gettext_lazy("This file is larger than 5 MB. An export of people alone is much smaller: leave other sheets out."),
}
PROBLEMS: Words = {
    "bad_email": gettext_lazy("the e-mail address cannot be read: “%(value)s”"),
    "no_name": gettext_lazy("no name"),
    "unreadable_date": gettext_lazy("the date “%(value)s” cannot be read; write it like 03/02/2024"),
    "leaves_before_arriving": gettext_lazy("leaves before arriving: %(value)s"),
    "unit_circle": gettext_lazy("the units go in a circle: %(value)s"),
    "duplicate_email": gettext_lazy("the same address as line %(value)s"),
    "duplicate_number": gettext_lazy("the same employee number as line %(value)s"),
    "number_too_long": gettext_lazy("the employee number is longer than 60 characters: “%(value)s”"),
    "email_taken": gettext_lazy("this address already belongs to %(value)s, who has another employee number"),
    "manager_circle": gettext_lazy("the managers go in a circle: %(value)s"),
}
NOTES: Words = {
    "leaves_later": gettext_lazy("leaves later: an import after that day will say so"),
    "already_gone": gettext_lazy("had left before being known here: not brought in"),
    "manager_unknown": gettext_lazy("the manager “%(value)s” was not found, or several people bear this name: left out"),
}
OUTCOMES: Words = {
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "moved": gettext_lazy("Moved"),
    "left": gettext_lazy("Left"),
    "declined": gettext_lazy("Not invited again, by their choice"),
    "unchanged": gettext_lazy("Unchanged"),
    "refused": gettext_lazy("Refused"),
}
FIELDS: Words = {
    "name": gettext_lazy("name"),
    "email": gettext_lazy("e-mail"),
    "number": gettext_lazy("employee number"),
    "manager": gettext_lazy("manager"),
    "unit": gettext_lazy("unit"),
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "full_name": gettext_lazy("full name"),
    "parent_unit": gettext_lazy("parent unit"),
    "arrived_on": gettext_lazy("arrival date"),
    "departed_on": gettext_lazy("departure date"),
    "language": gettext_lazy("language"),
}


def words_of(problem: Problem) -> str:
    """Why a row is refused, or what it leaves to know, in one clause."""
    return str((PROBLEMS | NOTES)[problem.code]) % {"value": problem.value or _("empty")}


def words_of_file(error: UnreadableFile) -> str:
    """Why a file is refused, and what to do."""
    return str(FILES[error.reason]) % {"value": error.detail or _("none")}


def columns_read(file: HrFile) -> list[str]:
    """Each heading understood, with what it is read as."""
    return [_("“%(title)s” as %(field)s") % {"title": title, "field": FIELDS[name]} for title, name in file.used]
