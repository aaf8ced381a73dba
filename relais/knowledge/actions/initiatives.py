"""Initiatives: opened by anybody, legitimate once they serve somebody and measure it, refused only with a written reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.core.typography import bound
from relais.knowledge import events, rules
from relais.knowledge.models import Circle, Contribution, Indicator, Initiative, Participant, UseCase, Workshop
from relais.ledger.actions import record
from relais.ledger.verbs import Verb
from relais.people.models import Person
from relais.people.rules import can_take_part

State = Initiative.State


@dataclass(frozen=True)
class InitiativeText:
    """What whoever opens it writes."""

    title: str
    what: str
    origin: str
    circle: Circle
    for_customers: bool = False
    for_employees: bool = False

    def columns(self) -> dict[str, Any]:
        """The columns; raises Refused when something is missing. A draft may serve nobody yet."""
        if not self.title.strip():
            raise Refused(_("Give the initiative a name: a verb, and what changes."), field="title")
        if not self.what.strip():
            raise Refused(_("Say in two sentences what you want to undertake."), field="what")
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {
            "title": bound(self.title.strip()),
            "what": self.what.strip(),
        }


@dataclass(frozen=True)
class Start:
    """An indicator and where it starts from."""

    name: str
    baseline: Decimal
    baseline_on: date
    unit: str = ""
    direction: str = Indicator.Direction.UP


def _told(verb: Verb, initiative: Initiative, by: Person, **payload: Any) -> None:
    record(verb, by=by, about=initiative, circle=initiative.circle_id, payload=payload)


def _led(initiative: Initiative, by: Person, *states: str) -> Initiative:
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if initiative.author_id != by.pk or not can_take_part(by):
        raise NotAllowed(_("Whoever opened this initiative does this."))
    if states and initiative.state not in states:
        raise NotAllowed(_("This initiative is past that step. Its page says where it stands."))
    return initiative


@transaction.atomic
def open_initiative(text: InitiativeText, *, by: Person, sent_key: UUID | None = None) -> Initiative:
    """Begin an initiative: a draft, which whoever opens it proposes when its purpose is said."""
    if not can_take_part(by):
        raise NotAllowed(_("Join the community first: one click on the welcome page."))
    columns = text.columns() | {"opened_at": clock.now()}
    initiative, new = Initiative.objects.get_or_create(author=by, sent_key=sent_key or uuid4(), defaults=columns)
    if new:
        Participant.objects.create(initiative=initiative, person=by)
        _told(events.INITIATIVE_OPENED, initiative, by, origin=initiative.origin)
    return initiative


@transaction.atomic
def revise_initiative(initiative: Initiative, text: InitiativeText, *, by: Person) -> Initiative:
    """Say it better; what was refused becomes a draft again."""
    initiative = _led(initiative, by, State.DRAFT, State.PROPOSED, State.REFUSED, State.LAUNCHED)
    if initiative.state in (State.PROPOSED, State.LAUNCHED) and not (text.for_customers or text.for_employees):
        raise Refused(_purpose_words(), field="serves")
    for name, value in text.columns().items():
        setattr(initiative, name, value)
    if initiative.state == State.REFUSED:
        initiative.state = State.DRAFT
    initiative.save()
    _told(events.INITIATIVE_REVISED, initiative, by)
    return initiative


def _purpose_words() -> str:
    return _(
        "An initiative is legitimate once it serves customers or colleagues: say which, and it is as good as anybody's. "
        "Nothing you wrote is lost."
    )


@transaction.atomic
def add_indicator(initiative: Initiative, start: Start, *, by: Person) -> Indicator:
    """Say what should move, and where it stands today."""
    initiative = _led(initiative, by, State.DRAFT, State.PROPOSED, State.LAUNCHED)
    if not start.name.strip():
        raise Refused(_("Name what should move. Example: complaints a week."), field="name")
    if start.baseline_on > clock.today():
        raise Refused(_("Where it starts from was measured today or before."), field="baseline_on")
    columns = {name: getattr(start, name) for name in start.__dataclass_fields__}
    indicator = Indicator.objects.create(initiative=initiative, **columns)
    _told(events.INITIATIVE_REVISED, initiative, by, indicator=indicator.pk)
    return indicator


@transaction.atomic
def propose_initiative(initiative: Initiative, *, by: Person) -> Initiative:
    """Put it before those who decide: only with a purpose, and an indicator that tells where it starts from (S4, F02)."""
    initiative = _led(initiative, by, State.DRAFT)
    if not (initiative.for_customers or initiative.for_employees):
        raise Refused(_purpose_words(), field="serves")
    if not initiative.indicators.exists():
        raise Refused(
            _("Add one indicator and where it stands today: without a start, nobody can see what the initiative changes."), field="name"
        )
    initiative.state, initiative.proposed_at, initiative.reason = State.PROPOSED, clock.now(), ""
    initiative.save(update_fields=["state", "proposed_at", "reason"])
    _told(events.INITIATIVE_PROPOSED, initiative, by, origin=initiative.origin)
    return initiative


@transaction.atomic
def decide_initiative(initiative: Initiative, *, accepted: bool, reason: str = "", by: Person) -> Initiative:
    """Say yes, or no with a reason that everybody reads: nobody refuses what serves without saying why (S4)."""
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if not rules.can_decide(by, initiative):
        raise NotAllowed(_("Pilots and those who look after its circle decide, and never on their own initiative."))
    if initiative.state != State.PROPOSED:
        raise NotAllowed(_("This initiative does not wait for a decision any more."))
    if not accepted and not reason.strip():
        said = _("An initiative that serves customers or colleagues is refused only with a reason: write it, everybody can read it.")
        raise Refused(said, field="reason")
    initiative.state = State.LAUNCHED if accepted else State.REFUSED
    initiative.decided_at, initiative.decided_by, initiative.reason = clock.now(), by, reason.strip()[:600]
    initiative.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    _told(events.INITIATIVE_ACCEPTED if accepted else events.INITIATIVE_REFUSED, initiative, by)
    return initiative


@transaction.atomic
def launch_unanswered(initiative: Initiative, *, by: Person) -> Initiative:
    """Ten days without an answer: whoever opened it launches it; silence never stops what serves."""
    initiative = _led(initiative, by, State.PROPOSED)
    if initiative.proposed_at and clock.now() < initiative.proposed_at + rules.SILENCE:
        raise NotAllowed(_("Those who decide have ten days to answer. After that, you launch it yourself."))
    initiative.state = State.LAUNCHED
    initiative.save(update_fields=["state"])
    _told(events.INITIATIVE_LAUNCHED, initiative, by)
    return initiative


@transaction.atomic
def end_initiative(initiative: Initiative, *, by: Person) -> Initiative:
    """It has done its work, or stops: what it measured stays."""
    initiative = _led(initiative, by, State.LAUNCHED)
    initiative.state, initiative.ended_at = State.ENDED, clock.now()
    initiative.save(update_fields=["state", "ended_at"])
    _told(events.INITIATIVE_ENDED, initiative, by)
    return initiative


@transaction.atomic
def join_initiative(initiative: Initiative, *, by: Person) -> None:
    """Take part in it, by choice."""
    if not rules.can_see_initiative(by, initiative) or initiative.state not in (State.PROPOSED, State.LAUNCHED):
        raise NotAllowed(_("One joins an initiative that is proposed or under way."))
    if Participant.objects.get_or_create(initiative=initiative, person=by)[1]:
        _told(events.INITIATIVE_JOINED, initiative, by)


@transaction.atomic
def quit_initiative(initiative: Initiative, *, by: Person) -> None:
    """No longer take part: nobody asks why."""
    if initiative.author_id == by.pk:
        raise NotAllowed(_("You opened this initiative: end it instead."))
    if Participant.objects.filter(initiative=initiative, person=by).delete()[0]:
        _told(events.INITIATIVE_QUIT, initiative, by)


@transaction.atomic
def gather(initiative: Initiative, thing: UseCase | Contribution | Workshop, *, by: Person) -> None:
    """Bring a case, a content or a workshop into it."""
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if not initiative.participants.filter(person=by).exists() or not can_take_part(by):
        raise NotAllowed(_("Those who take part in it gather things in it. Join first: one click."))
    links: dict[type, Any] = {UseCase: initiative.use_cases, Contribution: initiative.contents, Workshop: initiative.workshops}
    links[type(thing)].add(thing)
    _told(events.INITIATIVE_LINKED, initiative, by, thing=thing._meta.model_name, id=thing.pk)
