from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from relais.core import clock
from relais.core.suppression import STEP
from relais.maturity.figures import OVERALL
from relais.maturity.items import DIMENSIONS
from relais.maturity.models import Comments, Means, Ticket, Wave
from relais.maturity.rules import can_hold_wave
from relais.maturity.scores import FEWEST_FOR_COMMENTS, Difference, Estimate, difference
from relais.people.models import Person, Unit
from relais.people.rules import may_be_asked


@dataclass(frozen=True)
class Line:
    """One score: a dimension, or all of them; what it was before, and what parts the two."""

    name: str
    now: Estimate | None
    before: Estimate | None = None
    change: Difference | None = None
    alpha: float | None = None


@dataclass(frozen=True)
class Group:
    """A team's scores, by dimension, where they may be told."""

    name: str
    whole: bool  # or what is left of it beside its larger teams, told apart
    scores: dict[str, Estimate]


@dataclass(frozen=True)
class Results:
    """A closed wave as everybody reads it."""

    wave: Wave
    answers: int | None
    lines: list[Line] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    before: Wave | None = None
    comments: list[str] | None = None


def open_wave_now() -> Wave | None:
    """The wave under way."""
    return Wave.objects.filter(closed_on=None).first()


def ticket_for(person: Person) -> Ticket | None:
    """The person's right to answer, if it has not served."""
    return Ticket.objects.select_related("wave").filter(person=person, wave__closed_on=None, closes_on__gte=clock.today()).first()


def asked_of(person: Person) -> Ticket | None:
    """The same, to put on their home: not during a pause."""
    return ticket_for(person) if may_be_asked(person) else None


def answers_so_far(wave: Wave) -> int:
    """How many answered an open wave, to the lower five: nobody sees their own answer arrive."""
    return sum(len(pile.sheets) for pile in wave.piles.all()) // STEP * STEP


def closed_waves() -> list[Wave]:
    """Every wave that can be read, the newest first."""
    return list(Wave.objects.exclude(closed_on=None))


def latest_means() -> Means | None:
    """The facts last told."""
    return Means.objects.first()


def wave_for(pk: int) -> Wave | None:
    """A closed wave."""
    return Wave.objects.exclude(closed_on=None).filter(pk=pk).first()


def waves_over(today: date) -> list[Wave]:
    """Open waves whose last day is past."""
    return list(Wave.objects.filter(closed_on=None, closes_on__lt=today))


def results_of(viewer: Person, wave: Wave) -> Results:
    """A wave's figures, beside the one before it that asked the same; what was added, for those who hold it."""
    figures = wave.figures
    if figures["answers"] is None:
        return Results(wave, None)
    before = Wave.objects.filter(kind=wave.kind, version=wave.version, pk__lt=wave.pk, figures__answers__gt=0).first()
    names = {str(unit.pk): unit.name for unit in Unit.objects.filter(pk__in=[pk for pk in figures["groups"] if pk.isdecimal()])}
    whole = set(names) - {str(pk) for pk in Unit.objects.filter(parent__in=list(names)).values_list("parent", flat=True)}
    groups = [Group(names[pk], pk in whole, _estimates(scores)) for pk, scores in figures["groups"].items()]
    return Results(
        wave,
        figures["answers"],
        _lines(figures, before),
        sorted(groups, key=lambda group: group.name),
        figures["items"],
        before,
        _comments(viewer, wave, figures["answers"]),
    )


def _estimates(kept: dict[str, Any]) -> dict[str, Estimate]:
    return {name: Estimate(**columns) for name, columns in kept.items()}


def _lines(figures: dict[str, Any], before: Wave | None) -> list[Line]:
    now, then = _estimates(figures["scores"]), _estimates(before.figures["scores"]) if before else {}
    names = [name for name in (OVERALL, *DIMENSIONS) if name in figures["alpha"]]
    return [_line(name, now.get(name), then.get(name), figures["alpha"][name]) for name in names]


def _line(name: str, now: Estimate | None, then: Estimate | None, coefficient: float | None) -> Line:
    return Line(name, now, then, difference(then, now) if now and then else None, coefficient)


def overall(results: Results) -> Line | None:
    """The score of all the dimensions together."""
    return next((line for line in results.lines if line.name == OVERALL), None)


def _comments(viewer: Person, wave: Wave, answers: int) -> list[str] | None:
    """What was added, once ten people answered; None for whoever does not read it."""
    if not can_hold_wave(viewer):
        return None
    kept = Comments.objects.filter(wave=wave).first()
    return kept.texts if kept and answers >= FEWEST_FOR_COMMENTS else []
