"""Circles are opened, joined, and looked after."""

from __future__ import annotations

from typing import Any

from relais.demo.stage import Stage
from relais.knowledge.actions import circles
from relais.people.models import Person


def open_circle(stage: Stage, who: int, about: str, value: Any) -> None:
    name, purpose = value
    stage.circles[about] = circles.open_circle(about, name, purpose, by=stage.people[who])


def join_circle(stage: Stage, who: int, about: str, value: Any) -> None:
    circles.join_circle(stage.circles[about], by=stage.people[who])


def appoint(stage: Stage, who: int, about: str, value: Any) -> None:
    circles.appoint_animator(stage.circles[about], stage.people[value], by=stage.people[who])
    stage.people[value] = Person.objects.get(pk=stage.people[value].pk)
