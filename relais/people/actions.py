from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, date, datetime, time
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.actions import record
from relais.ledger.verbs import Verb
from relais.people import events
from relais.people.models import Membership, Participation, Person, Role, Unit
from relais.people.privacy import erase_rows_of


def identity_mark(email: str) -> str:
    """A keyed hash of an address: recognises somebody who left without keeping who they were."""
    return hmac.new(settings.SECRET_KEY.encode(), email.strip().lower().encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def add_unit(code: str, name: str, *, parent: Unit | None = None) -> Unit:
    """Add a place to the tree."""
    return Unit.objects.create(code=code, name=name, parent=parent)


@transaction.atomic
def move_unit(unit: Unit, parent: Unit | None) -> Unit:
    """Put a unit under another; a circle in the tree is refused."""
    Unit.objects.select_for_update().filter(pk=unit.pk).first()
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            raise Refused(
                _("%(unit)s cannot be placed under itself: the tree of units would go in a circle.") % {"unit": unit}, field="parent"
            )
        above = above.parent
    unit.parent = parent
    unit.save(update_fields=["parent"])
    return unit


@transaction.atomic
def add_person(email: str, name: str, *, unit: Unit | None, arrived_on: date | None = None, **columns: Any) -> Person:
    """Bring somebody into the perimeter, invited: taking part stays their choice."""
    arrived = arrived_on or clock.today()
    person = Person(email=email.strip().lower() or None, name=name, unit=unit, arrived_on=arrived, **columns)
    person.set_unusable_password()
    person.save(force_insert=True)
    if person.email:
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    if unit:
        Membership.objects.create(person=person, unit=unit, since=arrived)
    _record_on(arrived, events.PERSON_ARRIVED, person)
    return person


def _record_on(day: date, verb: Verb, person: Person) -> None:
    """A fact of the perimeter holds from the first minute of its day, whenever it is written down."""
    with clock.acting_at(datetime.combine(day, time.min, UTC)):
        record(verb, by=None, about=person, unit=person.unit_id)


@transaction.atomic
def move_person(person: Person, unit: Unit, *, on: date | None = None) -> Person:
    """Change somebody's unit; the membership of before is closed and kept."""
    day = on or clock.today()
    person = Person.objects.select_for_update().get(pk=person.pk)
    for membership in person.memberships.filter(until__isnull=True):
        membership.until = max(day, membership.since)
        membership.save(update_fields=["until"])
    Membership.objects.create(person=person, unit=unit, since=day)
    person.unit = unit
    person.save(update_fields=["unit"])
    _record_on(day, events.PERSON_MOVED, person)
    return person


@transaction.atomic
def depart_person(person: Person, *, on: date | None = None) -> Person:
    """Somebody leaves the organisation: access is cut, the name goes, what they passed on stays."""
    day = on or clock.today()
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.departed_on = max(day, person.arrived_on)
    person.save(update_fields=["departed_on"])
    person.memberships.filter(until__isnull=True, since__lte=person.departed_on).update(until=person.departed_on)
    _record_on(person.departed_on, events.PERSON_DEPARTED, person)
    return _anonymise(person)


@transaction.atomic
def join_community(person: Person) -> Person:
    """Take part, by one's own choice."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.participation != Participation.INVITED:
        return person
    person.participation, person.joined_at = Participation.MEMBER, clock.now()
    person.save(update_fields=["participation", "joined_at"])
    record(events.PERSON_JOINED, by=person, about=person)
    return person


@transaction.atomic
def pause(person: Person) -> Person:
    """Be asked nothing for a while; reading and writing stay open."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.participation != Participation.MEMBER:
        raise NotAllowed(_("Only a member can take a pause."))
    person.participation = Participation.PAUSED
    person.save(update_fields=["participation"])
    record(events.PERSON_PAUSED, by=person, about=person)
    return person


@transaction.atomic
def resume(person: Person) -> Person:
    """Come back from a pause."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.participation == Participation.PAUSED:
        person.participation = Participation.MEMBER
        person.save(update_fields=["participation"])
        record(events.PERSON_RESUMED, by=person, about=person)
    return person


@transaction.atomic
def leave_community(person: Person) -> Person:
    """Leave altogether, by one's own choice: the account closes, the name goes, what was passed on stays.

    The person stays an employee of the perimeter, so that leaving never flatters the engagement figure.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    record(events.PERSON_LEFT, by=person, about=person)
    return _anonymise(person)


def _anonymise(person: Person) -> Person:
    if person.email:
        person.identity_mark = identity_mark(person.email)
    person.participation, person.is_active = Participation.LEFT, False
    person.email, person.name, person.employee_number, person.roles = None, "", "", []
    person.passes_on = person.wants_to_learn = ""
    person.manager = None
    person.set_unusable_password()
    person.save()
    erase_rows_of(person)
    return person


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


@transaction.atomic
def note_visit(person: Person) -> None:
    """Write down, once a day, that the person came by (the ladder's first rung)."""
    seen = Person.objects.filter(pk=person.pk).exclude(last_seen_on=clock.today()).update(last_seen_on=clock.today())
    if seen:
        record(events.PERSON_VISITED, by=person, about=person)
