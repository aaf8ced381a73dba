from __future__ import annotations

from relais.core import clock
from relais.integrations.calendar.actions import write_invitation
from relais.integrations.calendar.queries import coming_to, reachable, workshop_told_of
from relais.knowledge import events
from relais.ledger.models import Entry
from relais.ledger.subscriptions import on


@on(events.WORKSHOP_REGISTERED, events.WORKSHOP_UNREGISTERED, events.WORKSHOP_PROMOTED, events.WORKSHOP_REMINDED)
def write_to_one(entry: Entry) -> None:
    """Whoever this happened to finds it in their mailbox, hence in their calendar."""
    person = None if clock.is_simulated() else reachable(entry.payload.get("person") or str(entry.actor))
    if person:
        write_invitation(entry.pk, entry.verb, workshop_told_of(int(entry.object_id)), person)


@on(events.WORKSHOP_MOVED, events.WORKSHOP_CANCELLED)
def write_to_all(entry: Entry) -> None:
    """Those who come are told of another time or place, or that it does not take place."""
    workshop = workshop_told_of(int(entry.object_id))
    for person in [] if clock.is_simulated() else coming_to(workshop):
        write_invitation(entry.pk, entry.verb, workshop, person)
