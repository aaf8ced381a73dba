from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from relais.core import clock
from relais.ledger.models import Entry
from relais.people import events
from relais.people.hr_plan import Before, Known, Path
from relais.people.models import Invitation, PeopleFile, Person, Role, Unit


def digest_of(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_by_email(email: str) -> Person | None:
    """The person with this address, whatever its case."""
    return Person.objects.filter(email__iexact=email).first()


LINE = """
WITH RECURSIVE line(id) AS (
    SELECT manager_id FROM people_person WHERE id = %s AND manager_id IS NOT NULL
    UNION
    SELECT person.manager_id FROM people_person person JOIN line ON person.id = line.id WHERE person.manager_id IS NOT NULL
)
SELECT id FROM line
"""


def line_of(person_id: UUID) -> set[UUID]:
    """The hierarchical line above a person: their manager, the manager's manager, and so on (METHOD 3.4)."""
    with connection.cursor() as cursor:
        cursor.execute(LINE, [person_id])
        return {row[0] for row in cursor.fetchall()}


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


def invitation_for(token: str) -> Invitation | None:
    """The invitation this link's secret opens, while it does."""
    return (
        Invitation.objects.select_related("person")
        .filter(digest=digest_of(token), used_at=None, expires_at__gt=clock.now(), person__is_active=True)
        .first()
    )


def people_matching(words: str) -> QuerySet[Person]:
    """The people of the perimeter whose name, address or number holds these words, by name: for those who look after them."""
    people = Person.objects.filter(is_active=True).select_related("unit").order_by("name", "pk")
    if words:
        people = people.filter(Q(name__icontains=words) | Q(email__icontains=words) | Q(employee_number=words))
    return people


def person_by_id(person_id: UUID) -> Person | None:
    """Somebody of the perimeter, with their unit."""
    return Person.objects.filter(pk=person_id, is_active=True).select_related("unit", "manager").first()


def unit_tree() -> list[tuple[Unit, int, int]]:
    """Every unit in the order of the tree, with its depth and how many people are in it."""
    counts = dict(Person.objects.filter(is_active=True, unit__isnull=False).values_list("unit_id").annotate(Count("pk")))
    return [(unit, len(path) - 1, counts.get(unit.pk, 0)) for unit, path in sorted(unit_paths(), key=itemgetter(1))]


def kept_file(person: Person) -> PeopleFile | None:
    """The HR export this administrator sent and has not applied yet."""
    return PeopleFile.objects.filter(person=person).order_by("-pk").first()


@dataclass(frozen=True)
class RoleChange:
    """A role given or taken back: what, when, by whom (empty: from the command line, or by somebody who left)."""

    label: str
    given: bool
    at: datetime
    by: str


def role_changes(person: Person) -> list[RoleChange]:
    """Who gave and took back which role, newest first."""
    verbs = [events.ROLE_GRANTED.name, events.ROLE_REVOKED.name]
    entries = list(Entry.objects.filter(verb__in=verbs, object_type="person", object_id=str(person.pk)).order_by("-pk"))
    names = dict(Person.objects.filter(pk__in={entry.actor for entry in entries if entry.actor}).values_list("pk", "name"))
    return [
        RoleChange(
            str(Role(entry.payload["role"]).label),
            entry.verb == events.ROLE_GRANTED.name,
            entry.occurred_at,
            names.get(entry.actor, "") if entry.actor else "",
        )
        for entry in entries
    ]
