"""What an initiative measures: typed, imported from a file, or asked in a short pulse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.core.suppression import K
from relais.knowledge import events
from relais.knowledge.measures_file import Line
from relais.knowledge.models import Indicator, Initiative, Measure, Participant, Pulse, PulseVoice
from relais.ledger.actions import record
from relais.people.models import Person, Unit
from relais.people.rules import can_take_part


def _led(indicator: Indicator, by: Person) -> Indicator:
    indicator = Indicator.objects.select_related("initiative").get(pk=indicator.pk)
    if indicator.initiative.author_id != by.pk or not can_take_part(by):
        raise NotAllowed(_("Whoever opened this initiative does this."))
    if indicator.initiative.state in (Initiative.State.DRAFT, Initiative.State.REFUSED):
        raise NotAllowed(_("An initiative is measured once it is proposed."))
    return indicator


def _tell(indicator: Indicator, by: Person | None, **payload: int) -> None:
    initiative = indicator.initiative
    record(events.MEASURES_KEPT, by=by, about=initiative, circle=initiative.circle_id, payload={"indicator": indicator.pk} | payload)


@transaction.atomic
def keep_measure(indicator: Indicator, on: date, value: Decimal, *, by: Person) -> Measure:
    """Write down where it stands on one day; the same day again replaces it."""
    indicator = _led(indicator, by)
    if on > clock.today():
        raise Refused(_("This day is still to come."), field="on")
    measure = Measure.objects.update_or_create(indicator=indicator, on=on, of=None, defaults={"value": value, "n": None})[0]
    _tell(indicator, by, measures=1)
    return measure


@transaction.atomic
def keep_measures(indicator: Indicator, lines: Iterable[Line], *, by: Person) -> int:
    """Take a whole file that its report found in order: all of it or nothing; taken again, it changes nothing."""
    indicator, kept = _led(indicator, by), list(lines)
    units = {unit.code.lower(): unit for unit in Unit.objects.all()} | {unit.name.lower(): unit for unit in Unit.objects.all()}
    for line in kept:
        of = units[line.unit.lower()] if line.unit else None
        Measure.objects.update_or_create(indicator=indicator, on=line.on, of=of, defaults={"value": line.value, "n": None})
    _tell(indicator, by, measures=len(kept))
    return len(kept)


@transaction.atomic
def open_pulse(indicator: Indicator, question: str, *, by: Person) -> Pulse:
    """Ask those who take part one question, from 1 to 5."""
    indicator = _led(indicator, by)
    if not question.strip():
        raise Refused(_("Write the question. Example: how easy was it to find help this week?"), field="question")
    if indicator.pulses.filter(closed_at=None).exists():
        raise Refused(_("A question is open already: close it first."), field="question")
    pulse = Pulse.objects.create(indicator=indicator, question=question.strip())
    record(events.PULSE_OPENED, by=by, about=indicator.initiative, circle=indicator.initiative.circle_id)
    return pulse


@transaction.atomic
def answer_pulse(pulse: Pulse, score: int, *, by: Person) -> None:
    """One voice, once. How many gave each score is counted; who gave which is written nowhere, the ledger included."""
    pulse = Pulse.objects.select_for_update(of=("self",)).select_related("indicator__initiative").get(pk=pulse.pk)
    initiative = pulse.indicator.initiative
    if pulse.closed_at or not (can_take_part(by) and Participant.objects.filter(initiative=initiative, person=by).exists()):
        raise NotAllowed(_("This question is for those who take part in the initiative, while it is open."))
    if not 1 <= score <= 5:
        raise Refused(_("Choose from 1 to 5."), field="score")
    if PulseVoice.objects.get_or_create(pulse=pulse, person=by)[1]:
        pulse.answers[score - 1] += 1
        pulse.save(update_fields=["answers"])


@transaction.atomic
def close_pulse(pulse: Pulse, *, by: Person) -> Measure | None:
    """From five answers, their mean becomes a measure; under five nothing is told, and the answers go."""
    pulse = Pulse.objects.select_for_update(of=("self",)).select_related("indicator__initiative").get(pk=pulse.pk)
    indicator, count = _led(pulse.indicator, by), sum(pulse.answers)
    if pulse.closed_at:
        return None
    enough, mean = count >= K, sum(score * times for score, times in enumerate(pulse.answers, 1)) / max(count, 1)
    pulse.closed_at, pulse.answers = clock.now(), pulse.answers if enough else [0] * 5
    pulse.save(update_fields=["closed_at", "answers"])
    pulse.voices.all().delete()
    record(events.PULSE_CLOSED, by=by, about=indicator.initiative, circle=indicator.initiative.circle_id)
    if not enough:
        return None
    told = {"value": round(Decimal(mean), 3), "n": count}
    measure = Measure.objects.update_or_create(indicator=indicator, on=clock.today(), of=None, defaults=told)[0]
    _tell(indicator, by, measures=1)
    return measure
