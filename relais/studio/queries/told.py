"""Whom a fact concerns, and what it leads to: one line a verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from relais.indicators import events as piloting
from relais.knowledge import events
from relais.knowledge.models import Contribution, Exchange, Initiative, UseCase, Wish
from relais.knowledge.queries.things import thing
from relais.ledger.models import Entry
from relais.skills import events as skills
from relais.skills.certification import Level

Object = tuple[str, int]


@dataclass(frozen=True)
class Told:
    """A fact becomes a notice of this kind, for these people, leading to this object."""

    kind: str
    people: Callable[[Entry], Iterable[UUID]]
    leads_to: Callable[[Entry], Object]


def _named(*keys: str) -> Callable[[Entry], list[UUID]]:
    return lambda entry: [UUID(entry.payload[key]) for key in keys if entry.payload.get(key)]


def _itself(entry: Entry) -> Object:
    return entry.object_type, int(entry.object_id)


def _payload(object_type: str, key: str) -> Callable[[Entry], Object]:
    return lambda entry: (object_type, int(entry.payload[key]))


def _asker(entry: Entry) -> list[UUID]:
    return list(UseCase.objects.filter(pk=entry.payload["use_case"]).values_list("author", flat=True))


def _exchange_asker(entry: Entry) -> list[UUID]:
    return list(Exchange.objects.filter(pk=entry.object_id).values_list("asker", flat=True))


def _wishers(entry: Entry) -> list[UUID]:
    return list(Wish.objects.filter(need=int(entry.object_id)).values_list("person", flat=True))


def _author(entry: Entry) -> list[UUID]:
    return list(Contribution.objects.filter(pk=entry.object_id).values_list("author", flat=True))


def _initiator(entry: Entry) -> list[UUID]:
    return list(Initiative.objects.filter(pk=entry.object_id).values_list("author", flat=True))


def _authors_of_thing(entry: Entry) -> set[UUID]:
    found = thing(*_itself(entry))
    return found.authors if found and entry.payload.get("decision") != "keep" else set()


def _certified(entry: Entry) -> list[UUID]:
    """Its owner, when peers certify it or no longer do: the first levels come and go with each act."""
    crossed = (entry.payload["before"] < Level.CERTIFIED) != (entry.payload["after"] < Level.CERTIFIED)
    return [UUID(entry.payload["person"])] if crossed else []


_RULING = _payload("ruling", "ruling")
TOLD = {
    events.ANSWER_PUBLISHED: Told("answered", _asker, _itself),
    events.CONTENT_PUBLISHED: Told("answered", _asker, _itself),
    events.PERSON_MENTIONED: Told("mentioned", _named("person"), _itself),
    events.PROPOSAL_MADE: Told("asked", _named("person"), _payload("usecase", "use_case")),
    events.NEED_ASKED: Told("asked", _named("person"), _itself),
    events.EXCHANGE_ASKED: Told("exchange", _named("person"), _itself),
    events.EXCHANGE_AGREED: Told("exchange", _exchange_asker, _itself),
    events.EXCHANGE_DRAWN: Told("exchange", _named("person", "other"), _itself),
    events.NEED_ANSWERED: Told("ready", _wishers, _payload("workshop", "workshop")),
    events.CO_AUTHOR_ADDED: Told("entrusted", _named("person"), _itself),
    events.CONTENT_HANDED_OVER: Told("entrusted", _named("person"), _itself),
    events.RULING_MADE: Told("decided", _authors_of_thing, _RULING),
    events.APPEAL_CLOSED: Told("decided", _authors_of_thing, _RULING),
    events.INITIATIVE_ACCEPTED: Told("decided", _initiator, _itself),
    events.INITIATIVE_REFUSED: Told("decided", _initiator, _itself),
    events.APPLICATION_REPORTED: Told("applied", _author, _itself),
    events.CONTRIBUTION_QUESTIONED: Told("remark", _author, _itself),
    piloting.STEP_GIVEN: Told("step", _named("person"), _itself),
    events.PROMPT_MADE: Told("prompt", _named("person"), _itself),
    skills.CONFIRMATION_ASKED: Told("confirm", _named("person"), _itself),
    skills.LEVEL_CHANGED: Told("level", _certified, _itself),
    events.BEST_ANSWER_CHOSEN: Told("chosen", _named("author"), _payload("contribution", "contribution")),
}
