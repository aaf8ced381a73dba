from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.actions import record
from relais.maturity import events
from relais.maturity.figures import Question, figures_of
from relais.maturity.groups import groups_of
from relais.maturity.items import HIGHEST, ITEMS, asked
from relais.maturity.models import Comments, Means, Pile, Ticket, Wave
from relais.maturity.rules import can_hold_wave
from relais.people.models import Person, Unit

LONGEST = timedelta(days=42)
LONGEST_COMMENT = 600
BATCH = 5_000  # rows written in one statement


@dataclass(frozen=True)
class Facts:
    """What a pilot tells of the means."""

    perimeter: int
    minutes: int
    animators: int
    tools: str
    past: str


def _held(by: Person) -> None:
    if not can_hold_wave(by):
        raise NotAllowed(_("Pilots ask everybody where we stand. Tell one of them that you would like it."))


@transaction.atomic
def open_wave(kind: str, closes_on: date, *, by: Person) -> Wave:
    """Put the questions to everybody in the organisation, until a day."""
    _held(by)
    today = clock.today()
    if not today < closes_on <= today + LONGEST:
        raise Refused(_("Choose a last day within six weeks, from tomorrow on."), field="closes_on")
    if Wave.objects.select_for_update().filter(closed_on=None).exists():
        raise Refused(_("Questions are open already. Close them first, or wait for their last day."))
    wave = Wave.objects.create(kind=kind, closes_on=closes_on)
    people = dict(Person.objects.filter(is_active=True, departed_on=None).values_list("pk", "unit_id"))
    groups = groups_of(people, dict(Unit.objects.values_list("pk", "parent_id")))
    tickets = (Ticket(wave=wave, person_id=pk, group_id=group, closes_on=closes_on) for pk, group in groups.items())
    Ticket.objects.bulk_create(tickets, batch_size=BATCH)
    wave.invited = len(groups)
    wave.save(update_fields=["invited"])
    Pile.objects.bulk_create(Pile(wave=wave, group_id=group) for group in {None, *groups.values()})
    Comments.objects.create(wave=wave, closes_on=closes_on)
    record(events.WAVE_OPENED, by=by, about=wave, payload={"pulse": int(kind == Wave.Kind.PULSE), "invited": len(groups)})
    return wave


@transaction.atomic
def answer_wave(wave: Wave, answers: Mapping[int, int | None], comment: str, *, by: Person) -> None:
    """Burn the ticket and put the answers into their pile. Nothing else is written, to the ledger least of all: no link is left."""
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    ticket = Ticket.objects.filter(wave=wave, person=by).first()
    if wave.closed_on or ticket is None or ticket.closes_on < clock.today():
        raise NotAllowed(_("These questions are closed, or you have answered them already."))
    sheet = [_taken(answers.get(number)) for number in asked(wave.kind == Wave.Kind.PULSE)]
    if not any(sheet):
        raise Refused(_("Answer one sentence at least, or come back later."))
    pile = Pile.objects.get(wave=wave, group=ticket.group_id)
    pile.sheets = sorted([*pile.sheets, sheet], key=str)
    pile.save(update_fields=["sheets"])
    _add_comment(wave, comment.strip())
    ticket.delete()


def _taken(answer: int | None) -> int | None:
    if answer is not None and not 1 <= answer <= HIGHEST:
        raise Refused(_("Choose one of the answers shown."))
    return answer


def _add_comment(wave: Wave, text: str) -> None:
    """Every answer rewrites the row, with or without a word: when it was written tells nothing."""
    if len(text) > LONGEST_COMMENT:
        raise Refused(_("Keep it under 600 characters."), field="comment")
    comments = Comments.objects.get(wave=wave)
    comments.texts = sorted([*comments.texts, text] if text else comments.texts)
    comments.save(update_fields=["texts"])


@transaction.atomic
def close_wave(wave: Wave, *, by: Person | None) -> Wave:
    """Keep the figures that may be told, and forget every answer and every ticket; by nobody when its last day is past."""
    if by is not None:
        _held(by)
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if wave.closed_on:
        return wave
    questions = [Question(ITEMS[number].dimension, ITEMS[number].reversed) for number in asked(wave.kind == Wave.Kind.PULSE)]
    wave.figures = figures_of({pile.group_id: pile.sheets for pile in wave.piles.order_by("pk")}, questions)
    wave.closed_on = clock.today()
    wave.save(update_fields=["figures", "closed_on"])
    wave.piles.all().delete()
    wave.tickets.all().delete()
    record(events.WAVE_CLOSED, by=by, about=wave)
    return wave


@transaction.atomic
def tell_means(facts: Facts, *, by: Person) -> Means:
    """Say what means there are now; what was said before stays behind it."""
    _held(by)
    means = Means.objects.create(**asdict(facts))
    record(events.MEANS_TOLD, by=by, about=means)
    return means
