"""Performs the plan: each act is one action of the product, at its moment on the simulated clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from relais.core import clock
from relais.core.richtext import from_typed
from relais.demo.company import PLACES, Member
from relais.demo.plan import Act
from relais.demo.stories import Story, Text
from relais.knowledge.actions.circles import appoint_animator, join_circle, open_circle
from relais.knowledge.actions.contributions import (
    ContributionText,
    add_co_author,
    also_answer,
    contribute,
    revise_contribution,
)
from relais.knowledge.actions.drafts import keep_draft
from relais.knowledge.actions.reuse import question_contribution, rate, report_application, settle_reaction, skip_outcome, tell_outcome
from relais.knowledge.actions.routing import decline_proposal, let_proposals_lapse, propose_use_case
from relais.knowledge.actions.search import note_search_miss
from relais.knowledge.actions.use_cases import UseCaseText, ask_use_case, choose_best, mark_solved, support_use_case
from relais.knowledge.models import Application, Circle, Contribution, Proposal, UseCase
from relais.knowledge.queries.routing import use_cases_to_widen
from relais.people import actions as people
from relais.people.models import Person, Role, Unit


def _body(text: Text, typed: str) -> ContributionText:
    return ContributionText(
        body=from_typed(typed),
        kind=text.kind,
        title=text.title,
        result=text.result,
        minutes=text.minutes,
        url=text.url,
        language=text.language,
    )


class Stage:
    """Knows what has been made so far, by the names the plan gives it."""

    def __init__(self, members: list[Member], first: date) -> None:
        self.members, self.first = members, first
        self.units: dict[str, Unit] = {}
        self.people: dict[int, Person] = {}
        self.circles: dict[str, Circle] = {}
        self.cases: dict[str, UseCase] = {}
        self.contributions: dict[str, Contribution] = {}
        self.texts: dict[str, Text] = {}
        self.applications: dict[tuple[int, str], Application] = {}
        self.made = 0

    def moment(self, at: float) -> datetime:
        """That moment of the demo on the clock."""
        return datetime.combine(self.first, time.min, UTC) + timedelta(seconds=round(at * 86400))

    def set(self) -> None:
        """The company as it is when the community opens."""
        with clock.simulated(self.moment(0.25)):
            for place in PLACES:
                self.units[place.code] = people.add_unit(place.code, place.name, parent=self.units.get(place.parent))
            for member in self.members:
                if member.arrives < 0:
                    self._welcome(member)

    def _welcome(self, member: Member) -> None:
        self.people[member.index] = people.add_person(
            member.email,
            member.name,
            unit=self.units[member.place.code],
            arrived_on=self.first + timedelta(member.arrives),
            id=member.id,
            language=member.language,
            time_zone="Europe/London" if member.language == "en" else "Europe/Paris",
            manager=self.people[member.manager] if member.manager is not None else None,
        )

    def perform(self, act: Act) -> None:
        """Do it, as its person, at its moment."""
        with clock.simulated(self.moment(act.at)):
            getattr(self, f"_{act.what}")(act.who, act.about, act.value)
        self.made += 1

    # People

    def _arrive(self, who: int, about: str, value: Any) -> None:
        self._welcome(self.members[who])

    def _depart(self, who: int, about: str, value: Any) -> None:
        self.people[who] = people.depart_person(self.people[who])

    def _move(self, who: int, about: str, value: Any) -> None:
        self.people[who] = people.move_person(self.people[who], self.units[about])

    def _join(self, who: int, about: str, value: Any) -> None:
        self.people[who] = people.join_community(self.people[who])

    def _pause(self, who: int, about: str, value: Any) -> None:
        self.people[who] = people.pause(self.people[who])

    def _resume(self, who: int, about: str, value: Any) -> None:
        self.people[who] = people.resume(self.people[who])

    def _leave(self, who: int, about: str, value: Any) -> None:
        self.people[who] = people.leave_community(self.people[who])

    def _visit(self, who: int, about: str, value: Any) -> None:
        people.note_visit(self.people[who])

    def _role(self, who: int, about: str, value: Any) -> None:
        self.people[who] = people.grant_role(self.people[who], Role(about), by=None)

    # Circles

    def _open_circle(self, who: int, about: str, value: Any) -> None:
        name, purpose = value
        self.circles[about] = open_circle(about, name, purpose, by=self.people[who])

    def _join_circle(self, who: int, about: str, value: Any) -> None:
        join_circle(self.circles[about], by=self.people[who])

    def _appoint(self, who: int, about: str, value: Any) -> None:
        appoint_animator(self.circles[about], self.people[value], by=self.people[who])
        self.people[value] = Person.objects.get(pk=self.people[value].pk)

    # Cases and contributions

    def _ask(self, who: int, about: str, value: Any) -> None:
        story: Story = value
        text = UseCaseText(
            title=story.title,
            situation=from_typed(story.situation),
            need=from_typed(story.need),
            circle=self.circles[story.circle],
            for_customers=story.customer,
            for_employees=story.employee,
            audience=story.audience,
            language=story.language,
        )
        self.cases[about] = ask_use_case(text, by=self.people[who])

    def _contribute(self, who: int, about: str, value: Any) -> None:
        case, text = value
        self.texts[about] = text
        self.contributions[about] = contribute(self.cases[case], _body(text, text.body), by=self.people[who])

    def _support(self, who: int, about: str, value: Any) -> None:
        support_use_case(self.cases[about], by=self.people[who])

    def _solve(self, who: int, about: str, value: Any) -> None:
        mark_solved(self.cases[about], by=self.people[who])

    def _choose_best(self, who: int, about: str, value: Any) -> None:
        if about in self.contributions:
            choose_best(self.contributions[about], by=self.people[who])

    # Reuse

    def _apply(self, who: int, about: str, value: Any) -> None:
        self.applications[who, about] = report_application(self.contributions[about], by=self.people[who])

    def _tell(self, who: int, about: str, value: Any) -> None:
        outcome, saved = value
        tell_outcome(self.applications[who, about], outcome, minutes_saved=saved, by=self.people[who])

    def _skip(self, who: int, about: str, value: Any) -> None:
        skip_outcome(self.applications[who, about], by=self.people[who])

    def _rate(self, who: int, about: str, value: Any) -> None:
        rate(self.contributions[about], value, by=self.people[who])

    def _question(self, who: int, about: str, value: Any) -> None:
        kind, note = value
        question_contribution(self.contributions[about], kind, note, by=self.people[who])

    def _mend(self, who: int, about: str, value: Any) -> None:
        contribution, author = Contribution.objects.get(pk=self.contributions[about].pk), self.people[who]
        revise_contribution(contribution, _body(self.texts[about], value), by=author, base=contribution.version)
        for reaction in contribution.reactions.filter(settled_at=None):
            settle_reaction(reaction, by=author)

    def _co_author(self, who: int, about: str, value: Any) -> None:
        add_co_author(self.contributions[about], self.people[value], by=self.people[who])

    def _link(self, who: int, about: str, value: Any) -> None:
        also_answer(self.contributions[about], self.cases[value], by=self.people[who])

    def _miss(self, who: int | None, about: str, value: Any) -> None:
        note_search_miss(about)

    def _decline(self, who: int, about: str, value: Any) -> None:
        """Passes on the oldest question that waits for them, if one does."""
        proposal = Proposal.objects.filter(person=self.people[who], state=Proposal.State.OPEN).order_by("pk").first()
        if proposal:
            decline_proposal(proposal, by=self.people[who])

    def _draft(self, who: int, about: str, value: Any) -> None:
        keep_draft(about, value, by=self.people[who])

    def _tend(self, who: int | None, about: str, value: Any) -> None:
        """What jobs do at night: unanswered cases are put to more people, old proposals make room."""
        for use_case in use_cases_to_widen(clock.now()):
            propose_use_case(use_case, wave=2)
        let_proposals_lapse()
