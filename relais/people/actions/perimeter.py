from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from relais.core import clock
from relais.ledger.actions import record
from relais.ledger.verbs import Verb
from relais.people import events
from relais.people.actions.erasure import anonymise
from relais.people.models import Membership, Person, Session, Unit


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


@transaction.atomic
def change_email(person: Person, email: str) -> Person:
    """Another address for the same person; where one signs in follows, browsers are signed out, the old address is told."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    before, person.email = person.email, email.strip().lower()
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    Session.objects.filter(person=person).delete()
    record(events.PERSON_ADDRESS_CHANGED, by=None, about=person, unit=person.unit_id)
    if before:
        _tell_old_address(before, person)
    return person


def _tell_old_address(before: str, person: Person) -> None:
    """Whoever reads the old address learns that it no longer signs in; the new one is not theirs to know."""
    with translation.override(person.language):
        text = _(
            "Hello,\n\n"
            "The list of people of your organisation gives you another e-mail address. From now on, you sign in to Relais with that one; "
            "this one no longer opens anything, and your browsers are signed out.\n\n"
            "If this is not right, tell the people who look after Relais.\n"
        )
        EmailMultiAlternatives(_("Your address on Relais has changed"), text, to=[before]).send()


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
    anonymise(person)  # first: who hears of it finds what they left
    _record_on(person.departed_on, events.PERSON_DEPARTED, person)
    return person
