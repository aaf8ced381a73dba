"""Cases are asked, proposed to colleagues, answered and solved."""

from __future__ import annotations

from typing import Any

from relais.core import clock
from relais.core.richtext import from_typed
from relais.demo.stage import Stage
from relais.demo.stories import Story, Text
from relais.knowledge.actions import contributions, drafts, reuse, routing, search, use_cases
from relais.knowledge.actions.contributions import ContributionText
from relais.knowledge.actions.use_cases import UseCaseText
from relais.knowledge.models import Contribution, Proposal
from relais.knowledge.queries.routing import use_cases_to_widen


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


def ask(stage: Stage, who: int, about: str, value: Any) -> None:
    story: Story = value
    text = UseCaseText(
        title=story.title,
        situation=from_typed(story.situation),
        need=from_typed(story.need),
        circle=stage.circles[story.circle],
        for_customers=story.customer,
        for_employees=story.employee,
        audience=story.audience,
        language=story.language,
    )
    stage.cases[about] = use_cases.ask_use_case(text, by=stage.people[who])


def contribute(stage: Stage, who: int, about: str, value: Any) -> None:
    case, text = value
    stage.texts[about] = text
    stage.contributions[about] = contributions.contribute(stage.cases[case], _body(text, text.body), by=stage.people[who])


def mend(stage: Stage, who: int, about: str, value: Any) -> None:
    """Somebody revises a text after the remarks made on it, and settles them."""
    contribution, author = Contribution.objects.get(pk=stage.contributions[about].pk), stage.people[who]
    contributions.revise_contribution(contribution, _body(stage.texts[about], value), by=author, base=contribution.version)
    for reaction in contribution.reactions.filter(settled_at=None):
        reuse.settle_reaction(reaction, by=author)


def co_author(stage: Stage, who: int, about: str, value: Any) -> None:
    contributions.add_co_author(stage.contributions[about], stage.people[value], by=stage.people[who])


def link(stage: Stage, who: int, about: str, value: Any) -> None:
    contributions.also_answer(stage.contributions[about], stage.cases[value], by=stage.people[who])


def support(stage: Stage, who: int, about: str, value: Any) -> None:
    use_cases.support_use_case(stage.cases[about], by=stage.people[who])


def solve(stage: Stage, who: int, about: str, value: Any) -> None:
    use_cases.mark_solved(stage.cases[about], by=stage.people[who])


def choose_best(stage: Stage, who: int, about: str, value: Any) -> None:
    if about in stage.contributions:
        use_cases.choose_best(stage.contributions[about], by=stage.people[who])


def miss(stage: Stage, who: int | None, about: str, value: Any) -> None:
    search.note_search_miss(about)


def draft(stage: Stage, who: int, about: str, value: Any) -> None:
    drafts.keep_draft(about, value, by=stage.people[who])


def decline(stage: Stage, who: int, about: str, value: Any) -> None:
    """Passes on the oldest question that waits for them, if one does."""
    proposal = Proposal.objects.filter(person=stage.people[who], state=Proposal.State.OPEN).order_by("pk").first()
    if proposal:
        routing.decline_proposal(proposal, by=stage.people[who])


def tend(stage: Stage, who: int | None, about: str, value: Any) -> None:
    """What jobs do at night: unanswered cases are put to more people, old proposals make room."""
    for use_case in use_cases_to_widen(clock.now()):
        routing.propose_use_case(use_case, wave=2)
    routing.let_proposals_lapse()
