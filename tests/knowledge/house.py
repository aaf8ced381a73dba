"""A reported answer, and those around it: shared by the tests of reports and of appeals."""

from __future__ import annotations

from typing import Any, NamedTuple

from relais.core import clock
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.moderation import appeal, decide, judge_appeal, report_thing
from relais.knowledge.models import Circle, Contribution, Ruling, UseCase
from relais.knowledge.queries.contributions import contribution_for, contributions_for
from relais.knowledge.queries.home import home_for
from relais.knowledge.queries.search import search
from relais.knowledge.queries.things import Thing, thing
from relais.people.models import Person
from tests.factories import (
    make_answer,
    make_circle,
    make_member,
    make_unit,
)

REASONS = "La troisième phrase nomme une cliente, retirez ce nom."


def the(row: Any) -> Thing:
    """The row as something that can be reported."""
    found = thing(row._meta.model_name, row.pk)
    assert found is not None
    return found


def make_animator(circle: Circle | None = None, **columns: Any) -> Person:
    person = make_member(**columns)
    appoint_animator(circle or make_circle(), person, by=None)
    return Person.objects.get(pk=person.pk)


class House(NamedTuple):
    """A reported answer, who looks after its circle, and two animators from elsewhere."""

    answer: Contribution
    reporter: Person
    animator: Person
    judges: list[Person]

    @property
    def author(self) -> Person:
        return self.answer.author

    def decided(self, decision: str = "hide") -> Ruling:
        return decide(the(self.answer), decision, REASONS, by=self.animator)

    def appealed(self, decision: str = "hide") -> Ruling:
        return appeal(self.decided(decision), "Ce prénom est celui d’une marque.", by=self.author)


def make_house() -> House:
    answer = make_answer(body="<p>Dites bonjour à Capucine.</p>")
    reporter, animator = make_member(), make_animator(answer.use_case.circle, unit=make_unit())
    report_thing(the(answer), "personal", "Elle nomme une cliente.", by=reporter)
    return House(answer, reporter, animator, [make_animator(unit=make_unit()) for _ in range(2)])


def judged(ruling: Ruling, judges: list[Person], *stands: bool) -> Ruling:
    for judge, upholds in zip(judges, stands, strict=True):
        ruling = judge_appeal(ruling, upholds=upholds, reasons=REASONS, by=judge)
    return ruling


def seen(viewer: Person, answer: Contribution) -> list[bool]:
    """Whether this viewer meets the answer: on its page, under its case, by searching."""
    case = UseCase.objects.get(pk=answer.use_case_id)
    hits = search(viewer, "Capucine").hits
    return [contribution_for(viewer, answer.pk) is not None, answer in contributions_for(viewer, case), bool(hits)]


def waiting_for(person: Person) -> list[str]:
    return [waiting.kind for waiting in home_for(person, clock.now()).waiting]
