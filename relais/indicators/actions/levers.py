"""Levers revised, taken, followed step by step, stopped, and read at their end."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from secrets import randbelow

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.indicators import events
from relais.indicators import levers as catalogue
from relais.indicators.catalogue import BY_KEY
from relais.indicators.effects.designs import Design, Draw, draw_order
from relais.indicators.levers import BadLevers
from relais.indicators.models import Goal, LeverUse, LeverVersion, UseStep
from relais.indicators.queries.levers import contents, lever_for
from relais.indicators.queries.panels import OUTCOMES, monday_of, week_of
from relais.indicators.rules import can_set_goals
from relais.ledger.actions import record
from relais.people.models import Person, Unit
from relais.people.rules import can_pilot

WAVES, WAVE_WEEKS = 3, 4  # of an order drawn: three waves, four weeks apart
SHORTEST, LONGEST = 4, 52  # weeks until it is read
LARGEST = 0.5  # of a share: nobody hopes for more


@dataclass(frozen=True)
class Plan:
    """How a lever is pulled and how it will be read; no unit named: everybody."""

    indicator: str
    design: Design
    units: list[int]
    starts_on: date
    weeks: int
    expected: float


def _held(by: Person) -> None:
    if not can_set_goals(by):
        raise NotAllowed(_("Pilots take levers. Tell one of them which one you believe in."))


@transaction.atomic
def revise_levers(text: str, *, by: Person | None, apply: bool = True) -> list[str]:
    """Make the catalogue what a file says; tells the keys that change. What the file leaves out stays. By nobody: from the command line."""
    if by is not None and not can_pilot(by):
        raise NotAllowed(_("Pilots look after the levers."))
    try:
        found = catalogue.read(text, indicators=frozenset(BY_KEY))
    except BadLevers as bad:
        raise Refused("\n".join(bad.faults), field="text") from bad
    known = contents()
    changed = [content for content in found if known.get(content["id"]) != content]
    if apply and changed:
        LeverVersion.objects.bulk_create(LeverVersion(key=content["id"], content=content) for content in changed)
        record(events.LEVERS_REVISED, by=by, about=LeverVersion.objects.latest("pk"), payload={"levers": [each["id"] for each in changed]})
    return [content["id"] for content in changed]


@transaction.atomic
def take_lever(key: str, plan: Plan, *, by: Person) -> LeverUse:
    """Pull a lever: its steps, dates, owners and message are made, and how it will be read is written down before it starts."""
    _held(by)
    content = lever_for(key)
    if content is None:
        raise Refused(_("This lever is no longer in the catalogue. Choose another."))
    if LeverUse.objects.filter(lever=key, read_on=None, stopped_on=None).exists():
        raise Refused(_("This lever is being pulled already. Read it or stop it first: two at once could not be told apart."))
    _check(plan)
    lever = catalogue.in_language(content, by.language)
    starts, draw = _starts(plan)
    ends_on = monday_of(week_of(plan.starts_on) + plan.weeks) - timedelta(1)
    use = LeverUse.objects.create(
        lever=key, name=lever.name, indicator=plan.indicator, goal=Goal.objects.filter(indicator=plan.indicator, ending="").first(),
        design=plan.design, units=plan.units, starts=starts, draw=asdict(draw) if draw else None, starts_on=plan.starts_on,
        ends_on=ends_on, expected=plan.expected, subject=lever.subject, body=lever.body, owner=by,
    )  # fmt: skip
    UseStep.objects.bulk_create(
        UseStep(use=use, text=step.text, by=step.by, owner=by, due_on=plan.starts_on + timedelta(step.day)) for step in lever.steps
    )
    payload = {"lever": key, "indicator": plan.indicator, "design": plan.design, "expected": plan.expected, "ends_on": ends_on.isoformat()}
    record(events.LEVER_TAKEN, by=by, about=use, payload=payload)
    return use


def _check(plan: Plan) -> None:
    if plan.starts_on <= clock.today() or plan.starts_on.weekday():
        raise Refused(_("A lever starts on a Monday to come: what was before must be known, and weeks be whole."), field="starts_on")
    if not SHORTEST <= plan.weeks <= LONGEST:
        raise Refused(_("Read it after four weeks at least, a year at most."), field="weeks")
    if not 0 < plan.expected <= LARGEST:
        raise Refused(_("Write the effect you hope for, in points: more than nothing, half of everybody at most."), field="expected")
    if plan.indicator not in OUTCOMES and plan.design != Design.BEFORE_AFTER:
        text = _("This indicator is not made of people week by week: it can only be looked at before and after, which proves nothing.")
        raise Refused(text, field="design")
    if plan.design == Design.DIFFERENCES and not plan.units:
        raise Refused(_("Name the units that begin: the others are what they are compared with."), field="units")


def _starts(plan: Plan) -> tuple[dict[str, int], Draw | None]:
    """The week each unit starts in; an order is drawn at random, and what it was drawn with is kept."""
    week = week_of(plan.starts_on)
    everybody = [str(pk) for pk in plan.units or Unit.objects.filter(people__is_active=True).distinct().values_list("pk", flat=True)]
    if plan.design != Design.STEPPED:
        return dict.fromkeys(everybody, week), None
    draw = Draw(seed=randbelow(2**31), first=week, step=WAVE_WEEKS, waves=WAVES)
    return draw_order(everybody, **asdict(draw)), draw


@transaction.atomic
def do_step(step: UseStep, *, by: Person) -> UseStep:
    """Say that a step is done: its owner, or a pilot."""
    step = UseStep.objects.select_for_update().get(pk=step.pk)
    if step.owner_id != by.pk and not can_pilot(by):
        raise NotAllowed(_("This step is somebody else’s."))
    if step.done_on is None:
        step.done_on = clock.today()
        step.save(update_fields=["done_on"])
        record(events.STEP_DONE, by=by, about=step)
    return step


@transaction.atomic
def give_step(step: UseStep, owner: Person, *, by: Person) -> UseStep:
    """Hand a step to a colleague."""
    _held(by)
    step.owner = owner
    step.save(update_fields=["owner"])
    record(events.STEP_GIVEN, by=by, about=step, payload={"person": str(owner.pk)})
    return step


@transaction.atomic
def stop_use(use: LeverUse, reason: str, *, by: Person) -> LeverUse:
    """Stop before the end, with the reason; what was seen by then is not read."""
    _held(by)
    use = LeverUse.objects.select_for_update().get(pk=use.pk)
    if use.is_over:
        return use
    if not reason.strip():
        raise Refused(_("Say why in a sentence: the next pilot will thank you."), field="reason")
    use.stopped_on, use.reason = clock.today(), reason.strip()
    use.save(update_fields=["stopped_on", "reason"])
    record(events.LEVER_STOPPED, by=by, about=use)
    return use
