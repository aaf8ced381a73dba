from __future__ import annotations

from django.core.mail import EmailMultiAlternatives, mailers
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app


@app.task(name="relais.integrations.mail.jobs.send", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def send(subject: str, text: str, html: str, sender: str, to: list[str], *, calendar: str = "", calendar_type: str = "") -> None:
    """Hand one message to the transport; tried again, ever later, for some five days, while it refuses."""
    message = EmailMultiAlternatives(subject, text, sender, to)
    if html:
        message.attach_alternative(html, "text/html")
    if calendar:
        message.attach_alternative(calendar, calendar_type)
        message.attach("relais.ics", calendar, "text/calendar")
    mailers["transport"].send_messages([message])
