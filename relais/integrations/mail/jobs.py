from __future__ import annotations

from django.core.mail import EmailMultiAlternatives, mailers
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app


@app.task(name="relais.integrations.mail.jobs.send", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def send(subject: str, text: str, html: str, sender: str, to: list[str], *, headers: dict[str, str] | None = None, **parts: str) -> None:
    """Hand one message to the transport; tried again, ever later, for some five days, while it refuses or does not answer."""
    message = EmailMultiAlternatives(subject, text, sender, to, headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    if calendar := parts.get("calendar"):
        message.attach_alternative(calendar, parts["calendar_type"])
        message.attach("relais.ics", calendar, "text/calendar")
    mailers["transport"].send_messages([message])
