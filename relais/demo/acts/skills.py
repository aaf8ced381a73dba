"""What somebody's acts show is answered, asked about, and confirmed by those who saw it."""

from __future__ import annotations

from random import Random
from typing import Any

from django.db.models import Max, Q

from relais.demo.stage import Stage
from relais.knowledge.actions.prompts import answer_prompt, prompt_those_who_know
from relais.knowledge.models import Contribution, Prompt
from relais.knowledge.queries.prompts import prompts_for
from relais.people.models import Person
from relais.people.rules import can_take_part
from relais.skills.actions.confirmations import ask_confirmation, confirm, leave_request, name_panelist
from relais.skills.actions.proposals import answer_proposal
from relais.skills.models import Evidence, PersonSkill, Tag
from relais.skills.queries.people import requests_to, who_may_have_seen

State = PersonSkill.State
REFUSED, KEPT, SURE = 0.06, 0.14, 0.9


def skill_panel(stage: Stage, who: int, about: str, value: Any) -> None:
    """The pilot names somebody a first expert of what they write about."""
    contribution = stage.contributions[about]
    for tag in Tag.objects.filter(object_type="contribution", object_id=contribution.pk).select_related("skill").order_by("pk")[:2]:
        name_panelist(tag.skill, stage.people[value], by=stage.people[who])


def skill_answer(stage: Stage, who: int, about: str, value: Any) -> None:
    """What is proposed is theirs, mostly: the surer it is, the more so."""
    chance = Random(value)  # noqa: S311 - a story, not a secret
    person = stage.people[who]
    for mine in PersonSkill.objects.filter(person=person, state=State.PROPOSED).order_by("pk"):
        things = mine.evidences.values("object_id")
        sure = Tag.objects.filter(skill=mine.skill, object_type="contribution", object_id__in=things).aggregate(it=Max("chance"))["it"]
        drawn = chance.random()
        state = State.REFUSED if drawn < REFUSED or (sure or 0) < SURE else State.KEPT if drawn < REFUSED + KEPT else State.SHOWN
        answer_proposal(mine, state, by=person)


def skill_ask(stage: Stage, who: int, about: str, value: Any) -> None:
    """They ask whoever had the case, or applied what they shared: those who saw it."""
    person = stage.people[who]
    mine = PersonSkill.objects.filter(person=person, state=State.SHOWN, level__lt=3).order_by("-level", "-answered_at", "pk").first()
    shared = mine and mine.evidences.filter(object_type="contribution").values_list("object_id", flat=True)
    if not mine or not shared or not can_take_part(person):
        return
    saw = Contribution.objects.filter(pk__in=shared)
    witnesses = Q(pk__in=saw.values("use_case__author")) | Q(pk__in=saw.values("applications__person"))
    for colleague in who_may_have_seen(mine, witnesses | Q(panels__skill=mine.skill)).distinct()[:3]:
        if mine.requests.filter(answered_at=None).count() < 5:
            ask_confirmation(mine, colleague, by=person)


def skill_prompt(stage: Stage, who: int | None, about: str, value: Any) -> None:
    """As the job of the morning does."""
    prompt_those_who_know()


def skill_confirm(stage: Stage, who: int | None, about: str, value: Any) -> None:
    """Those who are asked confirm what they saw, mostly, and say whether they pass on what colleagues wait for."""
    chance = Random(value)  # noqa: S311 - a story, not a secret
    asked = Q(confirmation_requests__answered_at=None, confirmation_requests__isnull=False) | Q(prompts__state=Prompt.State.OPEN)
    for person in Person.objects.filter(asked).distinct().order_by("pk"):
        if can_take_part(person):
            _look(person, chance)


def _look(person: Person, chance: Random) -> None:
    for prompt in prompts_for(person):
        answer_prompt(prompt, chance.choice(["accepted", "accepted", "later", "declined"]), by=person)
    for request in requests_to(person):
        seen = request.person_skill.evidences.exclude(what=Evidence.What.OBSERVED).order_by("-on", "pk").first()
        if seen and chance.random() < 0.85:
            confirm(request.person_skill, seen, by=person)
        else:
            leave_request(request, by=person)
