"""What an HR export would change, row by row, before anything is written.

Pure: rows and what is known in, a plan out, no Django. Running it again after it was applied plans nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from relais.people.hr_columns import slug
from relais.people.hr_file import HrRow, Problem

Path = tuple[str, ...]


class Outcome(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    LEFT = "left"
    DECLINED = "declined"  # left the community by choice: known, never invited again
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Known:
    """Somebody of before; a person who left has no e-mail any more, only a mark."""

    key: str
    email: str = ""
    name: str = ""
    number: str = ""
    unit: Path = ()
    manager: str = ""
    departed_on: date | None = None


@dataclass(frozen=True)
class Before:
    """What is known before the import. `mark` hashes an address as departures do."""

    today: date
    people: list[Known]
    gone: dict[str, Known]
    units: list[Path]
    mark: Callable[[str], str]


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str


@dataclass
class Planned:
    """What becomes of one row."""

    row: HrRow
    outcome: Outcome = Outcome.UNCHANGED
    known: Known | None = None
    unit: Path = ()
    manager: str | None = None  # an address; None: nothing is told, or nobody is known so
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    departed_on: date | None = None  # the end of an earlier stay, of somebody who comes back

    def refuse(self, code: str, value: str = "") -> None:
        self.outcome = Outcome.REFUSED
        self.problems.append(Problem(code, value))

    def note(self, code: str, value: str = "") -> None:
        self.notes.append(Problem(code, value))


@dataclass(frozen=True)
class Plan:
    rows: list[Planned]
    absent: list[Known]
    new_units: list[Path]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows meet each outcome, in a steady order."""
        found = Counter(planned.outcome for planned in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    def of(self, *outcomes: Outcome) -> list[Planned]:
        return [planned for planned in self.rows if planned.outcome in outcomes]


def make_plan(rows: Iterable[HrRow], before: Before) -> Plan:
    """The plan of the whole file."""
    planned = [_opened(row) for row in rows]
    _refuse_duplicates(planned)
    _place(planned, before.units)
    _match(planned, before)
    _find_managers(planned, before.people)
    _check_managers(planned, before)
    for one in planned:
        if one.outcome is not Outcome.REFUSED:
            _decide(one, before)
    return Plan(planned, _absent(planned, before.people), _new_units(planned, before.units))


def _absent(planned: list[Planned], people: list[Known]) -> list[Known]:
    """Those the file says nothing about; a refused row still says something."""
    emails = {one.row.email for one in planned}
    numbers = {one.row.number for one in planned if one.row.number}
    return [known for known in people if known.email not in emails and known.number not in numbers]


def _opened(row: HrRow) -> Planned:
    return Planned(row, Outcome.REFUSED if row.problems else Outcome.UNCHANGED, problems=list(row.problems))


def _refuse_duplicates(planned: list[Planned]) -> None:
    first: dict[tuple[str, str], int] = {}
    for one in planned:
        for kind, value in (("email", one.row.email), ("number", one.row.number or "")):
            line = first.setdefault((kind, value), one.row.line) if value else one.row.line
            if line != one.row.line:
                one.refuse(f"duplicate_{kind}", str(line))


# Units


def _slugs(path: Path) -> Path:
    return tuple(slug(step) for step in path)


def _place(planned: list[Planned], units: list[Path]) -> None:
    """The whole path of each row's unit: a first step that hangs elsewhere in the file, or in the tree, is completed."""
    in_file, in_tree = _homes(one.row.unit for one in planned), _homes(units)
    roots = {_slugs(path)[0] for path in units if len(path) == 1}
    written = {_slugs(path): path for path in units}
    for one in planned:
        path = one.row.unit
        while path and (prefix := in_file.get(slug(path[0]))):
            if set(_slugs(prefix)) & set(_slugs(path)):
                one.refuse("unit_circle", " > ".join((*prefix, *path)))
                break
            path = prefix + path
        tree = in_tree.get(slug(path[0])) if path and slug(path[0]) not in roots else None
        path = tree + path if tree and not set(_slugs(tree)) & set(_slugs(path)) else path
        one.unit = written.setdefault(_slugs(path), path)


def _homes(paths: Iterable[Path]) -> dict[str, Path]:
    """Where each name hangs, when it hangs in one place only."""
    found: dict[str, dict[Path, Path]] = defaultdict(dict)
    for path in paths:
        for depth in range(1, len(path)):
            found[slug(path[depth])][_slugs(path[:depth])] = path[:depth]
    return {name: next(iter(prefixes.values())) for name, prefixes in found.items() if len(prefixes) == 1}


def _new_units(planned: list[Planned], units: list[Path]) -> list[Path]:
    """The units to open, parents first."""
    known = {_slugs(path) for path in units}
    opened: dict[Path, Path] = {}
    for one in planned:
        if one.outcome in (Outcome.ADDED, Outcome.MOVED):
            for depth in range(1, len(one.unit) + 1):
                opened.setdefault(_slugs(one.unit[:depth]), one.unit[:depth])
    return [path for slugs, path in opened.items() if slugs not in known]


# People


def _match(planned: list[Planned], before: Before) -> None:
    """By employee number, then by address; a number that leads to one person and an address to another is refused."""
    by_number = {known.number: known for known in before.people if known.number}
    by_email = {known.email: known for known in before.people if known.email}
    for one in planned:
        if one.outcome is Outcome.REFUSED:
            continue
        numbered, addressed = by_number.get(one.row.number or ""), by_email.get(one.row.email)
        if numbered and addressed and numbered is not addressed:
            one.refuse("email_taken", addressed.name)
        one.known = numbered or addressed


def _find_managers(planned: list[Planned], people: list[Known]) -> None:
    """A manager told by address, by employee number, or by a name that one person alone bears."""
    found: dict[str, set[str]] = defaultdict(set)
    borne = [(known.email, known.number, known.name) for known in people]
    borne += [(one.row.email, one.row.number or "", one.row.name) for one in planned if one.outcome is not Outcome.REFUSED]
    for email, number, name in borne:
        for sign in {f"number {number}", _sign(name)} - {"number ", ""}:
            found[sign].add(email)
    for one in planned:
        told = one.row.manager
        if told and "@" not in told:
            bearers = found[f"number {told}"] or found[_sign(told)]
            told = next(iter(bearers)) if len(bearers) == 1 else told
        one.manager = told


def _sign(name: str) -> str:
    """The same for `Zoé Martin` and `MARTIN Zoé`."""
    return " ".join(sorted(slug(name).split("-")))


def _check_managers(planned: list[Planned], before: Before) -> None:
    """Leave unknown managers out, refuse circles; a refusal may make another manager unknown, so again until nothing changes."""
    known = {person.email for person in before.people}
    waiting = True
    while waiting:
        waiting = False
        accepted = [one for one in planned if one.outcome is not Outcome.REFUSED]
        emails = known | {one.row.email for one in accepted if not _is_over(one.row, before.today)}
        above = {person.email: person.manager for person in before.people if person.manager}
        above |= {one.row.email: one.manager for one in accepted if one.manager}
        for one in accepted:
            if one.manager and one.manager not in emails:
                one.note("manager_unknown", one.row.manager or "")
                one.manager = None
                waiting = True
            elif one.manager and (circle := _circle(one.row.email, above)):
                one.refuse("manager_circle", " > ".join(circle))
                waiting = True


def _circle(email: str, above: dict[str, str]) -> list[str]:
    """The line from somebody back to themselves, if it leads there."""
    line, current = [email], above.get(email, "")
    while current and current not in line:
        line.append(current)
        current = above.get(current, "")
    return [*line, email] if current == email else []


def _is_over(row: HrRow, today: date) -> bool:
    return row.departed_on is not None and row.departed_on <= today


def _decide(one: Planned, before: Before) -> None:
    gone = None if one.known else before.gone.get(before.mark(one.row.email))
    over = _is_over(one.row, before.today)
    if one.row.departed_on and not over:
        one.note("leaves_later")
    if gone and (not gone.departed_on or over):
        one.known = gone
        one.outcome = Outcome.LEFT if over and not gone.departed_on else Outcome.DECLINED
    elif one.known:
        _compare(one, one.known, over=over)
    elif over:
        one.note("already_gone")
    else:
        one.outcome = Outcome.ADDED
        one.departed_on = gone.departed_on if gone else None


def _compare(one: Planned, known: Known, *, over: bool) -> None:
    row = one.row
    told = {"name": row.name, "email": row.email, "number": row.number, "manager": one.manager}
    for name, after in told.items():
        held = getattr(known, name)
        if after is not None and after != held:
            one.changes.append(Change(name, held, after))
    if one.unit and _slugs(one.unit) != _slugs(known.unit):
        one.changes.append(Change("unit", " > ".join(known.unit), " > ".join(one.unit)))
    if over:
        one.outcome, one.changes = Outcome.LEFT, []
    elif any(change.field == "unit" for change in one.changes):
        one.outcome = Outcome.MOVED
    elif one.changes:
        one.outcome = Outcome.CHANGED
