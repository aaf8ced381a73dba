"""The pilot chooses where the community should be."""

from __future__ import annotations

from typing import Any

from relais.core import clock
from relais.demo.stage import Stage
from relais.indicators.actions.figures import take_snapshots
from relais.indicators.actions.goals import set_goal
from relais.indicators.catalogue import BY_KEY
from relais.indicators.goals import scenarios
from relais.indicators.queries.goals import deadline_in, months_apart, standing_of


def goal_set(stage: Stage, who: int, about: str, value: Any) -> None:
    """The figures are taken as on any night, then the middle scenario is chosen, for so many months; nothing where it is too early."""
    take_snapshots()
    standing, by = standing_of(BY_KEY[about]), stage.people[who]
    if standing and standing.start:
        deadline = deadline_in(value, clock.today())
        _prudent, target, _ambitious = scenarios(standing.start, months_apart(standing.at, deadline))
        stage.things[f"goal {about}"] = set_goal(about, target.value, deadline, by, by=by)
