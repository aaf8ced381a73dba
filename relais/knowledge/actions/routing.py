from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed
from relais.knowledge import events
from relais.knowledge.models import Proposal, UseCase
from relais.knowledge.queries.routing import acts_close_to, open_proposals_of, proposals_that_lapse
from relais.knowledge.routing import choose
from relais.ledger.actions import record
from relais.people.models import Person


@transaction.atomic
def propose_use_case(use_case: UseCase, *, wave: int = 1) -> list[Proposal]:
    """Ask up to three colleagues likely to know; nothing happens twice, nor once somebody has answered."""
    use_case = UseCase.objects.select_for_update().get(pk=use_case.pk)
    over = use_case.withdrawn_at or use_case.first_answer_at or use_case.solved_at
    if over or use_case.proposals.filter(wave__gte=wave).exists():
        return []
    acts = acts_close_to(use_case, widely=wave > 1)
    people = {act.person for act in acts}
    # The colleagues are locked in one order, so that two cases at once never give somebody a fourth proposal.
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    choices = choose(acts, open_proposals_of(people, use_case))
    return [_propose(use_case, choice.person, reason=choice.reason, because=choice.because, wave=wave) for choice in choices]


def _propose(use_case: UseCase, person: UUID, *, reason: str, because: int | None, wave: int) -> Proposal:
    proposal = Proposal.objects.create(
        use_case=use_case, person_id=person, reason=reason, because_id=because, wave=wave, made_at=clock.now()
    )
    payload = {"use_case": use_case.pk, "person": str(person), "reason": reason, "wave": wave}
    record(events.PROPOSAL_MADE, by=None, about=proposal, circle=use_case.circle_id, payload=payload)
    return proposal


@transaction.atomic
def decline_proposal(proposal: Proposal, *, by: Person) -> Proposal:
    """« Pas cette fois »: nobody asks why."""
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("use_case").get(pk=proposal.pk)
    if proposal.person_id != by.pk:
        raise NotAllowed(_("This question was put to somebody else."))
    if proposal.state == Proposal.State.OPEN:
        proposal.state, proposal.ended_at = Proposal.State.DECLINED, clock.now()
        proposal.save(update_fields=["state", "ended_at"])
        payload = {"use_case": proposal.use_case_id}
        record(events.PROPOSAL_DECLINED, by=by, about=proposal, circle=proposal.use_case.circle_id, payload=payload)
    return proposal


@transaction.atomic
def close_proposals(use_case: UseCase, *, answered_by: UUID | None = None) -> int:
    """The case was answered (or solved, or withdrawn): nobody waits for anybody any more."""
    waiting = Proposal.objects.filter(use_case=use_case, state=Proposal.State.OPEN)
    answered = 0
    if answered_by:
        answered = waiting.filter(person_id=answered_by).update(state=Proposal.State.ANSWERED, ended_at=clock.now())
    return answered + waiting.update(state=Proposal.State.CLOSED, ended_at=clock.now())


@transaction.atomic
def let_proposals_lapse() -> int:
    """What nobody took up for two weeks stops waiting."""
    return proposals_that_lapse(clock.now()).update(state=Proposal.State.CLOSED, ended_at=clock.now())
