"""Whatever people do with a pseudonymous case, in any order, nothing that leaves the database ties it to its asker."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relais.core.errors import RelaisError
from relais.knowledge.actions.moderation import appeal, decide, report_thing
from relais.knowledge.actions.reuse import question_contribution, rate, report_application
from relais.knowledge.actions.reveals import answer_reveal, ask_reveal
from relais.knowledge.actions.use_cases import (
    choose_best,
    mark_solved,
    reopen,
    revise_use_case,
    stop_supporting,
    support_use_case,
    withdraw_use_case,
)
from relais.knowledge.models import Reveal, Ruling, UseCase
from relais.knowledge.queries.things import KINDS, Thing
from relais.ledger.queries import export
from relais.people.export import rows_of
from relais.people.models import Person, Role
from tests.factories import make_answer, make_member, make_pseudonymous, make_unit, make_with_role, use_case_text

pytestmark = pytest.mark.django_db
WORDS = "Une phrase met quelqu’un en danger."


def fresh(case: UseCase) -> UseCase:
    return UseCase.objects.get(pk=case.pk)


def answered(case: UseCase) -> Any:
    return case.contributions.order_by("pk").last()


ACTS: dict[str, Any] = {
    "answer": lambda case, _by: make_answer(case),  # an answer of the asker would be named, and say what it says
    "revise": lambda case, by: revise_use_case(case, use_case_text(case.circle), by=by),
    "withdraw": lambda case, by: withdraw_use_case(case, by=by),
    "support": lambda case, by: support_use_case(case, by=by),
    "unsupport": lambda case, by: stop_supporting(case, by=by),
    "solve": lambda case, by: mark_solved(case, by=by),
    "reopen": lambda case, by: reopen(case, by=by),
    "choose": lambda case, by: choose_best(answered(case), by=by),
    "apply": lambda case, by: report_application(answered(case), by=by),
    "rate": lambda case, by: rate(answered(case), 4, by=by),
    "question": lambda case, by: question_contribution(answered(case), "incomplete", by=by),
    "report": lambda case, by: report_thing(Thing(KINDS["usecase"], case), "unkind", by=by),
    "hide": lambda case, by: decide(Thing(KINDS["usecase"], case), "hide", WORDS, by=by),
    "appeal": lambda _case, by: appeal(Ruling.objects.latest("pk"), "Je ne suis pas d’accord.", by=by),
    "first key": lambda case, by: ask_reveal(case, WORDS, by=by),
    "second key": lambda _case, by: answer_reveal(Reveal.objects.latest("pk"), grant=True, by=by),
}
WHO = ["asker", "colleague", "pilot", "administrator"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(WHO)), min_size=4, max_size=14))
def test_nothing_that_leaves_the_database_ties_the_case_to_its_asker(steps: list[tuple[str, str]]) -> None:
    case = make_pseudonymous(make_member(unit=make_unit()))
    people = {"asker": case.author, "colleague": make_member(), "pilot": make_with_role(Role.PILOT)}
    people["administrator"] = make_with_role(Role.ADMINISTRATOR)

    for act, who in steps:
        with suppress(RelaisError, AttributeError, Ruling.DoesNotExist, Reveal.DoesNotExist):
            ACTS[act](fresh(case), people[who])

    asker = str(case.author_id)
    facts = [line for line in export() if asker in json.dumps(line)]
    tied = [line["verb"] for line in facts if line["object_type"] == "usecase" or line["verb"].startswith(("reveal", "ruling", "appeal"))]
    assert tied == []
    assert [name for name, person in people.items() if name != "asker" and asker in str(rows_of(Person.objects.get(pk=person.pk)))] == []
