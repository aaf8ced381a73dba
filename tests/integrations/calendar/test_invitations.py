from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from icalendar import Calendar
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.core import clock
from relais.integrations.calendar.jobs import write_to_one
from relais.integrations.mail.jobs import send
from relais.knowledge.actions.attendance import register, remind, unregister
from relais.knowledge.actions.workshops import cancel_workshop, revise_workshop
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once
from relais.people.actions import leave_community
from tests.factories import make_member, make_workshop, workshop_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enqueued_mail")]


def sent() -> list[EmailMessage]:
    """What the queue hands to the transport, in order."""
    mail.outbox.clear()
    for job in ProcrastinateJob.objects.filter(task_name=send.name).order_by("pk"):
        send(**job.args)
    return list(mail.outbox)


def invitation(message: Any) -> tuple[str, Any]:
    """The method of the calendar part, and its event."""
    [part] = message.alternatives
    calendar = Calendar.from_ical(part.content)
    [event] = calendar.walk("VEVENT")
    assert f"method={calendar['method']}" in part.mimetype
    return str(calendar["method"]), event


def test_place_taken_comes_by_mail_with_what_a_calendar_needs() -> None:
    guest, workshop = make_member("Ann Lee", language="en"), make_workshop(title="Sealing a tube")

    with delivered_at_once():
        register(workshop, by=guest)

    [message] = sent()
    method, event = invitation(message)
    assert (message.to, message.subject) == ([guest.email], "You have a place – Sealing a tube")
    assert (method, int(event["sequence"]), str(event["attendee"])) == ("REQUEST", 0, f"mailto:{guest.email}")
    assert event["dtstart"].dt == workshop.starts_at.replace(microsecond=0)
    assert [name for name, _content, _kind in message.attachments] == ["relais.ics"]


def test_mail_speaks_the_language_and_the_hour_of_its_reader() -> None:
    workshop = make_workshop(starts_at=clock.now().replace(year=2030, month=7, day=1, hour=12, minute=0))
    french, english = make_member(language="fr", time_zone="Europe/Paris"), make_member(language="en", time_zone="Europe/London")

    with delivered_at_once():
        register(workshop, by=french)
        register(workshop, by=english)

    first, second = sent()
    assert ("Vous avez une place" in first.body, "1 juillet 2030 14:00" in first.body) == (True, True)
    assert ("You have a place" in second.body, "July 1, 2030, 1 p.m." in second.body) == (True, True)


def test_moved_then_cancelled_reach_those_who_come_and_nobody_else() -> None:
    guest, workshop = make_member(), make_workshop(capacity=2)
    for person in (guest, make_member(), make_member()):
        register(workshop, by=person)

    with delivered_at_once():
        revise_workshop(workshop, workshop_text(workshop.circle, capacity=2, place="Salle 9"), by=workshop.host)
        cancel_workshop(workshop, "La scie est en panne", by=workshop.host)

    found = [(message.to[0], *invitation(message)) for message in sent()]
    assert len(found) == 4
    mine = [(method, int(event["sequence"]), str(event["status"])) for to, method, event in found if to == guest.email]
    assert mine == [("REQUEST", 1, "CONFIRMED"), ("CANCEL", 2, "CANCELLED")]
    assert "La scie est en panne" in sent()[-1].body


def test_place_given_back_takes_the_event_away_and_gives_it_to_whoever_waited() -> None:
    workshop = make_workshop(capacity=2)
    people = [make_member() for _ in range(3)]
    for person in people:
        register(workshop, by=person)

    with delivered_at_once():
        unregister(workshop, by=people[0])

    assert [(message.to, invitation(message)[0]) for message in sent()] == [([people[0].email], "CANCEL"), ([people[2].email], "REQUEST")]


def test_reminder_asks_the_question_of_the_host() -> None:
    workshop = make_workshop(warm_up="Quand cela vous est-il arrivé ?")
    registration = register(workshop, by=make_member())

    with delivered_at_once():
        remind(registration)

    [message] = sent()
    assert ("À demain" in message.subject, "Quand cela vous est-il arrivé ?" in message.body) == (True, True)


def test_job_that_runs_twice_writes_once() -> None:
    register(make_workshop(), by=make_member())
    entry = Entry.objects.get(verb="workshop.registered")

    for _ in range(2):
        write_to_one(entry)

    assert len(sent()) == 1


def test_nobody_writes_to_who_has_left() -> None:
    guest = make_member()
    register(make_workshop(), by=guest)
    leave_community(guest)

    write_to_one(Entry.objects.get(verb="workshop.registered"))

    assert sent() == []


def test_long_titles_make_short_subjects() -> None:
    workshop = make_workshop(title="Un très long titre " * 8, starts_at=clock.now() + timedelta(days=3))

    with delivered_at_once():
        register(workshop, by=make_member())

    assert len(sent()[0].subject) <= 150
