"""An import's plan as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise

from relais.people.hr_file import HrFile
from relais.people.hr_plan import Outcome, Plan, Planned
from relais.people.hr_words import FIELDS, OUTCOMES, columns_read, words_of

_ORDER = (Outcome.REFUSED, Outcome.ADDED, Outcome.MOVED, Outcome.CHANGED, Outcome.LEFT, Outcome.DECLINED, Outcome.UNCHANGED)


@dataclass(frozen=True)
class Line:
    number: int
    who: str
    why: list[str]


@dataclass(frozen=True)
class Group:
    outcome: str
    label: str | Promise
    lines: list[Line]


@dataclass(frozen=True)
class Report:
    groups: list[Group]
    absent: list[str]
    units: list[str]
    changes: int
    columns: list[str]
    ignored: list[str]
    other_sheets: tuple[str, ...]


def report_of(plan: Plan, file: HrFile) -> Report:
    """The groups of rows, what needs a look first."""
    rows = sorted(plan.rows, key=lambda one: (_ORDER.index(one.outcome), one.row.line))
    groups = [Group(outcome.value, OUTCOMES[outcome.value], [_line(one) for one in found]) for outcome, found in _grouped(rows)]
    changes = len(plan.of(Outcome.ADDED, Outcome.MOVED, Outcome.CHANGED, Outcome.LEFT))
    absent = [f"{known.name} ({known.email})" for known in plan.absent]
    units = [" > ".join(path) for path in plan.new_units]
    return Report(groups, absent, units, changes, columns_read(file), file.ignored, file.other_sheets)


def _grouped(rows: list[Planned]) -> list[tuple[Outcome, list[Planned]]]:
    return [(outcome, list(found)) for outcome, found in groupby(rows, key=lambda one: one.outcome)]


def _line(one: Planned) -> Line:
    why = [words_of(problem) for problem in one.problems]
    why += [f"{FIELDS[change.field]}: {change.before or '–'} → {change.after or '–'}" for change in one.changes]
    why += [words_of(note) for note in one.notes]
    return Line(one.row.line, " · ".join(part for part in (one.row.name, one.row.email) if part), why)
