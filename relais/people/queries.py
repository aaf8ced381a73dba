from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

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
