"""Places at workshops: taken, waited for, given back, used, and what it was worth."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge import events, rules
from relais.knowledge.models import Registration, Workshop
from relais.ledger.actions import record
from relais.people.models import Person

State = Registration.State


def _locked(workshop: Workshop) -> Workshop:
    return Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)


def _count_again(workshop: Workshop) -> None:
    """The numbers shown, from the rows; the workshop is locked."""
    workshop.registered_count = workshop.registrations.filter(state=State.REGISTERED).count()
    workshop.waiting_count = workshop.registrations.filter(state=State.WAITING).count()
    workshop.save(update_fields=["registered_count", "waiting_count"])


@transaction.atomic
def register(workshop: Workshop, *, by: Person) -> Registration:
    """Take a place, or the next one on the waiting list; asking twice changes nothing."""
    workshop = _locked(workshop)
    if not rules.can_register(by, workshop):
        raise NotAllowed(_("One can no longer register for this workshop: it is over, cancelled, or you lead it."))
    state = State.REGISTERED if workshop.places_left > 0 else State.WAITING
    given = {"state": state, "since": clock.now()}
    registration, new = Registration.objects.get_or_create(workshop=workshop, person=by, defaults=given)
    if new:
        _count_again(workshop)
        verb = events.WORKSHOP_REGISTERED if state == State.REGISTERED else events.WORKSHOP_WAITED
        record(verb, by=by, about=workshop, circle=workshop.circle_id)
    return registration


@transaction.atomic
def unregister(workshop: Workshop, *, by: Person) -> None:
    """Give one's place back: whoever has waited longest gets it."""
    workshop = _locked(workshop)
    if workshop.has_started:
        raise NotAllowed(_("The workshop has begun: nobody can take your place any more."))
    if workshop.registrations.filter(person=by).delete()[0]:
        record(events.WORKSHOP_UNREGISTERED, by=by, about=workshop, circle=workshop.circle_id, payload={"sequence": workshop.sequence})
        fill_places(workshop)


@transaction.atomic
def fill_places(workshop: Workshop) -> None:
    """Free places go to those who have waited longest, in that order."""
    workshop = _locked(workshop)
    _count_again(workshop)
    if workshop.cancelled_at or workshop.has_started:
        return
    for waiting in workshop.registrations.filter(state=State.WAITING).order_by("since", "pk")[: max(workshop.places_left, 0)]:
        waiting.state = State.REGISTERED
        waiting.save(update_fields=["state"])
        payload = {"person": str(waiting.person_id)}
        record(events.WORKSHOP_PROMOTED, by=None, about=workshop, circle=workshop.circle_id, payload=payload)
    _count_again(workshop)


@transaction.atomic
def warm_up(workshop: Workshop, reply: str, *, by: Person) -> Registration:
    """Answer the question of the day before; those who come read it."""
    registration = Registration.objects.select_for_update().filter(workshop=workshop, person=by, state=State.REGISTERED).first()
    if registration is None:
        raise NotAllowed(_("Those who have a place answer this question. Register first."))
    first, registration.reply = not registration.reply, reply.strip()[:500]
    registration.save(update_fields=["reply"])
    if first and registration.reply:
        record(events.WORKSHOP_WARMED_UP, by=by, about=workshop, circle=workshop.circle_id)
    return registration


@transaction.atomic
def check_in(workshop: Workshop, mark: UUID, *, by: Person) -> Registration:
    """Say that one is there, with the code shown in the room. Who comes without a place takes one while there are any."""
    workshop = _locked(workshop)
    if mark != workshop.check_in or workshop.cancelled_at or workshop.held_at or not _open(workshop):
        raise NotAllowed(_("This code does not open a workshop now. Ask the host: there is a list, too."))
    registration = workshop.registrations.filter(person=by).first()
    if registration is None or registration.state == State.WAITING:
        if workshop.places_left <= 0:
            raise NotAllowed(_("Every place is taken. See with the host whether there is a chair for you."))
        given = {"state": State.REGISTERED}
        registration = Registration.objects.update_or_create(workshop=workshop, person=by, defaults=given)[0]
    _mark(registration, workshop, came=True)
    _count_again(workshop)
    return registration


def _open(workshop: Workshop) -> bool:
    return workshop.starts_at - rules.DOORS <= clock.now() <= workshop.ends_at + rules.DOORS


@transaction.atomic
def mark_came(workshop: Workshop, registration: Registration, *, came: bool, by: Person) -> None:
    """The host's list: who came and who did not."""
    workshop = _locked(workshop)
    if not rules.can_lead(by, workshop):
        raise NotAllowed(_("Its hosts and those who look after its circle can do this."))
    if workshop.cancelled_at or clock.now() < workshop.starts_at - rules.DOORS:
        raise NotAllowed(_("The list opens an hour before the workshop."))
    _mark(registration, workshop, came=came)


def _mark(registration: Registration, workshop: Workshop, *, came: bool) -> None:
    if registration.came is came:
        return
    registration.came = came
    registration.save(update_fields=["came"])
    if came:
        record(events.WORKSHOP_ATTENDED, by=registration.person, about=workshop, circle=workshop.circle_id)


@transaction.atomic
def rate_workshop(workshop: Workshop, *, worth: int, relevance: int, by: Person) -> Registration:
    """Say what the time was worth (ROTI) and how relevant it was, 1 to 5; it may be changed, and counts once."""
    registration = Registration.objects.select_for_update().filter(workshop=workshop, person=by, came=True).first()
    if registration is None:
        raise NotAllowed(_("Those who came say what it was worth. You were there? Ask the host to mark it."))
    if not (1 <= worth <= 5 and 1 <= relevance <= 5):
        raise Refused(_("Choose from 1 to 5 for both questions."), field="worth")
    first = registration.rated_at is None
    registration.worth, registration.relevance, registration.rated_at = worth, relevance, clock.now()
    registration.save(update_fields=["worth", "relevance", "rated_at"])
    if first:
        record(events.WORKSHOP_RATED, by=by, about=workshop, circle=workshop.circle_id, payload={"worth": worth, "relevance": relevance})
    return registration


@transaction.atomic
def remind(registration: Registration) -> None:
    """The day before, those who have a place are told again, with the question of the host: once."""
    registration = Registration.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=registration.pk)
    if registration.reminded_at is None:
        registration.reminded_at = clock.now()
        registration.save(update_fields=["reminded_at"])
        workshop, payload = registration.workshop, {"person": str(registration.person_id)}
        record(events.WORKSHOP_REMINDED, by=None, about=workshop, circle=workshop.circle_id, payload=payload)
