"""Exchanges: open to them or not, asked, drawn, agreed, closed. Nobody ever has more than they said."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge import events, rules
from relais.knowledge.matching import Drawn, draw
from relais.knowledge.models import Circle, Exchange, ExchangeVoice, Openness, Round
from relais.knowledge.queries.exchanges import are_at_it, open_exchanges_of, pairs_met_lately, seekers_in
from relais.ledger.actions import record
from relais.ledger.verbs import Verb
from relais.people.models import Person
from relais.people.rules import can_take_part, may_be_asked

State = Exchange.State


@transaction.atomic
def open_to_exchanges(capacity: int, *, by: Person) -> Openness:
    """Say that one is open to exchanges, and to how many at a time; 0 means not now."""
    if not can_take_part(by):
        raise NotAllowed(_("Join the community first: one click on the welcome page."))
    if not 0 <= capacity <= 5:
        raise Refused(_("From 0 to 5 at a time: one is plenty."), field="capacity")
    was = Openness.objects.filter(person=by).first()
    openness = Openness.objects.update_or_create(person=by, defaults={"capacity": capacity})[0]
    if was is None or bool(was.capacity) != bool(capacity):
        record(events.EXCHANGES_OPENED if capacity else events.EXCHANGES_CLOSED, by=by, about=by)
    return openness


def _room(*people: UUID) -> dict[UUID, int]:
    """How many exchanges each of these may still have; their choices are locked, always in the same order."""
    held = Openness.objects.select_for_update().filter(person__in=people).order_by("person")
    return {each.person_id: each.capacity - open_exchanges_of(each.person_id) for each in held}


def _tell(verb: Verb, exchange: Exchange, by: Person | None, **payload: str | bool) -> None:
    circle = exchange.round.circle_id if exchange.round else None
    record(verb, by=by, about=exchange, circle=circle, payload=payload)


@transaction.atomic
def ask_exchange(other: Person, about: str = "", *, by: Person) -> Exchange:
    """Ask a colleague who is open to it; the capacity of both holds."""
    if not can_take_part(by) or by.pk == other.pk:
        raise NotAllowed(_("An exchange is of two people who take part in the community."))
    room = _room(by.pk, other.pk)
    if not may_be_asked(other) or room.get(other.pk, 0) < 1:
        raise NotAllowed(_("This colleague is not open to another exchange now. Ask for help with a case instead: others may answer."))
    if are_at_it(by.pk, other.pk):
        raise Refused(_("The two of you have an exchange open already: close that one first."))
    if room.get(by.pk, 0) < 1:
        raise NotAllowed(_("You have as many exchanges as you wished. Close one, or say that you are open to more."))
    exchange = Exchange.objects.create(asker=by, other=other, about=about.strip()[:200], asked_at=clock.now())
    _tell(events.EXCHANGE_ASKED, exchange, by, person=str(other.pk))
    return exchange


def _mine(exchange: Exchange, by: Person) -> Exchange:
    exchange = Exchange.objects.select_for_update(of=("self",)).select_related("round").get(pk=exchange.pk)
    if by.pk not in (exchange.asker_id, exchange.other_id):
        raise NotAllowed(_("This exchange is of two other people."))
    return exchange


@transaction.atomic
def answer_exchange(exchange: Exchange, *, accepted: bool, by: Person) -> Exchange:
    """Whoever was asked says yes or not this time; what was drawn can be passed on by either."""
    exchange = _mine(exchange, by)
    if exchange.state != State.ASKED and accepted:
        return exchange
    if exchange.state not in (State.ASKED, State.AGREED) or (accepted and exchange.other_id != by.pk):
        raise NotAllowed(_("This exchange does not wait for your answer."))
    exchange.state = State.AGREED if accepted else State.DECLINED
    exchange.save(update_fields=["state"])
    _tell(events.EXCHANGE_AGREED if accepted else events.EXCHANGE_DECLINED, exchange, by)
    return exchange


@transaction.atomic
def close_exchange(exchange: Exchange, *, happened: bool, useful: int | None, learned: str = "", by: Person) -> ExchangeVoice:
    """Each says whether it took place and what it was worth; the first voice frees the place of both."""
    exchange = _mine(exchange, by)
    if exchange.state not in (State.AGREED, State.CLOSED):
        raise NotAllowed(_("Only an exchange that both agreed to is closed."))
    if useful is not None and not 1 <= useful <= 5:
        raise Refused(_("Choose from 1 to 5."), field="useful")
    said = {"happened": happened, "useful": useful, "learned": learned.strip()[:500], "said_at": clock.now()}
    voice, new = ExchangeVoice.objects.update_or_create(exchange=exchange, person=by, defaults=said)
    if exchange.state != State.CLOSED:
        exchange.state, exchange.closed_at = State.CLOSED, clock.now()
        exchange.save(update_fields=["state", "closed_at"])
    if new:
        _tell(events.EXCHANGE_CLOSED, exchange, by, happened=happened)
    return voice


def preview(circle: Circle, *, by: Person) -> Drawn:
    """What a draw would give now: numbers for whoever draws, nobody's name."""
    if not rules.looks_after(by, circle.pk):
        raise NotAllowed(_("Those who look after a circle draw its exchanges."))
    return draw(seekers_in(circle), pairs_met_lately(circle), seed=Round.objects.filter(circle=circle).count())


@transaction.atomic
def draw_round(circle: Circle, *, by: Person) -> Round:
    """Pair those of the circle who opted in and have room, across teams first, without repeating the last rounds."""
    Circle.objects.select_for_update().get(pk=circle.pk)
    _room(*[seeker.person for seeker in seekers_in(circle)])
    drawn = preview(circle, by=by)
    if not drawn.pairs:
        raise Refused(_("Nobody can be paired now: too few people are open to an exchange, or they have met lately."))
    counts = {"pairs": len(drawn.pairs), "across": drawn.across, "alone": len(drawn.alone)}
    round_drawn = Round.objects.create(circle=circle, drawn_by=by, drawn_at=clock.now(), **counts)
    record(events.ROUND_DRAWN, by=by, about=round_drawn, circle=circle.pk, payload=counts)
    for asker, other in drawn.pairs:
        exchange = Exchange.objects.create(asker_id=asker, other_id=other, round=round_drawn, state=State.AGREED, asked_at=clock.now())
        _tell(events.EXCHANGE_DRAWN, exchange, None, person=str(asker), other=str(other))
    return round_drawn
