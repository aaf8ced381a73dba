from __future__ import annotations

import hashlib
from datetime import timedelta

from relais.core import clock
from relais.integrations.calendar.models import Feed
from relais.knowledge.models import Registration, Workshop
from relais.knowledge.queries.workshops import calendar_of
from relais.people.models import Person
from relais.people.queries import digest_of
from relais.people.rules import can_take_part

KEPT = timedelta(days=90)  # how far back the feed goes


def feed_of(person: Person) -> Feed | None:
    """Somebody's feed, when they opened one."""
    return Feed.objects.filter(person=person).first()


def feed_by_token(token: str) -> Feed | None:
    """The feed that this secret opens, while its person takes part."""
    found = Feed.objects.select_related("person").filter(digest=digest_of(token)).first()
    return found if found and can_take_part(found.person) else None


def workshops_in(feed: Feed) -> list[Workshop]:
    """What stands in a feed."""
    return calendar_of(feed.person, clock.now() - KEPT, circles=feed.circles)


def mark_of(workshops: list[Workshop], language: str) -> str:
    """Changes when, and only when, what the feed says does."""
    said = [
        (w.pk, w.sequence, w.title, w.purpose, w.place, w.link, w.starts_at, w.ends_at, w.my_state, w.cancelled_at)  # type: ignore[attr-defined]
        for w in workshops
    ]
    return hashlib.sha256(repr((language, said)).encode()).hexdigest()[:32]


def workshop_told_of(pk: int) -> Workshop:
    """The workshop that a fact is about, with its host."""
    return Workshop.objects.select_related("host", "circle").get(pk=pk)


def coming_to(workshop: Workshop) -> list[Person]:
    """Those who have a place and can be written to."""
    places = Registration.objects.filter(workshop=workshop, state=Registration.State.REGISTERED, person__email__isnull=False)
    return [place.person for place in places.select_related("person").order_by("pk")]


def reachable(pk: str) -> Person | None:
    """Somebody who still has an address."""
    return Person.objects.filter(pk=pk, email__isnull=False, is_active=True).first()
