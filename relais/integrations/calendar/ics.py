"""Workshops as iCalendar: what is written, and in which words. Moments are UTC, which every client shows in its own time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from relais.core import clock


def address_of(workshop: Any) -> str:
    """The page of a workshop."""
    return f"{settings.BASE_URL}/rencontres/ateliers/{workshop.pk}/"


def uid_of(workshop: Any) -> str:
    """What it is called for ever, in every calendar."""
    return f"workshop-{workshop.pk}@{urlsplit(settings.BASE_URL).hostname}"


def event(workshop: Any, person: Any, *, state: str = "") -> Event:
    """One workshop as this person sees it; `state` is theirs: a place, the waiting list, or nothing."""
    found = Event()
    found.add("uid", uid_of(workshop))
    found.add("sequence", workshop.sequence)
    found.add("dtstamp", clock.now())
    found.add("dtstart", workshop.starts_at)
    found.add("dtend", workshop.ends_at)
    found.add("summary", _("%(title)s (waiting list)") % {"title": workshop.title} if state == "waiting" else workshop.title)
    found.add("location", workshop.place or workshop.link)
    found.add("url", address_of(workshop))
    found.add("description", "\n".join(part for part in (workshop.purpose, workshop.link, address_of(workshop)) if part))
    found.add("status", _status(workshop, person, state))
    if found["status"] != "CONFIRMED":
        found.add("transp", "TRANSPARENT")
    return found


def _status(workshop: Any, person: Any, state: str) -> str:
    if workshop.cancelled_at:
        return "CANCELLED"
    mine = state == "registered" or person.pk in (workshop.host_id, workshop.co_host_id)
    return "CONFIRMED" if mine else "TENTATIVE"


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Relais//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def feed(workshops: Iterable[Any], person: Any) -> str:
    """Somebody's whole calendar, for programs that come and read it."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", _("Relais: my workshops"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for workshop in workshops:
        calendar.add_component(event(workshop, person, state=workshop.my_state or ""))
    return bytes(calendar.to_ical()).decode()


def invitation(workshop: Any, person: Any, *, method: str) -> str:
    """One workshop for one mailbox: REQUEST puts it there or moves it, CANCEL takes it away."""
    calendar, found = _calendar(method), event(workshop, person, state="registered")
    if method == "CANCEL":
        found["status"] = "CANCELLED"
    organizer = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    organizer.params["cn"] = workshop.host.name or "Relais"
    found.add("organizer", organizer)
    guest = vCalAddress(f"mailto:{person.email}")
    guest.params.update({"cn": person.name, "partstat": "ACCEPTED", "rsvp": "FALSE"})
    found.add("attendee", guest)
    calendar.add_component(found)
    return bytes(calendar.to_ical()).decode()
