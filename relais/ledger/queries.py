from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from relais.ledger.models import Entry, Seal

FIRST_DIGEST = "0" * 64


def exported(entry: Entry) -> dict[str, Any]:
    """The entry in the shape others rely on: ISO 8601 UTC times, persons by opaque id."""
    return {
        "id": entry.pk,
        "occurred_at": _iso(entry.occurred_at),
        "recorded_at": _iso(entry.recorded_at),
        "actor": str(entry.actor) if entry.actor else None,
        "verb": entry.verb,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "unit": entry.unit,
        "circle": entry.circle,
        "payload": entry.payload,
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def export(since: date | None = None) -> Iterator[dict[str, Any]]:
    """Every entry recorded since that day (all of them without one), in the order of recording."""
    entries = Entry.objects.order_by("pk")
    if since:
        entries = entries.filter(recorded_at__gte=_midnight(since))
    return (exported(entry) for entry in entries.iterator(chunk_size=2000))


def facts_about(person_id: Any) -> QuerySet[Entry]:
    """What one person did, and what was done about them."""
    theirs = Q(actor=person_id) | Q(object_type="person", object_id=str(person_id)) | Q(payload__contains={"person": str(person_id)})
    return Entry.objects.filter(theirs).order_by("pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def entries_recorded_on(day: date) -> QuerySet[Entry]:
    """The entries written down on this UTC day, in their order."""
    return Entry.objects.filter(recorded_at__gte=_midnight(day), recorded_at__lt=_midnight(day + timedelta(1))).order_by("pk")


def day_digest(day: date, previous: str) -> tuple[int, str]:
    """How many entries the day holds and the hash of them all, chained to the hash of the day before."""
    running, count = hashlib.sha256(f"{previous}{day}".encode()), 0
    for entry in entries_recorded_on(day).iterator(chunk_size=2000):
        running.update(json.dumps(exported(entry), sort_keys=True, separators=(",", ":")).encode())
        count += 1
    return count, running.hexdigest()


@dataclass(frozen=True)
class Breach:
    """A sealed day that no longer holds what was sealed."""

    day: date
    sealed: int
    found: int

    @property
    def sentence(self) -> str:
        """What happened to the day, in words."""
        if self.found < self.sealed:
            return f"{self.day}: {self.sealed - self.found} missing of the {self.sealed} entries sealed that day."
        if self.found > self.sealed:
            return f"{self.day}: {self.found - self.sealed} inserted besides the {self.sealed} entries sealed that day."
        return f"{self.day}: {self.sealed} entries as sealed, but their content or the seal itself was changed."


def sealed_days() -> int:
    """How many days are sealed."""
    return Seal.objects.count()


def breaches(after_each: Callable[[], None] = lambda: None) -> Iterator[Breach]:
    """The sealed days in which an entry was changed, removed or slipped in, oldest first.

    The chain is followed with the sealed hashes, so that one breach does not accuse every later day.
    """
    previous, unsealed = FIRST_DIGEST, _unsealed_days()
    for seal in Seal.objects.order_by("day"):
        while unsealed and unsealed[0].day < seal.day:
            yield unsealed.pop(0)
        count, digest = day_digest(seal.day, previous)
        if (count, digest) != (seal.count, seal.digest):
            yield Breach(seal.day, seal.count, count)
        previous = seal.digest
        after_each()


def _unsealed_days() -> list[Breach]:
    """The days that hold entries and no seal, though a later day is sealed; oldest first."""
    sealed = set(Seal.objects.values_list("day", flat=True))
    days = Entry.objects.annotate(day=TruncDate("recorded_at", tzinfo=UTC)).values_list("day").annotate(Count("pk")).order_by("day")
    return [Breach(day, 0, count) for day, count in days if sealed and day < max(sealed) and day not in sealed]


def days_to_seal(today: date) -> list[date]:
    """The closed days since the last seal (or since the first entry), oldest first; empty days are sealed too."""
    last = Seal.objects.order_by("-day").values_list("day", flat=True).first()
    if last:
        first = last + timedelta(1)
    else:
        recorded = Entry.objects.order_by("recorded_at").values_list("recorded_at", flat=True).first()
        first = recorded.date() if recorded else today
    return [first + timedelta(n) for n in range(max((today - first).days, 0))]


def last_digest() -> str:
    """The hash of the last sealed day."""
    return Seal.objects.order_by("-day").values_list("digest", flat=True).first() or FIRST_DIGEST
