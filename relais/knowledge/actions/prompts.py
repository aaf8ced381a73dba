"""Those who know are asked, rarely and with a reason, for what colleagues wait for (F20)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed
from relais.knowledge import events
from relais.knowledge.models import Prompt
from relais.knowledge.prompting import match
from relais.knowledge.queries.prompts import demands, knowers, prompts_that_lapse
from relais.ledger.actions import record
from relais.people.models import Person

State = Prompt.State
ANSWERS = {
    State.ACCEPTED: events.PROMPT_ACCEPTED,
    State.LATER: events.PROMPT_POSTPONED,
    State.DECLINED: events.PROMPT_DECLINED,
}


@transaction.atomic
def prompt_those_who_know() -> list[Prompt]:
    """Match what waits with who knows; nobody is asked more than once a fortnight."""
    found = demands(clock.now())
    chosen = match(found, knowers([demand.skill for demand in found], clock.now()))
    made = []
    for demand, knower in chosen:
        case = next((case for case in demand.cases if case not in knower.cases), None) if demand.kind != "workshop" else None
        prompt = Prompt.objects.create(
            person_id=knower.person,
            skill_id=demand.skill,
            kind=demand.kind,
            use_case_id=case,
            need_id=demand.need if demand.kind == "workshop" else None,
            waiting=min(demand.size, 999),
            made_at=clock.now(),
        )
        payload = {"person": str(knower.person), "skill": str(demand.skill), "kind": demand.kind}
        record(events.PROMPT_MADE, by=None, about=prompt, payload=payload)
        made.append(prompt)
    return made


@transaction.atomic
def answer_prompt(prompt: Prompt, state: str, *, by: Person) -> Prompt:
    """Yes, later or no: nobody asks why, and nobody else knows."""
    prompt = Prompt.objects.select_for_update(of=("self",)).get(pk=prompt.pk)
    if prompt.person_id != by.pk:
        raise NotAllowed(_("This was asked of somebody else."))
    if prompt.state == State.OPEN:
        prompt.state, prompt.ended_at = State(state), clock.now()
        prompt.save(update_fields=["state", "ended_at"])
        record(ANSWERS[State(state)], by=by, about=prompt, payload={"skill": str(prompt.skill_id), "kind": prompt.kind})
    return prompt


@transaction.atomic
def let_prompts_lapse() -> int:
    """What nobody took up for a month waits no longer."""
    return prompts_that_lapse(clock.now()).update(state=State.LATER, ended_at=clock.now())
