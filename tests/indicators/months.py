"""A community told by its month ends alone: so many people, so many of whom were engaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from relais.core import clock
from relais.indicators import definitions
from relais.indicators.actions.goals import set_goal
from relais.indicators.actions.levers import Plan, give_step, take_lever
from relais.indicators.definitions import DEFINITIONS, Knowledge, Ladder, Ratings
from relais.indicators.effects.designs import Design
from relais.indicators.models import Goal, LeverUse, Snapshot
from relais.indicators.queries.goals import deadline_in
from relais.indicators.series import month_end
from relais.people.models import Person

LAST = date(2026, 2, 28)
MORNING = datetime.combine(LAST + timedelta(1), time(9), UTC)


def month_ends(count: int, last: date = LAST) -> list[date]:
    """So many month ends, the oldest first."""
    days = [last]
    while len(days) < count:
        days.append(days[-1].replace(day=1) - timedelta(1))
    return [month_end(day) for day in reversed(days)]


def goal_of(pilot: Person) -> Goal:
    """A goal for engagement in a community of six months, the last of which has just ended."""
    last = clock.today().replace(day=1) - timedelta(1)
    lived([20, 30, 45, 60, 80, 100], last=last)
    return set_goal("engagement", 0.28, deadline_in(12, last), pilot, by=pilot)


def use_of(pilot: Person, member: Person, lever: str = "L11") -> LeverUse:
    """A lever just taken, whose first step is the member's."""
    monday = clock.today() + timedelta(7 - clock.today().weekday())
    use = take_lever(lever, Plan("engagement", Design.INTERRUPTED, [], monday, 12, 0.05), by=pilot)
    give_step(use.steps.all()[0], member, by=pilot)
    return use


def lived(engaged: Sequence[int], people: int = 600, last: date = LAST, **figures: Sequence[Any]) -> None:
    """Keep the snapshots; other figures by their keys, one value a month."""
    rows = []
    for number, (day, marked) in enumerate(zip(month_ends(len(engaged), last), engaged, strict=True)):
        ladder = Ladder(people, people, people // 10 * 5, marked, marked, marked)
        told = definitions.figures(day, ladder, Knowledge(), Ratings()) | {key: values[number] for key, values in figures.items()}
        kept = {"ladder": asdict(ladder), "figures": told, "since": month_ends(len(engaged), last)[0].isoformat()}
        rows.append(Snapshot(at=day, definitions=DEFINITIONS, figures=kept))
    Snapshot.objects.bulk_create(rows)
