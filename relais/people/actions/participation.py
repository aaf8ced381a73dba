from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed
from relais.ledger.actions import record
from relais.people import events
from relais.people.actions.erasure import anonymise
from relais.people.models import Participation, Person


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
    anonymise(person)  # first: who hears of it finds what they left
    record(events.PERSON_LEFT, by=person, about=person)
    return person


@transaction.atomic
def note_visit(person: Person) -> None:
    """Write down, once a day, that the person came by (the ladder's first rung)."""
    seen = Person.objects.filter(pk=person.pk).exclude(last_seen_on=clock.today()).update(last_seen_on=clock.today())
    if seen:
        record(events.PERSON_VISITED, by=person, about=person)
