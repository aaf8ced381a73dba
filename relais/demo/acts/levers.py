"""The pilot pulls levers; colleagues do their steps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from relais.core import clock
from relais.demo.stage import Stage
from relais.indicators.actions.levers import Plan, do_step, take_lever
from relais.indicators.actions.readings import read_uses
from relais.indicators.effects.designs import Design


def lever_take(stage: Stage, who: int, about: str, value: Any) -> None:
    """From the next Monday on, for so many weeks."""
    indicator, design, places, weeks, expected = value
    monday = clock.today() + timedelta(7 - clock.today().weekday())
    units = [stage.units[code].pk for code in places]
    plan = Plan(indicator, Design(design), units, monday, weeks, expected)
    stage.things[f"lever {about}"] = take_lever(about, plan, by=stage.people[who])


def lever_step(stage: Stage, who: int, about: str, value: Any) -> None:
    """The step of that place is done."""
    do_step(stage.things[f"lever {about}"].steps.all()[value], by=stage.people[who])


def levers_read(stage: Stage, who: int | None, about: str, value: Any) -> None:
    """As the nightly job does, the day after a use has ended."""
    read_uses()
