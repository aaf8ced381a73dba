"""Workshops: proposed, changed, moved, cancelled, held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.core.richtext import from_typed
from relais.core.typography import bound
from relais.knowledge import events, rules
from relais.knowledge.actions.attendance import fill_places
from relais.knowledge.actions.contributions import ContributionText, contribute
from relais.knowledge.models import Circle, Contribution, Registration, UseCase, Workshop
from relais.ledger.actions import record
from relais.people.models import Person
from relais.people.rules import can_take_part

MOST_PLACES, MOST_DATES, LONGEST = 500, 26, timedelta(hours=12)
WHEN_AND_WHERE = ("starts_at", "ends_at", "place", "link")


@dataclass(frozen=True)
class WorkshopText:
    """What the host writes; moments are aware."""

    title: str
    circle: Circle
    starts_at: datetime
    ends_at: datetime
    capacity: int
    purpose: str = ""
    format: str = Workshop.Format.MEDIUM
    place: str = ""
    link: str = ""
    warm_up: str = ""
    use_case: UseCase | None = None
    co_host: Person | None = None

    def columns(self, host: Person) -> dict[str, Any]:
        """The columns, checked; raises Refused when something is missing."""
        self._complain()
        if self.co_host is not None and (self.co_host.pk == host.pk or not can_take_part(self.co_host)):
            raise Refused(_("Choose as co-host a colleague who takes part in the community."), field="co_host")
        columns = {name: getattr(self, name) for name in self.__dataclass_fields__}
        words = {"title": bound(self.title.strip())} | {name: columns[name].strip() for name in ("purpose", "place", "warm_up")}
        return columns | words

    def _complain(self) -> None:
        if not self.title.strip():
            raise Refused(_("Give the workshop a title that makes one want to come."), field="title")
        if not (self.place.strip() or self.link):
            raise Refused(_("Say where it is: a room, or the link of a video call, or both."), field="room")
        if not 2 <= self.capacity <= MOST_PLACES:
            raise Refused(_("Between 2 and %(most)s places.") % {"most": MOST_PLACES}, field="capacity")
        if not timedelta(0) < self.ends_at - self.starts_at <= LONGEST:
            raise Refused(_("A workshop lasts from a few minutes to half a day."), field="minutes")


@transaction.atomic
def propose_workshop(text: WorkshopText, *, by: Person, weeks: int = 0, dates: int = 1, sent_key: UUID | None = None) -> Workshop:
    """Propose a workshop, or a series of them every so many weeks at the same hour of the host's clock; gives the first."""
    if not can_take_part(by):
        raise NotAllowed(_("Join the community first: one click on the welcome page."))
    if text.starts_at <= clock.now():
        raise Refused(_("This date is over: choose one to come."), field="day")
    if dates > 1 and not (weeks and dates <= MOST_DATES):
        raise Refused(_("A series has from 2 to %(most)s dates.") % {"most": MOST_DATES}, field="dates")
    key, series = sent_key or uuid4(), uuid4() if dates > 1 else None
    columns = text.columns(by) | {"host": by, "series": series}
    first, *_others = [_propose(columns, moments, key) for moments in rhythm(text, weeks, dates, by.time_zone)]
    return first


def _propose(columns: dict[str, Any], moments: dict[str, datetime], key: UUID) -> Workshop:
    workshop, new = Workshop.objects.get_or_create(sent_key=key, starts_at=moments["starts_at"], defaults=columns | moments)
    if new:
        payload = {"format": workshop.format, "use_case": workshop.use_case_id}
        record(events.WORKSHOP_PROPOSED, by=workshop.host, about=workshop, circle=workshop.circle_id, payload=payload)
    return workshop


def rhythm(text: WorkshopText, weeks: int, dates: int, time_zone: str) -> list[dict[str, datetime]]:
    """The dates of a series: the same hour on the clock of this time zone, on both sides of a change of hour."""
    here = ZoneInfo(time_zone)
    first, long = text.starts_at.astimezone(here), text.ends_at - text.starts_at
    starts = [(first + timedelta(weeks=weeks * n)).astimezone(ZoneInfo("UTC")) for n in range(dates)]
    return [{"starts_at": start, "ends_at": start + long} for start in starts]


def locked(workshop: Workshop) -> Workshop:
    """The row, held until the end of the transaction."""
    return Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)


def led(workshop: Workshop, by: Person) -> Workshop:
    """The same, for those who lead it."""
    workshop = locked(workshop)
    if not rules.can_lead(by, workshop):
        raise NotAllowed(_("Its hosts and those who look after its circle can do this."))
    return workshop


