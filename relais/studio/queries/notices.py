from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from relais.indicators.queries.levers import steps_of
from relais.knowledge.models import Exchange, Prompt
from relais.knowledge.queries.exchanges import exchanges_for
from relais.knowledge.queries.prompts import prompts_for
from relais.knowledge.queries.things import KINDS as THINGS
from relais.knowledge.queries.things import Thing, things
from relais.people.models import Person
from relais.skills.models import PersonSkill
from relais.skills.queries.people import name_of
from relais.skills.rules import can_confirm
from relais.studio.kinds import KINDS
from relais.studio.models import Notice

STILL_NEW = timedelta(days=7)  # after which nobody is written to about it
PAGES = {
    "usecase": "knowledge:use_case_show",
    "contribution": "knowledge:contribution_show",
    "workshop": "knowledge:workshop_show",
    "need": "knowledge:need_show",
    "initiative": "knowledge:initiative_show",
    "exchange": "knowledge:exchange_show",
    "ruling": "knowledge:ruling_show",
}
OWN_PAGES = {"prompt": "skills:mine_list", "step": "indicators:step_list"}
SKILL_PAGES = {"confirm": "skills:skill_confirm", "level": "skills:mine_show"}  # by kind: one's own skill, or a colleague's


@dataclass(frozen=True)
class Line:
    """A notice in the words of today: what happened, to what; a thing that is no longer shown has no line."""

    notice: Notice
    said: str
    title: str


def notices_for(viewer: Person) -> QuerySet[Notice]:
    """What concerned this person lately, the latest first."""
    return Notice.objects.filter(person=viewer).order_by("-made_at", "-pk")


def notice_for(viewer: Person, pk: int) -> Notice | None:
    """One of them."""
    return Notice.objects.filter(person=viewer, pk=pk).first()


def unread_for(viewer: Person) -> int:
    """How many they have not opened."""
    return Notice.objects.filter(person=viewer, read_at=None).count()


def waiting_for_mail(person: Person, now: datetime, kinds: Iterable[str] | None = None) -> list[Notice]:
    """What was neither read nor mailed, and is still new; of these kinds only, if any are given."""
    found = Notice.objects.filter(person=person, read_at=None, mailed_at=None, made_at__gt=now - STILL_NEW)
    return list((found if kinds is None else found.filter(kind__in=kinds)).order_by("-made_at", "-pk"))


def address_of(notice: Notice) -> str:
    """The page it leads to."""
    if notice.kind in OWN_PAGES:
        return reverse(OWN_PAGES[notice.kind])
    return reverse(SKILL_PAGES.get(notice.kind) or PAGES[notice.object_type], args=[notice.object_id])


def lines_for(viewer: Person, notices: Iterable[Notice]) -> list[Line]:
    """The words of each, as far as the viewer may still see what it is about."""
    notices = list(notices)
    found = things((notice.object_type, notice.object_id) for notice in notices if notice.object_type in THINGS)
    told = {kind: read(viewer, pks) for kind, read in READERS.items() if (pks := [n.object_id for n in notices if n.object_type == kind])}
    lines = [
        _told(notice, told[notice.object_type].get(notice.object_id))
        if notice.object_type in READERS
        else _line(viewer, notice, found.get((notice.object_type, notice.object_id)))
        for notice in notices
    ]
    return [line for line in lines if line]


def _line(viewer: Person, notice: Notice, about: Thing | None) -> Line | None:
    said = str(KINDS[notice.kind].said)
    if notice.object_type == "ruling":
        return Line(notice, said, "")
    if about is None or not about.kind.seen_by(viewer, about.row):
        return None
    return Line(notice, said % {"who": about.signed(viewer)}, about.title)


def _told(notice: Notice, found: tuple[str, str] | None) -> Line | None:
    """The words of what is told by who it comes from and what it is called."""
    return Line(notice, str(KINDS[notice.kind].said) % {"who": found[0]}, found[1]) if found else None


def _exchanges(viewer: Person, pks: list[int]) -> dict[int, tuple[str, str]]:
    return {one.pk: (_partner(viewer, one).name, one.about) for one in exchanges_for(viewer).filter(pk__in=pks)}


def _partner(viewer: Person, exchange: Exchange) -> Person:
    return exchange.other if exchange.asker_id == viewer.pk else exchange.asker


def _skills(viewer: Person, pks: list[int]) -> dict[int, tuple[str, str]]:
    rows = PersonSkill.objects.filter(pk__in=pks).select_related("person", "skill").prefetch_related("skill__labels")
    return {row.pk: (row.person.name, _called(row)) for row in rows if row.person_id == viewer.pk or can_confirm(viewer, row)}


def _prompts(viewer: Person, pks: list[int]) -> dict[int, tuple[str, str]]:
    return {prompt.pk: ("", _called(prompt)) for prompt in prompts_for(viewer) if prompt.pk in pks}


def _steps(viewer: Person, pks: list[int]) -> dict[int, tuple[str, str]]:
    return {step.pk: ("", step.text) for step in steps_of(viewer) if step.pk in pks}


def _called(row: PersonSkill | Prompt) -> str:
    return name_of(row.skill, get_language() or "fr")


READERS = {"exchange": _exchanges, "personskill": _skills, "prompt": _prompts, "usestep": _steps}
