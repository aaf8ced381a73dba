"""What a lever did, read from the days of people. Brings scipy: jobs and commands import it when they run, pages never."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from relais.core import clock
from relais.indicators import events
from relais.indicators.actions.days import keep_days
from relais.indicators.effects.cells import Cell
from relais.indicators.effects.designs import Design, Draw
from relais.indicators.effects.records import record as recorded
from relais.indicators.models import LeverUse
from relais.indicators.queries.levers import due_to_be_read
from relais.indicators.queries.panels import OUTCOMES, cells, monday_of, week_of
from relais.ledger.actions import record

WEEKS_BEFORE = 26


def foresee_use(use: LeverUse) -> LeverUse:
    """Before the start: count what was before, and write down the smallest effect that could be seen."""
    if use.record is None:
        use.record = _record(use, until=None)
        use.save(update_fields=["record"])
    return use


def _record(use: LeverUse, *, until: date | None) -> dict[str, Any]:
    """The whole record of a use, from the days of people; without an indicator made of people it holds no cell."""
    keep_days()
    before: list[Cell] = []
    lived: list[Cell] = []
    week = week_of(use.starts_on)
    if use.indicator in OUTCOMES:
        alone = use.units if use.design in (Design.INTERRUPTED, Design.BEFORE_AFTER) else []  # others are compared with everybody
        before = cells(use.indicator, monday_of(week - WEEKS_BEFORE), monday_of(week) - timedelta(1), placed=use.starts_on, units=alone)
        lived = cells(use.indicator, monday_of(week), until, placed=use.starts_on, units=alone) if until else []
    draw = Draw(**use.draw) if use.draw else None
    after = week_of(use.ends_on) - week + 1
    every = [*before, *lived] if until else []
    return recorded(Design(use.design), before, every, use.starts, after=after, expected=use.expected, draw=draw)


def read_uses() -> int:
    """Read the uses whose day has come; tells how many."""
    due = due_to_be_read()
    for use in due:
        with transaction.atomic():
            use.record, use.read_on = _record(use, until=use.ends_on), clock.today()
            use.save(update_fields=["record", "read_on"])
            record(events.LEVER_READ, by=None, about=use, payload={"verdict": use.record["verdict"]})
    return len(due)
