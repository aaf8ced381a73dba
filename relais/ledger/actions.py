from __future__ import annotations

from typing import Any, Protocol

from django.db import models, transaction
from procrastinate.contrib.django import app

from relais.core import clock
from relais.ledger.models import Entry, Seal
from relais.ledger.queries import day_digest, days_to_seal, last_digest
from relais.ledger.subscriptions import at_once, subscriptions_for
from relais.ledger.verbs import Verb


class Actor(Protocol):
    """Whoever acts: an opaque id, and the unit of the moment."""

    @property
    def pk(self) -> Any: ...
    @property
    def unit_id(self) -> int | None: ...


def record(
    verb: Verb,
    *,
    by: Actor | None,
    about: models.Model | None,
    unit: int | None = None,
    circle: int | None = None,
    payload: dict[str, Any] | None = None,
) -> Entry:
    """Write one fact down, and enqueue what others do because of it, in the transaction of the act itself.

    `unit` is the unit at that time: the actor's, unless the fact concerns somebody else's. `about` is None for a fact about no one
    thing, such as an import.
    """
    recorded = clock.recorded()
    entry = Entry.objects.create(
        occurred_at=clock.acted() or recorded,
        recorded_at=recorded,
        actor=by.pk if by else None,
        verb=verb.name,
        object_type=(about._meta.model_name or "") if about else "",
        object_id=str(about.pk) if about else "",
        unit=unit or (by.unit_id if by else None),
        circle=circle,
        payload=payload or {},
    )
    for subscription in subscriptions_for(entry):
        if at_once():
            subscription.handler(entry)
        else:
            app.configure_task("relais.ledger.jobs.deliver").defer(entry_id=entry.pk, handler=subscription.name)
    return entry


@transaction.atomic
def seal_closed_days() -> int:
    """Seal every closed day not yet sealed, each chained to the day before; says how many."""
    days = days_to_seal(clock.recorded().date())
    previous = last_digest()
    for day in days:
        count, previous = day_digest(day, previous)
        Seal.objects.create(day=day, count=count, digest=previous)
    return len(days)
