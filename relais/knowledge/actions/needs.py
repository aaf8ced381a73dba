"""What people would like to learn: said, wished by others, offered by those who know, made into a workshop, closed by those who asked."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.core.typography import bound
from relais.knowledge import events, rules
from relais.knowledge.actions.exchanges import ask_exchange
from relais.knowledge.actions.workshops import WorkshopText, propose_workshop
from relais.knowledge.models import Circle, Exchange, Giver, Need, Wish, Workshop
from relais.knowledge.queries.needs import acts_close_to_need, open_requests_of
from relais.knowledge.routing import choose
from relais.ledger.actions import record
from relais.people.models import Person
from relais.people.rules import can_take_part

IN_A_WEEK, AT_LUNCH, LONG, SEATS = timedelta(days=7), time(12, 30), timedelta(minutes=45), 12


@transaction.atomic
def open_need(title: str, why: str = "", *, circle: Circle, by: Person, sent_key: UUID | None = None) -> Need:
    """Say what one would like to learn; a form sent twice, known by its key, says it once."""
    if not can_take_part(by):
        raise NotAllowed(_("Join the community first: one click on the welcome page."))
    if not title.strip():
        raise Refused(_("Say in a few words what you would like to learn."), field="title")
    columns = {"title": bound(title.strip()), "why": why.strip(), "circle": circle, "opened_at": clock.now()}
    need, new = Need.objects.get_or_create(author=by, sent_key=sent_key or uuid4(), defaults=columns)
    if new:
        Wish.objects.create(need=need, person=by)
        record(events.NEED_OPENED, by=by, about=need, circle=circle.pk)
    return need


def _open(need: Need, by: Person) -> Need:
    need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if not can_take_part(by) or need.closed_at:
        raise NotAllowed(_("This need is closed: those who asked said so. Open another one, it takes a minute."))
    return need


def _count_again(need: Need) -> None:
    need.wanted_count = need.wishes.count()
    need.save(update_fields=["wanted_count"])


@transaction.atomic
def wish(need: Need, *, by: Person) -> None:
    """« Moi aussi »: would like to learn it too."""
    need = _open(need, by)
    if Wish.objects.get_or_create(need=need, person=by)[1]:
        _count_again(need)
        record(events.NEED_WISHED, by=by, about=need, circle=need.circle_id)


@transaction.atomic
def stop_wishing(need: Need, *, by: Person) -> None:
    """Take one's « moi aussi » back; whoever opened the need closes it instead."""
    need = _open(need, by)
    if need.author_id == by.pk:
        raise NotAllowed(_("You opened this need: close it instead, and say whether it is met."))
    if need.wishes.filter(person=by).delete()[0]:
        _count_again(need)
        record(events.NEED_UNWISHED, by=by, about=need, circle=need.circle_id)


@transaction.atomic
def ask_those_likely_to_know(need: Need) -> list[Giver]:
    """Ask up to three colleagues, from what they did on close cases: once, and never one who is asked a lot already."""
    need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if need.closed_at or need.givers.exists():
        return []
    acts = acts_close_to_need(need)
    choices = choose(acts, open_requests_of({act.person for act in acts}, need))
    return [_ask(need, choice.person, choice.reason, choice.because) for choice in choices]


def _ask(need: Need, person: UUID, reason: str, because: int | None) -> Giver:
    giver = Giver.objects.create(need=need, person_id=person, state=Giver.State.ASKED, reason=reason, because_id=because)
    record(events.NEED_ASKED, by=None, about=need, circle=need.circle_id, payload={"person": str(person)})
    return giver


@transaction.atomic
def offer(need: Need, *, by: Person) -> Giver:
    """« Je peux vous montrer »."""
    need = _open(need, by)
    giver, new = Giver.objects.get_or_create(need=need, person=by, defaults={"state": Giver.State.OFFERED})
    if new or giver.state != Giver.State.OFFERED:
        giver.state = Giver.State.OFFERED
        giver.save(update_fields=["state"])
        record(events.NEED_OFFERED, by=by, about=need, circle=need.circle_id)
    return giver


@transaction.atomic
def decline(need: Need, *, by: Person) -> None:
    """« Pas cette fois »: nobody asks why."""
    if Giver.objects.filter(need=need, person=by).exclude(state=Giver.State.DECLINED).update(state=Giver.State.DECLINED):
        record(events.NEED_DECLINED, by=by, about=need, circle=need.circle_id)


@transaction.atomic
def propose_for(need: Need, *, by: Person) -> Workshop:
    """One click: who can show it, and three who would like to learn it, make a proposed workshop; its date may be changed."""
    need = _open(need, by)
    if need.workshop and not need.workshop.cancelled_at:
        return need.workshop
    if not rules.is_ripe(need):
        said = _("A workshop needs three colleagues who would like to learn, and one who can show. This need has %(count)s so far.")
        raise NotAllowed(said % {"count": need.wanted_count})
    _has_offered(need, by)
    starts = _next_week(by.time_zone)
    text = WorkshopText(
        title=need.title, circle=need.circle, starts_at=starts, ends_at=starts + LONG, capacity=max(SEATS, need.wanted_count),
        place=_("To be agreed"), purpose=need.why,
    )  # fmt: skip
    need.workshop = propose_workshop(text, by=by)
    need.save(update_fields=["workshop"])
    payload = {"workshop": need.workshop.pk}
    record(events.NEED_ANSWERED, by=by, about=need, circle=need.circle_id, payload=payload)
    return need.workshop


def _has_offered(need: Need, person: Person) -> None:
    if not need.givers.filter(person=person, state=Giver.State.OFFERED).exists():
        raise NotAllowed(_("Whoever offered to show it proposes when. You can too? Say so first."))


@transaction.atomic
def propose_exchange_for(need: Need, *, by: Person) -> Exchange:
    """One click: who can show it asks whoever opened the need for half an hour together; what both chose for exchanges holds."""
    need = _open(need, by)
    _has_offered(need, by)
    return ask_exchange(need.author, need.title, by=by)


def _next_week(time_zone: str) -> datetime:
    """A working day a week from now, at lunch time on that clock."""
    day = (clock.now() + IN_A_WEEK).astimezone(ZoneInfo(time_zone))
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(day.date(), AT_LUNCH, ZoneInfo(time_zone))


@transaction.atomic
def close_need(need: Need, *, met: bool, by: Person) -> Need:
    """Those who asked say whether the need is met: nobody else can."""
    need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if not (can_take_part(by) and need.wishes.filter(person=by).exists()):
        raise NotAllowed(_("Those who asked to learn it say when the need is met."))
    if need.closed_at is None:
        need.closed_at, need.met = clock.now(), met
        need.save(update_fields=["closed_at", "met"])
        record(events.NEED_CLOSED, by=by, about=need, circle=need.circle_id, payload={"met": met})
    return need


@transaction.atomic
def count_wishes_again() -> None:
    """Somebody left, and their wishes with them: needs that nobody has any more are closed, unmet; the others are counted again."""
    for need in Need.objects.select_for_update(of=("self",)).filter(closed_at=None):
        if not need.wishes.exists():
            need.closed_at, need.met = clock.now(), False
            need.save(update_fields=["closed_at", "met"])
            record(events.NEED_CLOSED, by=None, about=need, circle=need.circle_id, payload={"met": False})
        elif need.wanted_count != need.wishes.count():
            _count_again(need)
