"""People are told what concerns them, and say what they have read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction

from relais.core import clock
from relais.ledger.models import Entry
from relais.people.models import Participation, Person
from relais.studio.models import KEPT_DAYS, Notice
from relais.studio.queries.told import Told

KEPT = timedelta(days=KEPT_DAYS)
TOLD_IN = (Participation.MEMBER, Participation.PAUSED)


@transaction.atomic
def tell(entry: Entry, told: Told) -> None:
    """Those concerned find the fact among their notices: each once, never whoever did it, and nothing that would be too old to keep."""
    if entry.occurred_at < datetime.now(UTC) - KEPT:
        return
    people = Person.objects.filter(pk__in=list(told.people(entry)), is_active=True, participation__in=TOLD_IN).exclude(pk__in=[entry.actor])
    object_type, object_id = told.leads_to(entry)
    mailed = entry.occurred_at if clock.is_simulated() else None
    columns = {"entry": entry.pk, "kind": told.kind, "object_type": object_type, "object_id": object_id, "made_at": entry.occurred_at}
    Notice.objects.bulk_create([Notice(person=person, mailed_at=mailed, **columns) for person in people], ignore_conflicts=True)


@transaction.atomic
def read_notice(notice: Notice, *, by: Person) -> None:
    """It was opened: it waits no longer."""
    Notice.objects.filter(pk=notice.pk, person=by, read_at=None).update(read_at=clock.now())


@transaction.atomic
def read_everything(*, by: Person) -> int:
    """All of them at once."""
    return Notice.objects.filter(person=by, read_at=None).update(read_at=clock.now())
