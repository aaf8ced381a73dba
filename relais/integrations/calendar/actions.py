from __future__ import annotations

import secrets

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from relais.core import clock
from relais.integrations.calendar import ics
from relais.integrations.calendar.models import Feed
from relais.knowledge.models import Workshop
from relais.people.models import Person
from relais.people.queries import digest_of
from relais.studio.actions.letters import write_letter

SAID = {
    "workshop.registered": gettext_noop("You have a place"),
    "workshop.promoted": gettext_noop("A place came free: it is yours"),
    "workshop.moved": gettext_noop("The workshop moves"),
    "workshop.cancelled": gettext_noop("The workshop is cancelled"),
    "workshop.unregistered": gettext_noop("Your place is free again"),
    "workshop.reminded": gettext_noop("See you tomorrow"),
}
TAKES_AWAY = ("workshop.cancelled", "workshop.unregistered")


@transaction.atomic
def open_feed(person: Person, *, circles: bool) -> str:
    """A new secret address for somebody's calendar; the one before stops working. Told once: only its hash is kept."""
    token = secrets.token_urlsafe(24)
    Feed.objects.update_or_create(person=person, defaults={"digest": digest_of(token), "circles": circles, "opened_at": clock.now()})
    return token


@transaction.atomic
def close_feed(person: Person) -> None:
    """The address stops working."""
    Feed.objects.filter(person=person).delete()


@transaction.atomic
def write_invitation(entry_id: int, verb: str, workshop: Workshop, person: Person) -> None:
    """One mail for one fact and one person, with what their calendar needs: once, however often the job runs."""
    with translation.override(person.language), timezone.override(person.time_zone):
        method = "CANCEL" if verb in TAKES_AWAY else "REQUEST"
        when = date_format(timezone.localtime(workshop.starts_at), "DATETIME_FORMAT")
        said = translation.gettext(SAID[verb])
        lines = [said + ".", "", workshop.title, when, workshop.place, workshop.link, workshop.cancel_reason]
        if verb == "workshop.reminded" and workshop.warm_up:
            lines += ["", _("The host asks: %(question)s") % {"question": workshop.warm_up}]
        lines += ["", ics.address_of(workshop)]
        message = EmailMultiAlternatives(f"{said} – {workshop.title}"[:150], "\n".join(lines))
        message.attach_alternative(ics.invitation(workshop, person, method=method), f"text/calendar; method={method}; charset=utf-8")
        write_letter(person, f"entry {entry_id}", message, now=clock.now())
