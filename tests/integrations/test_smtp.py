"""Mail against real SMTP servers: an ordinary one, one that refuses, that hangs, that dies; and a worker killed between two mails."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage as Received
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.db import connection
from icalendar import Calendar
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from relais.config.settings import _transport
from relais.integrations.mail.jobs import send
from relais.knowledge.actions.attendance import register
from relais.ledger.subscriptions import delivered_at_once
from relais.studio.actions.letters import write_digest, write_letter
from relais.studio.models import Letter
from tests.factories import make_content, make_member, make_workshop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enqueued_mail")]
Answer = Callable[[str], str]


class Mailbox:
    """What a server received, and how it answers each recipient."""

    def __init__(self, answer: Answer = lambda _to: "250 OK") -> None:
        self.answer = answer
        self.received: list[Received] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 (aiosmtpd calls it by this name)
        answer = self.answer(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (and this one)
        self.received.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    @property
    def names(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.received]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(mailbox: Mailbox, settings: LazySettings) -> Iterator[None]:
    """A real SMTP server on this machine, which mail is handed to."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        lead_to(settings, controller.port)
        yield
    finally:
        controller.stop()


def lead_to(settings: LazySettings, port: int, **options: Any) -> None:
    transport = _transport(f"smtp://127.0.0.1:{port}")
    settings.MAILERS = settings.MAILERS | {"transport": transport | {"OPTIONS": transport["OPTIONS"] | options}}


def run(job: ProcrastinateJob) -> bool:
    """Run one job as a worker does: it is over once it succeeds, and is tried again later if it does not."""
    try:
        send(**job.args)
    except OSError as error:
        tried = Job(id=job.pk, queue="mail", lock=None, queueing_lock=None, task_name=send.name, attempts=job.attempts)
        retry = send.get_retry_exception(error, tried)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET attempts = attempts + 1, scheduled_at = %s WHERE id = %s", [again_at(retry), job.pk]
            )
        return False
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.pk])
    return True


def again_at(retry: Any) -> datetime | None:
    return retry.retry_decision.retry_at if retry else None


def waiting() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(queue_name="mail").exclude(status="succeeded").order_by("pk"))


def next_monday() -> datetime:
    now = datetime.now(UTC)
    return (now + timedelta(days=7 - now.weekday())).replace(hour=9, minute=0)


def write(count: int) -> None:
    person = make_member()
    for number in range(count):
        write_letter(person, f"entry {number}", EmailMessage(f"Avis {number}", "Texte"), now=datetime.now(UTC))


def test_digest_arrives_whole_in_both_forms_with_its_one_click_way_out(settings: LazySettings) -> None:
    reader = make_member("Zoé Lévêque", time_zone="UTC", language="fr")
    make_content(title="Sceller un tube sans bulle")
    mailbox = Mailbox()

    with serving(mailbox, settings):
        write_digest(reader, next_monday())
        assert [run(job) for job in waiting()] == [True]

    [message] = mailbox.received
    plain, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Bonjour Zoé," in plain
    assert "Sceller un tube sans bulle" in plain
    assert "Sceller un tube sans bulle" in html
    assert str(message["List-Unsubscribe"]).startswith("<http://localhost")
    assert (message["List-Unsubscribe-Post"], message["Subject"]) == ("List-Unsubscribe=One-Click", "Sceller un tube sans bulle")


def test_invitation_arrives_as_calendars_expect_it(settings: LazySettings) -> None:
    workshop, guest, mailbox = make_workshop(), make_member(), Mailbox()
    with delivered_at_once():
        register(workshop, by=guest)

    with serving(mailbox, settings):
        assert [run(job) for job in waiting()] == [True]

    [message] = mailbox.received
    parts = {part.get_content_type(): part for part in message.walk()}
    [event] = Calendar.from_ical(parts["text/calendar"].get_content()).walk("VEVENT")
    assert (str(event["summary"]), message["To"]) == (workshop.title, guest.email)


def test_server_that_refuses_for_a_while_gets_everything_once_in_the_end(settings: LazySettings) -> None:
    write(3)
    refusals = iter(["451 Later", "550 No such user", "250 OK", "452 Full", *["250 OK"] * 10])
    mailbox = Mailbox(lambda _to: next(refusals))

    with serving(mailbox, settings):
        rounds = [[run(job) for job in waiting()] for _ in range(4)]

    assert rounds == [[False, False, True], [False, True], [True], []]
    assert len(set(mailbox.names)) == len(mailbox.received) == 3


def test_each_trial_waits_longer_than_the_one_before() -> None:
    write(1)
    [job] = waiting()
    waits = []

    for attempts in range(1, 8):
        tried = Job(id=job.pk, queue="mail", lock=None, queueing_lock=None, task_name=send.name, attempts=attempts)
        retry = send.get_retry_exception(OSError(), tried)
        assert retry
        waits.append((retry.retry_decision.retry_at - datetime.now(UTC)).total_seconds())

    assert waits == sorted(waits)
    assert 3 * 86_400 < sum(waits) < 7 * 86_400


def test_server_that_hangs_is_left_and_nothing_is_lost(settings: LazySettings) -> None:
    write(1)
    mailbox = Mailbox()

    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        lead_to(settings, deaf.getsockname()[1], timeout=0.2)
        hung = run(waiting()[0])
    away = run(waiting()[0])
    with serving(mailbox, settings):
        came = run(waiting()[0])

    assert (hung, away, came, len(mailbox.received)) == (False, False, True, 1)
    assert _transport("smtp://mail.example.org")["OPTIONS"]["timeout"] == 30


def test_server_that_dies_in_the_middle_of_a_mail_gets_it_whole_later(settings: LazySettings) -> None:
    write(1)
    mailbox = Mailbox()

    with socket.socket() as dying:
        dying.bind(("127.0.0.1", 0))
        dying.listen()
        threading.Thread(target=_greet_and_die, args=[dying], daemon=True).start()
        lead_to(settings, dying.getsockname()[1])
        died = run(waiting()[0])
    with serving(mailbox, settings):
        came = run(waiting()[0])

    assert (died, came, len(mailbox.received)) == (False, True, 1)


def _greet_and_die(server: socket.socket) -> None:
    client, _address = server.accept()
    client.sendall(b"220 Hello\r\n")
    client.recv(1000)
    client.close()


def test_worker_killed_between_two_mails_sends_none_twice(settings: LazySettings) -> None:
    write(4)
    mailbox = Mailbox()

    with serving(mailbox, settings):
        for job in waiting()[:2]:
            run(job)
        write_again = Letter.objects.count()
        for job in waiting():  # another worker takes over
            run(job)

    assert (write_again, [str(message["Subject"]) for message in mailbox.received]) == (4, [f"Avis {number}" for number in range(4)])


def test_mail_tried_twice_is_still_the_same_mail(settings: LazySettings) -> None:
    write(1)
    [job] = waiting()
    mailbox = Mailbox()

    with serving(mailbox, settings):  # killed after the server took it, before it was noted
        for _ in range(2):
            send(**job.args)

    assert len(set(mailbox.names)) == 1
