"""Everybody is asked where we stand; some answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from relais.core import clock
from relais.demo.stage import Stage
from relais.maturity import actions
from relais.maturity.models import Ticket, Wave


def means(stage: Stage, who: int, about: str, value: Any) -> None:
    actions.tell_means(actions.Facts(**value), by=stage.people[who])


def wave_open(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.things[about] = actions.open_wave(Wave.Kind.WHOLE, clock.today() + timedelta(value), by=stage.people[who])


def wave_answer(stage: Stage, who: int, about: str, value: Any) -> None:
    """Whoever left meanwhile is asked nothing any more."""
    if Ticket.objects.filter(wave=stage.things[about], person=stage.people[who]).exists():
        sheet, comment = value
        actions.answer_wave(stage.things[about], sheet, comment, by=stage.people[who])


def wave_close(stage: Stage, who: int | None, about: str, value: Any) -> None:
    """As the nightly job does once the last day is past."""
    actions.close_wave(stage.things[about], by=None)
