from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from procrastinate.contrib.django import app


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
                **({"calendar": calendar.content, "calendar_type": calendar.mimetype} if calendar else {}),
            )
        return len(email_messages)
