"""Cases are asked under a pseudonym; something is reported, decided, contested and judged."""

from __future__ import annotations

from typing import Any

from relais.core.richtext import from_typed
from relais.demo.stage import Stage
from relais.knowledge.actions import contributions, moderation, pseudonyms, reveals, use_cases
from relais.knowledge.actions.contributions import ContributionText
from relais.knowledge.actions.use_cases import UseCaseText
from relais.knowledge.models import Reveal, Ruling
from relais.knowledge.queries.things import KINDS, Thing


def ask_quietly(stage: Stage, who: int, about: str, value: Any) -> None:
    circle, title, situation, need = value
    text = UseCaseText(title, from_typed(situation), from_typed(need), stage.circles[circle], for_customers=False, for_employees=True)
    stage.cases[about] = use_cases.ask_use_case(text, by=stage.people[who], pseudonym=True)


def reply(stage: Stage, who: int, about: str, value: Any) -> None:
    """A colleague answers, under their name as always."""
    case, body = value
    stage.contributions[about] = contributions.contribute(stage.cases[case], ContributionText(from_typed(body)), by=stage.people[who])


def quiet_night(stage: Stage, who: int | None, about: str, value: Any) -> None:
    """What jobs do at night for what was done under a pseudonym."""
    pseudonyms.tell_quiet_acts()
    reveals.let_reveals_lapse()


def _reported(stage: Stage, about: str) -> Thing:
    return Thing(KINDS["contribution"], stage.contributions[about])


def report(stage: Stage, who: int, about: str, value: Any) -> None:
    kind, note = value
    moderation.report_thing(_reported(stage, about), kind, note, by=stage.people[who])


def rule(stage: Stage, who: int, about: str, value: Any) -> None:
    decision, reasons = value
    stage.things[f"ruling {about}"] = moderation.decide(_reported(stage, about), decision, reasons, by=stage.people[who])


def contest(stage: Stage, who: int, about: str, value: Any) -> None:
    ruling: Ruling = stage.things[f"ruling {about}"]
    moderation.appeal(ruling, value, by=stage.people[who])


def judge(stage: Stage, who: int, about: str, value: Any) -> None:
    upholds, reasons = value
    ruling: Ruling = stage.things[f"ruling {about}"]
    moderation.judge_appeal(ruling, upholds=upholds, reasons=reasons, by=stage.people[who])


def first_key(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.things[f"reveal {about}"] = reveals.ask_reveal(stage.cases[about], value, by=stage.people[who])


def second_key(stage: Stage, who: int, about: str, value: Any) -> None:
    reveal: Reveal = stage.things[f"reveal {about}"]
    reveals.answer_reveal(reveal, grant=value, by=stage.people[who])