@transaction.atomic
def revise_workshop(workshop: Workshop, text: WorkshopText, *, by: Person) -> Workshop:
    """Change a workshop to come; another time or place tells everybody who comes."""
    workshop = led(workshop, by)
    _still_to_come(workshop)
    columns = replace(text, use_case=text.use_case or workshop.use_case).columns(workshop.host)
    if columns["capacity"] < workshop.registered_count:
        said = _("%(count)s colleagues have a place already: not fewer places than that.") % {"count": workshop.registered_count}
        raise Refused(said, field="capacity")
    if columns["starts_at"] != workshop.starts_at and columns["starts_at"] <= clock.now():
        raise Refused(_("This date is over: choose one to come."), field="day")
    moved = any(columns[name] != getattr(workshop, name) for name in WHEN_AND_WHERE)
    for name, value in columns.items():
        setattr(workshop, name, value)
    workshop.sequence += moved
    workshop.save()
    verb = events.WORKSHOP_MOVED if moved else events.WORKSHOP_REVISED
    record(verb, by=by, about=workshop, circle=workshop.circle_id, payload={"sequence": workshop.sequence})
    fill_places(workshop)
    return workshop


@transaction.atomic
def cancel_workshop(workshop: Workshop, reason: str, *, by: Person) -> Workshop:
    """Call a workshop off, and say why to those who come."""
    workshop = led(workshop, by)
    if workshop.cancelled_at:
        return workshop
    if workshop.held_at:
        raise NotAllowed(_("This workshop took place: it stays, with what people said of it."))
    if not reason.strip():
        raise Refused(_("Tell those who come why: one sentence is enough."), field="reason")
    workshop.cancelled_at, workshop.cancel_reason = clock.now(), reason.strip()[:200]
    workshop.sequence += 1
    workshop.save(update_fields=["cancelled_at", "cancel_reason", "sequence"])
    record(events.WORKSHOP_CANCELLED, by=by, about=workshop, circle=workshop.circle_id, payload={"sequence": workshop.sequence})
    return workshop


def _still_to_come(workshop: Workshop) -> None:
    if workshop.cancelled_at or workshop.held_at or workshop.is_over:
        raise NotAllowed(_("This workshop is over or cancelled. Propose another one: it takes a minute."))


@transaction.atomic
def close_workshop(workshop: Workshop, *, by: Person | None) -> Workshop:
    """Say that it took place: who is not marked as having come, did not. It is its hosts who led it."""
    workshop = led(workshop, by) if by else locked(workshop)
    if workshop.held_at:
        return workshop
    if workshop.cancelled_at or not workshop.has_started:
        raise NotAllowed(_("It has not taken place: it is cancelled, or has not begun."))
    registered = workshop.registrations.filter(state=Registration.State.REGISTERED)
    registered.filter(came=None).update(came=False)
    workshop.held_at = clock.now()
    workshop.save(update_fields=["held_at"])
    payload = {"format": workshop.format, "registered": registered.count(), "came": registered.filter(came=True).count()}
    record(events.WORKSHOP_HELD, by=workshop.host, about=workshop, circle=workshop.circle_id, payload=payload)
    if workshop.co_host:
        record(events.WORKSHOP_CO_LED, by=workshop.co_host, about=workshop, circle=workshop.circle_id)
    return workshop


@transaction.atomic
def keep_materials(workshop: Workshop, typed: str, *, by: Person) -> Workshop:
    """Keep what came out of the workshop, as its hosts write it down."""
    workshop = led(workshop, by)
    workshop.materials = typed.strip()
    workshop.save(update_fields=["materials"])
    return workshop


@transaction.atomic
def publish_materials(workshop: Workshop, *, by: Person) -> Contribution:
    """Turn what came out of it into a content of its use case: one click, once."""
    workshop = led(workshop, by)
    if workshop.content:
        return workshop.content
    if workshop.use_case is None:
        raise Refused(_("Tie the workshop to a use case first: a content always answers one."), field="use_case")
    text = ContributionText(
        body=from_typed(workshop.materials),
        kind=Contribution.Kind.SHEET,
        title=workshop.title,
        result=_("What came out of the workshop of %(count)s colleagues.") % {"count": workshop.registered_count},
        language=by.language,
    )
    workshop.content = contribute(workshop.use_case, text, by=by)
    workshop.save(update_fields=["content"])
    return workshop.content


@transaction.atomic
def hand_over(person: Person) -> None:
    """Who leaves no longer leads: the co-host does, or nobody but the circle's animators."""
    led_alone = Workshop.objects.filter(host=person, held_at=None, cancelled_at=None, starts_at__gt=clock.now())
    led_alone.filter(co_host__isnull=False).update(host=F("co_host"), co_host=None)
    Workshop.objects.filter(co_host=person, held_at=None).update(co_host=None)
