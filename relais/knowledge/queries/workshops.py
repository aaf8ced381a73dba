from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from relais.knowledge import rules
from relais.knowledge.models import Registration, UseCase, Workshop
from relais.people.models import Person

REMINDED_BEFORE = timedelta(hours=26)  # the day before, whatever the hour the job runs at
CLOSED_AFTER = timedelta(days=1)
_HEAVY = ("purpose", "materials", "host__passes_on", "host__wants_to_learn")


def _for(viewer: Person) -> QuerySet[Workshop]:
    mine = Registration.objects.filter(workshop=OuterRef("pk"), person=viewer)
    seen = Workshop.objects.filter(rules.workshops_visible_to(viewer)).select_related("circle", "host")
    return seen.annotate(my_state=Subquery(mine.values("state")[:1]), my_came=Subquery(mine.values("came")[:1]))


def workshops_to_come(viewer: Person, now: datetime, circle: str = "") -> QuerySet[Workshop]:
    """What one can still go to, the soonest first; `my_state` says what the viewer has to do with it."""
    found = _for(viewer).filter(cancelled_at=None, held_at=None, ends_at__gt=now).defer(*_HEAVY).order_by("starts_at", "pk")
    return found.filter(circle__slug=circle) if circle else found


def workshops_over(viewer: Person, now: datetime, circle: str = "") -> QuerySet[Workshop]:
    """What took place, the latest first."""
    found = _for(viewer).filter(cancelled_at=None, ends_at__lte=now).defer(*_HEAVY).order_by("-starts_at", "-pk")
    return found.filter(circle__slug=circle) if circle else found


def workshop_for(viewer: Person, pk: int) -> Workshop | None:
    """One workshop with its hosts, its circle, its case and what came out of it."""
    return _for(viewer).select_related("circle", "host", "co_host", "use_case", "content").filter(pk=pk).first()


def registrations_of(workshop: Workshop) -> list[Registration]:
    """Who comes, then who waits, in their order."""
    found = Registration.objects.filter(workshop=workshop).select_related("person")
    return list(found.defer("person__passes_on", "person__wants_to_learn").order_by("state", "since", "pk"))


def registration_in(workshop: Workshop, pk: int) -> Registration | None:
    """One of them."""
    return Registration.objects.filter(workshop=workshop, pk=pk, state=Registration.State.REGISTERED).select_related("person").first()


def other_dates(workshop: Workshop) -> list[Workshop]:
    """The other dates of its series, in order."""
    others = Workshop.objects.filter(series=workshop.series, cancelled_at=None).exclude(pk=workshop.pk)
    return list(others.only("pk", "title", "starts_at").order_by("starts_at")) if workshop.series else []


def case_to_work_on(viewer: Person, pk: int) -> UseCase | None:
    """The case a workshop is proposed for."""
    return UseCase.objects.filter(rules.visible_to(viewer), pk=pk).select_related("circle").defer("vector").first()


def calendar_of(person: Person, since: datetime, *, circles: bool) -> list[Workshop]:
    """What goes to somebody's calendar: what they lead, have a place in or wait for; by choice what their circles propose."""
    mine = Q(host=person) | Q(co_host=person) | Q(registrations__person=person)
    if circles:
        mine |= Q(circle__members__person=person, circle__members__until=None, cancelled_at=None)
    found = _for(person).select_related("co_host", "use_case").filter(mine, ends_at__gt=since)
    return list(found.distinct().order_by("starts_at", "pk"))


def registrations_to_remind(now: datetime) -> QuerySet[Registration]:
    """Those who have a place in a workshop of tomorrow, and were not told yet."""
    soon: dict[str, Any] = {"workshop__starts_at__gt": now, "workshop__starts_at__lte": now + REMINDED_BEFORE}
    return Registration.objects.filter(
        **soon,
        workshop__cancelled_at=None,
        state=Registration.State.REGISTERED,
        reminded_at=None,
        since__lt=F("workshop__starts_at") - REMINDED_BEFORE,
    )


def workshops_to_close(now: datetime) -> QuerySet[Workshop]:
    """Over for a day, somebody came, and no host has said that it took place."""
    over = Workshop.objects.filter(held_at=None, cancelled_at=None, ends_at__lte=now - CLOSED_AFTER, registrations__came=True)
    return over.distinct()


def workshops_with_places(now: datetime) -> QuerySet[Workshop]:
    """Workshops to come in which somebody has a place or waits for one: when somebody leaves, they are counted again."""
    return Workshop.objects.filter(cancelled_at=None, starts_at__gt=now, registered_count__gt=0)
