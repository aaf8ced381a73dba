from __future__ import annotations

from django.db import transaction

from relais.ledger.actions import record
from relais.people import events
from relais.people.models import Person, Role


@transaction.atomic
def grant_role(person: Person, role: Role, *, by: Person | None) -> Person:
    """Give a role; the ledger keeps who gave it and when."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.has_role(role):
        person.roles = sorted([*person.roles, role.value])
        person.save(update_fields=["roles"])
        record(events.ROLE_GRANTED, by=by, about=person, payload={"role": role.value})
    return person


@transaction.atomic
def revoke_role(person: Person, role: Role, *, by: Person | None) -> Person:
    """Take a role back."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.has_role(role):
        person.roles = [held for held in person.roles if held != role]
        person.save(update_fields=["roles"])
        record(events.ROLE_REVOKED, by=by, about=person, payload={"role": role.value})
    return person
