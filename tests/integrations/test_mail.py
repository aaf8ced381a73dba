from __future__ import annotations

from unittest.mock import ANY

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from relais.integrations.mail.jobs import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enqueued_mail")]


def queued() -> list[dict[str, object]]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("args", flat=True))


def test_request_only_enqueues_its_mail() -> None:
    message = EmailMultiAlternatives("Bonjour", "Texte", "relais@example.org", ["ann@example.org"])
    message.attach_alternative("<p>Texte</p>", "text/html")

    sent = message.send()

    [job] = queued()
    assert (sent, mail.outbox, job.pop("headers")) == (1, [], {"Message-ID": ANY})
    assert job == {"subject": "Bonjour", "text": "Texte", "html": "<p>Texte</p>", "sender": "relais@example.org", "to": ["ann@example.org"]}


def test_mail_of_an_act_that_fails_is_never_sent() -> None:
    with transaction.atomic():
        EmailMessage("Bonjour", "Texte", None, ["ann@example.org"]).send()
        transaction.set_rollback(True)

    assert queued() == []


def test_mail_waits_in_a_queue_of_its_own() -> None:
    EmailMessage("Bonjour", "Texte", None, ["ann@example.org"]).send()

    assert ProcrastinateJob.objects.get().queue_name == send.queue == "mail"


@pytest.mark.parametrize(("attempts", "tried_again"), [(7, True), (8, False)])
def test_mail_is_tried_again_for_some_days_only(attempts: int, tried_again: bool) -> None:
    job = Job(id=1, queue="mail", lock=None, queueing_lock=None, task_name=send.name, attempts=attempts)

    assert (send.get_retry_exception(OSError(), job) is not None) is tried_again


@pytest.mark.parametrize("html", ["", "<p>Texte</p>"])
def test_job_hands_the_mail_to_the_transport(html: str) -> None:
    send("Bonjour", "Texte", html, "relais@example.org", ["ann@example.org"])

    sent = mail.outbox[0]
    assert (sent.subject, sent.body, sent.to) == ("Bonjour", "Texte", ["ann@example.org"])
    assert [part.content for part in getattr(sent, "alternatives", [])] == ([html] if html else [])
