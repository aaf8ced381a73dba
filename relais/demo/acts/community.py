"""People come, move, take part or not, and go."""

from __future__ import annotations

from typing import Any

from relais.demo.stage import Stage
from relais.people import actions as people
from relais.people.models import Role


def arrive(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.welcome(stage.members[who])


def depart(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.people[who] = people.depart_person(stage.people[who])


def move(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.people[who] = people.move_person(stage.people[who], stage.units[about])


def join(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.people[who] = people.join_community(stage.people[who])


def pause(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.people[who] = people.pause(stage.people[who])


def resume(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.people[who] = people.resume(stage.people[who])


def leave(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.people[who] = people.leave_community(stage.people[who])


def visit(stage: Stage, who: int, about: str, value: Any) -> None:
    people.note_visit(stage.people[who])


def role(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.people[who] = people.grant_role(stage.people[who], Role(about), by=None)
