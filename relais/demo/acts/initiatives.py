"""Initiatives are opened, decided, joined, measured."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from relais.core import clock
from relais.demo.stage import Stage
from relais.knowledge.actions import initiatives, measures
from relais.knowledge.actions.initiatives import InitiativeText, Start


def initiative_open(stage: Stage, who: int, about: str, value: Any) -> None:
    """Opened with its purpose and where it starts from, and proposed."""
    me, (name, unit, direction, baseline) = stage.people[who], value["indicator"]
    text = InitiativeText(
        title=value["title"],
        what=value["what"],
        origin=value["origin"],
        circle=stage.circles[value["circle"]],
        for_customers=value["customer"],
        for_employees=value["employee"],
    )
    initiative = initiatives.open_initiative(text, by=me)
    start = Start(name, Decimal(str(baseline)), clock.today(), unit, direction)
    stage.things[f"{about} indicator"] = initiatives.add_indicator(initiative, start, by=me)
    stage.things[about] = initiatives.propose_initiative(initiative, by=me)


def initiative_decide(stage: Stage, who: int, about: str, value: Any) -> None:
    accepted, reason = value
    initiatives.decide_initiative(stage.things[about], accepted=accepted, reason=reason, by=stage.people[who])


def initiative_launch(stage: Stage, who: int, about: str, value: Any) -> None:
    initiatives.launch_unanswered(stage.things[about], by=stage.people[who])


def initiative_join(stage: Stage, who: int, about: str, value: Any) -> None:
    initiatives.join_initiative(stage.things[about], by=stage.people[who])


def initiative_measure(stage: Stage, who: int, about: str, value: Any) -> None:
    measures.keep_measure(stage.things[f"{about} indicator"], clock.today(), Decimal(str(value)), by=stage.people[who])
