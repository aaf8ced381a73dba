from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet

from relais.core import clock
from relais.people.hr_plan import Before, Known, Path
from relais.people.models import Person, Unit


def person_by_email(email: str) -> Person | None:
    """The person with this address, whatever its case."""
    return Person.objects.filter(email__iexact=email).first()


def line_of(person_id: UUID) -> set[UUID]:
    """The hierarchical line above a person: their manager, the manager's manager, and so on (METHOD 3.4)."""
    managers = dict(Person.objects.filter(reports__isnull=False).values_list("pk", "manager_id"))
    line: set[UUID] = set()
    current = Person.objects.filter(pk=person_id).values_list("manager_id", flat=True).first()
    while current is not None and current not in line:
        line.add(current)
        current = managers.get(current)
    return line


def units() -> QuerySet[Unit]:
    """Every unit with its parent, by name."""
    return Unit.objects.select_related("parent").order_by("name")


def unit_paths() -> list[tuple[Unit, Path]]:
    """Every unit with the names that lead to it from the top."""
    found = {unit.pk: unit for unit in Unit.objects.order_by("pk")}
    return [(unit, _path(unit, found)) for unit in found.values()]


def _path(unit: Unit, found: dict[int, Unit]) -> Path:
    above = _path(found[unit.parent_id], found) if unit.parent_id else ()
    return (*above, unit.name)


def before_import(mark: Callable[[str], str]) -> Before:
    """Everybody and every unit, as an import compares them."""
    paths = {unit.pk: path for unit, path in unit_paths()}
    people, gone = [], {}
    for person in Person.objects.select_related("manager"):
        known = Known(
            key=str(person.pk),
            email=person.email or "",
            name=person.name,
            number=person.employee_number,
            unit=paths.get(person.unit_id or 0, ()),
            manager=(person.manager.email or "") if person.manager else "",
            departed_on=person.departed_on,
        )
        if person.is_active and person.email:
            people.append(known)
        elif person.identity_mark:
            gone[person.identity_mark] = known
    return Before(clock.today(), people, gone, list(paths.values()), mark)
