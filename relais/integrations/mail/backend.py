from __future__ import annotations

from collections.abc import Sequence
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from procrastinate.contrib.django import app


def _name() -> str:
    """What a mail is called for ever: tried twice, it is still the same mail to whoever receives it."""
    return make_msgid(domain=urlsplit(settings.BASE_URL).hostname)


class EnqueuedMail(BaseEmailBackend):
    """Django's mail backend that enqueues each message as a job instead of talking to a server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html = next((part.content for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"), "")
            calendar = next((part for part in getattr(message, "alternatives", []) if part.mimetype.startswith("text/calendar")), None)
            app.configure_task("relais.integrations.mail.jobs.send", queue="mail").defer(
                subject=str(message.subject),
                text=str(message.body),
                html=html,
                sender=message.from_email,
                to=[*message.to],
                headers={"Message-ID": _name(), **message.extra_headers},
                **({"calendar": calendar.content, "calendar_type": calendar.mimetype} if calendar else {}),
            )
        return len(email_messages)
