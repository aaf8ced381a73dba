"""What colleagues shared is applied, rated, questioned."""

from __future__ import annotations

from typing import Any

from relais.demo.stage import Stage
from relais.knowledge.actions import reuse


def apply(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.applications[who, about] = reuse.report_application(stage.contributions[about], by=stage.people[who])


def tell(stage: Stage, who: int, about: str, value: Any) -> None:
    outcome, saved = value
    reuse.tell_outcome(stage.applications[who, about], outcome, minutes_saved=saved, by=stage.people[who])


def skip(stage: Stage, who: int, about: str, value: Any) -> None:
    reuse.skip_outcome(stage.applications[who, about], by=stage.people[who])


def rate(stage: Stage, who: int, about: str, value: Any) -> None:
    reuse.rate(stage.contributions[about], value, by=stage.people[who])


def question(stage: Stage, who: int, about: str, value: Any) -> None:
    kind, note = value
    reuse.question_contribution(stage.contributions[about], kind, note, by=stage.people[who])
