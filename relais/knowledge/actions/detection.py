"""What is published here, handed to the skills floor: what it is about, which skills of its author it shows, what they rest on."""

from __future__ import annotations

from relais.knowledge import events
from relais.knowledge.models import Application, Contribution, Workshop
from relais.knowledge.queries.detection import act_of
from relais.ledger.models import Entry
from relais.skills.actions import proposals
from relais.skills.models import Evidence

What = Evidence.What


def tag_thing(kind: str, pk: int) -> None:
    """Note what it is about, unless it was withdrawn meanwhile."""
    if act := act_of(kind, pk):
        proposals.tag(act)


def propose_to_author(pk: int) -> None:
    """Its authors are told which skills it shows; nobody else is."""
    act, contribution = act_of("contribution", pk), Contribution.objects.filter(pk=pk).select_related("author").first()
    if act and contribution:
        for author in (contribution.author, *contribution.co_authors.all()):
            proposals.propose(author, act)


def rest_on(entry: Entry) -> None:
    """The skills of whoever helped rest on that act too."""
    day = entry.occurred_at.date()
    if entry.verb == events.WORKSHOP_RATED.name:
        workshop = Workshop.objects.select_related("host", "co_host").get(pk=entry.object_id)
        for host in filter(None, (workshop.host, workshop.co_host)):
            proposals.note_evidence(host, What.RATED, "workshop", workshop.pk, day)
        return
    solved = entry.verb == events.BEST_ANSWER_CHOSEN.name
    if not solved and entry.payload.get("outcome") != Application.Outcome.YES:
        return
    contribution = Contribution.objects.select_related("author").get(pk=entry.payload["contribution"] if solved else entry.object_id)
    what = What.ACCEPTED if solved else What.APPLIED
    proposals.note_evidence(contribution.author, what, "contribution", contribution.pk, day)
