"""The words of a mail, and its two forms: plain text, and HTML made by MJML so that every mailbox shows it well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from mjml import mjml2html

from relais.people.models import Person
from relais.studio.queries.choices import AT_ONCE, DIGEST, stop_token
from relais.studio.queries.notices import PAGES, Line
from relais.studio.ranking import AT_MOST, Item

SUBJECT = 42  # METHOD 3.10: the letters of a subject that a phone shows


@dataclass(frozen=True)
class Row:
    """One thing in a mail: what it is, where it is read, a word about it."""

    title: str
    url: str
    note: str


def _url(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _notice_row(line: Line) -> Row:
    url = _url(reverse("studio:notice_open", args=[line.notice.pk]))
    return Row(line.title or line.said, url, line.said if line.title else "")


def _item_row(item: Item) -> Row:
    path = reverse("studio:notice_open", args=[item.pk]) if item.kind == "notice" else reverse(PAGES[item.kind], args=[item.pk])
    return Row(item.title, _url(path), item.note)


def compose_notices(person: Person, lines: list[Line]) -> EmailMultiAlternatives:
    """What concerns somebody; past seven things, the page holds the rest."""
    more = len(lines) - AT_MOST
    subject = lines[0].said if len(lines) == 1 else _("%(count)s things concern you") % {"count": len(lines)}
    rest = ngettext("One more waits in Relais.", "%(count)s more wait in Relais.", more) % {"count": more} if more > 0 else ""
    why = _("You receive this mail because somebody addressed you. You choose what is written to you, and how often.")
    return _message(person, subject, "", [_notice_row(line) for line in lines[:AT_MOST]], why=why, what=AT_ONCE, rest=rest)


def compose_digest(person: Person, items: Iterable[Item]) -> EmailMultiAlternatives:
    """The week in at most seven things."""
    rows = [_item_row(item) for item in items]
    lead = ngettext("One thing this week, chosen for you.", "%(count)s things this week, chosen for you.", len(rows)) % {"count": len(rows)}
    why = _("You receive this digest once a week. You choose the day, or none at all.")
    return _message(person, rows[0].title, lead, rows, why=why, what=DIGEST)


def _message(person: Person, subject: str, lead: str, rows: list[Row], *, why: str, what: str, rest: str = "") -> EmailMultiAlternatives:
    stop = _url(reverse("studio:mail_stop", args=[stop_token(person, what)]))
    subject = Truncator(subject).chars(SUBJECT)
    context = {
        "subject": subject,
        "language": person.language,
        "hello": _("Hello %(name)s,") % {"name": person.given_name},
        "lead": lead,
        "rows": rows,
        "rest": rest,
        "why": why,
        "choose": _("Choose my mails"),
        "choose_url": _url(reverse("studio:choice")),
        "stop": _("No more digests") if what == DIGEST else _("No more mails of this kind"),
        "stop_url": stop,
    }
    message = EmailMultiAlternatives(
        subject,
        render_to_string("studio/letter.txt", context),
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    message.attach_alternative(mjml2html(render_to_string("studio/letter.mjml", context)), "text/html")
    return message
