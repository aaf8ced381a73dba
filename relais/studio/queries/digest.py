from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relais.knowledge.models import CircleMember, Contribution
from relais.knowledge.queries.contributions import contents_since
from relais.knowledge.queries.needs import needs_for
from relais.knowledge.queries.use_cases import Shelf, use_cases_for
from relais.knowledge.queries.workshops import workshops_to_come
from relais.knowledge.wording import words_of
from relais.people.models import Person
from relais.studio.queries.notices import lines_for, waiting_for_mail
from relais.studio.ranking import Item, best

WEEK = timedelta(days=7)
SOON = timedelta(days=14)
OF_EACH = 20
TELLING = 5  # letters a word needs to tell what somebody knows


def _tells(text: str) -> set[str]:
    return {word for word in words_of(text) if len(word) >= TELLING}


def digest_for(person: Person, now: datetime) -> list[Item]:
    """The seven things this person would miss most, of what is theirs and of the week in the community."""
    circles = set(CircleMember.objects.filter(person=person, until=None).values_list("circle", flat=True))
    knows = _tells(f"{person.passes_on} {person.wants_to_learn}")
    news = [
        Item(kind, pk, title, at, note, in_my_circles=circle in circles, near=bool(knows & _tells(title)))
        for kind, pk, title, at, note, circle in _news(person, now)
    ]
    return best([*_mine(person, now), *news], now)


def _mine(person: Person, now: datetime) -> Iterator[Item]:
    for line in lines_for(person, waiting_for_mail(person, now)):
        yield Item("notice", line.notice.pk, line.title or line.said, line.notice.made_at, line.said if line.title else "", mine=True)


def _news(person: Person, now: datetime) -> Iterator[tuple[str, int, str, datetime, str, int]]:
    since = now - WEEK
    for case in use_cases_for(person, Shelf.TO_ANSWER).filter(asked_at__gt=since)[:OF_EACH]:
        yield "usecase", case.pk, case.title, case.asked_at, _("Nobody has answered yet."), case.circle_id
    for content in contents_since(person, since)[:OF_EACH]:
        yield "contribution", content.pk, content.title, content.published_at, _kind(content), content.use_case.circle_id
    for workshop in (
        workshops_to_come(person, now).exclude(registrations__person=person).exclude(host=person).filter(starts_at__lt=now + SOON)[:OF_EACH]
    ):
        day = date_format(timezone.localtime(workshop.starts_at), "DATE_FORMAT")
        note = _("Workshop, %(day)s. Places left: %(left)s") % {"day": day, "left": workshop.capacity - workshop.registered_count}
        if workshop.registered_count < workshop.capacity:
            yield "workshop", workshop.pk, workshop.title, workshop.proposed_at, note, workshop.circle_id
    for need in needs_for(person).exclude(wishes__person=person).filter(opened_at__gt=since)[:OF_EACH]:
        yield "need", need.pk, need.title, need.opened_at, _("A colleague would like to learn it. You too?"), need.circle_id


def _kind(content: Contribution) -> str:
    return str(content.get_kind_display())
