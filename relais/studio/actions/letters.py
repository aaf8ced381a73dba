"""People are written to: once about one thing, at the pace they chose, in their language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation

from relais.people.models import Person
from relais.people.rules import may_be_asked
from relais.studio.composing import compose_digest, compose_notices
from relais.studio.models import Letter, Notice
from relais.studio.pace import week_of
from relais.studio.queries.choices import choice_of, local_to, written_this_week
from relais.studio.queries.digest import digest_for
from relais.studio.queries.notices import lines_for, waiting_for_mail


@transaction.atomic
def write_letter(person: Person, key: str, message: EmailMessage, *, now: datetime, counted: bool = False) -> bool:
    """Write to somebody about something, once: its mail is enqueued in the transaction that remembers it."""
    new = Letter.objects.get_or_create(person=person, key=key, defaults={"counted": counted, "at": now})[1]
    if new:
        message.to = [str(person.email)]
        message.send()
    return new


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _mailed(notices: Iterable[Notice], now: datetime) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)


@transaction.atomic
def write_notices(person: Person, now: datetime) -> bool:
    """One mail for all that concerns somebody and was neither read nor mailed, if they may be written to now."""
    person = _locked(person)
    choice, local = choice_of(person), local_to(person, now)
    written, digest_left = written_this_week(person, local)
    waiting = waiting_for_mail(person, now, choice.at_once)
    if not (waiting and may_be_asked(person) and choice.pace.may_write_at_once(local, written=written, digest_left=digest_left)):
        return False
    with translation.override(person.language):
        lines = lines_for(person, waiting)
        if lines:
            write_letter(person, f"notice {waiting[0].pk}", compose_notices(person, lines), now=now, counted=True)
    _mailed(waiting, now)
    return bool(lines)


@transaction.atomic
def write_digest(person: Person, now: datetime) -> bool:
    """The digest of the week, at most seven things; a week with nothing to say is remembered, and says nothing."""
    person = _locked(person)
    pace, local = choice_of(person).pace, local_to(person, now)
    written, digest_left = written_this_week(person, local)
    if not (may_be_asked(person) and pace.may_send_digest(local, written=written, digest_left=digest_left)):
        return False
    with translation.override(person.language):
        items = digest_for(person, now)
        if not items:
            Letter.objects.create(person=person, key=week_of(local), at=now)
            return False
        write_letter(person, week_of(local), compose_digest(person, items), now=now, counted=True)
    _mailed(waiting_for_mail(person, now), now)
    return True
