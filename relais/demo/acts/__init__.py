"""What happens in the demo: one module a theme, one function an act, each the product's own action at that moment."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isfunction
from typing import Any

from relais.core import clock
from relais.demo.acts import cases, circles, community, goals, initiatives, kind, levers, maturity, meetings, reuse, skills
from relais.demo.plan import Act
from relais.demo.stage import Stage

Performer = Callable[[Stage, int | None, str, Any], None]
THEMES = (community, circles, cases, reuse, kind, meetings, initiatives, maturity, skills, goals, levers)
PERFORMERS: dict[str, Performer] = {
    name: function
    for theme in THEMES
    for name, function in vars(theme).items()
    if isfunction(function) and function.__module__ == theme.__name__ and not name.startswith("_")
}


def perform(stage: Stage, act: Act) -> None:
    """Do it, as its person, at its moment."""
    with clock.simulated(stage.moment(act.at)):
        PERFORMERS[act.what](stage, act.who, act.about, act.value)
    stage.made += 1
