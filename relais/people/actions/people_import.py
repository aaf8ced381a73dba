from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.actions import record
from relais.people import events, rules
from relais.people.actions.erasure import identity_mark
from relais.people.actions.perimeter import add_person, change_email, depart_person, move_person
from relais.people.actions.units import add_unit
from relais.people.hr_columns import slug
from relais.people.hr_file import HrFile, read_hr_file
from relais.people.hr_plan import Outcome, Path, Plan, Planned, make_plan
from relais.people.hr_table import UnreadableFile
from relais.people.hr_words import words_of_file
from relais.people.models import PeopleFile, Person, Unit
from relais.people.queries import before_import, unit_paths

LARGEST_FILE = 5 * 2**20
_LOCK = 7_501_001
Progress = Callable[[str], None]


def read_people_file(content: bytes) -> HrFile:
    """The file's rows; a file that cannot be taken is refused in words."""
    try:
        if len(content) > LARGEST_FILE:
            raise UnreadableFile("too_big")
        return read_hr_file(content)
    except UnreadableFile as error:
        raise Refused(words_of_file(error), field="file") from error


def plan_import(file: HrFile) -> Plan:
    """What the file would change; nothing is written."""
    return make_plan(file.rows, before_import(identity_mark))


@transaction.atomic
def import_people(file: HrFile, *, by: Person | None = None, absent_leave: bool = False, told: Progress = lambda _name: None) -> Plan:
    """Apply the file, all of it or nothing, one import at a time; running it again changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    plan = plan_import(file)
    units = _open_units(plan.new_units)
    for planned in plan.rows:
        _apply(planned, units)
        told(planned.row.name)
    for known in plan.absent if absent_leave else []:
        depart_person(Person.objects.get(pk=known.key))
    _name_managers(plan)
    _tell(plan, left=len(plan.absent) if absent_leave else 0, by=by)
    return plan


def _tell(plan: Plan, *, left: int, by: Person | None) -> None:
    """One fact for the whole file, with no name in it, when it changed something."""
    counts = {outcome.value: plan.counts[outcome.value] for outcome in (Outcome.ADDED, Outcome.CHANGED, Outcome.MOVED, Outcome.LEFT)}
    counts[Outcome.LEFT.value] += left
    if any(counts.values()):
        record(events.PEOPLE_IMPORTED, by=by, about=None, payload=counts)


def _open_units(paths: list[Path]) -> dict[Path, Unit]:
    units = {tuple(map(slug, path)): unit for unit, path in unit_paths()}
    for path in paths:
        slugs = tuple(map(slug, path))
        units[slugs] = add_unit(_code(slugs), path[-1], parent=units.get(slugs[:-1]))
    return units


def _code(slugs: Path) -> str:
    """A code that tells the place, kept apart from a namesake's by a few figures of its path."""
    code = "-".join(slugs)[:50]
    taken = Unit.objects.filter(code=code).exists()
    return f"{code}-{hashlib.sha256('/'.join(slugs).encode()).hexdigest()[:8]}" if taken else code


def _apply(planned: Planned, units: dict[Path, Unit]) -> None:
    unit = units.get(tuple(map(slug, planned.unit)))
    if planned.outcome is Outcome.ADDED:
        _add(planned, unit)
    elif planned.known and planned.outcome in (Outcome.CHANGED, Outcome.MOVED):
        _change(Person.objects.get(pk=planned.known.key), planned, unit)
    elif planned.known and planned.outcome is Outcome.LEFT:
        depart_person(Person.objects.get(pk=planned.known.key), on=planned.row.departed_on)


def _add(planned: Planned, unit: Unit | None) -> None:
    row = planned.row
    arrived = row.arrived_on or clock.today()
    if planned.departed_on and arrived <= planned.departed_on:  # the new stay starts after the old one
        arrived = planned.departed_on + timedelta(days=1)
    columns = {"language": row.language} if row.language else {}
    add_person(row.email, row.name, unit=unit, arrived_on=arrived, employee_number=row.number or "", **columns)


def _change(person: Person, planned: Planned, unit: Unit | None) -> None:
    changed = {change.field: change.after for change in planned.changes}
    person.name = changed.get("name", person.name)
    person.employee_number = changed.get("number", person.employee_number)
    person.save(update_fields=["name", "employee_number"])
    if "email" in changed:
        change_email(person, changed["email"])
    if unit and "unit" in changed:
        move_person(person, unit)


def _name_managers(plan: Plan) -> None:
    """Once everybody is there."""
    told = {one.row.email: one.manager for one in plan.of(Outcome.ADDED, Outcome.CHANGED, Outcome.MOVED) if one.manager is not None}
    people = Person.objects.in_bulk({*told, *told.values()} - {""}, field_name="email")
    changed = []
    for email, manager in told.items():
        people[email].manager = people.get(manager)
        changed.append(people[email])
    Person.objects.bulk_update(changed, ["manager"], batch_size=500)


@transaction.atomic
def keep_people_file(name: str, content: bytes, *, by: Person) -> PeopleFile:
    """Keep an export between its report and its application; the one before goes."""
    if not rules.can_administer(by):
        raise NotAllowed(_("Only an administrator can import people."))
    read_people_file(content)
    PeopleFile.objects.filter(person=by).delete()
    return PeopleFile.objects.create(person=by, name=name[:200], content=content)


@transaction.atomic
def apply_people_file(file: PeopleFile, *, by: Person) -> Plan:
    """Apply the kept export, then forget it."""
    if not rules.can_administer(by):
        raise NotAllowed(_("Only an administrator can import people."))
    plan = import_people(read_people_file(bytes(file.content)), by=by)
    file.delete()
    return plan
