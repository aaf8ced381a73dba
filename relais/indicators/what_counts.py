"""What counts: the one table that says what each verb of the ledger is worth for the ladder (METHOD 3.1).

Every verb the ledger knows stands here, those that count for nothing too; `docs/figures.md` prints the same table.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Counts:
    """What an entry of one verb counts for, for the person who acted."""

    visit: bool = False
    voluntary: bool = False
    value: bool = False
    transmission: bool = False
    closed: bool = False
    closed_if_it_worked: bool = False


FLAGS = tuple(field.name for field in fields(Counts))
NOTHING = Counts()
VISIT = Counts(visit=True)
VOLUNTARY = Counts(voluntary=True)
VALUE = Counts(voluntary=True, value=True)
TRANSMISSION = Counts(voluntary=True, value=True, transmission=True)
CLOSED = Counts(voluntary=True, value=True, closed=True)
APPLIED = Counts(voluntary=True, value=True, closed_if_it_worked=True)

WHAT_COUNTS: dict[str, Counts] = {
    "person.arrived": NOTHING,  # told by an import or an administrator, as are the next three
    "person.moved": NOTHING,
    "person.address_changed": NOTHING,
    "person.departed": NOTHING,
    "person.visited": VISIT,
    "person.joined": VOLUNTARY,
    "person.paused": NOTHING,  # a choice, yet one to do less
    "person.resumed": VOLUNTARY,
    "person.left": NOTHING,
    "person.invited": NOTHING,
    "role.granted": NOTHING,  # what somebody else does to a person says nothing of that person
    "role.revoked": NOTHING,
    "people.imported": NOTHING,
    "circle.opened": VOLUNTARY,
    "circle.joined": VOLUNTARY,
    "circle.left": NOTHING,
    "animator.appointed": NOTHING,  # decided by somebody else, who does their duty
    "animator.dismissed": NOTHING,
    "use_case.asked": VALUE,
    "use_case.revised": VOLUNTARY,
    "use_case.withdrawn": NOTHING,  # taking back is no act of taking part
    "use_case.supported": VOLUNTARY,
    "use_case.unsupported": NOTHING,
    "use_case.solved": CLOSED,
    "use_case.reopened": VOLUNTARY,
    "pseudonym.asked": VALUE,  # told at night, without its case: the case's own facts then name nobody
    "pseudonym.solved": CLOSED,
    "reveal.asked": NOTHING,  # a duty of those who hold a key
    "reveal.granted": NOTHING,
    "reveal.refused": NOTHING,
    "reveal.lapsed": NOTHING,
    "best_answer.chosen": VOLUNTARY,
    "answer.published": TRANSMISSION,
    "answer.revised": VOLUNTARY,
    "answer.withdrawn": NOTHING,
    "content.published": TRANSMISSION,
    "content.revised": VOLUNTARY,
    "content.withdrawn": NOTHING,
    "content.linked": VOLUNTARY,
    "co_author.added": VOLUNTARY,
    "application.reported": APPLIED,
    "application.told": VOLUNTARY,
    "application.skipped": NOTHING,
    "contribution.rated": VOLUNTARY,
    "contribution.questioned": VOLUNTARY,
    "reaction.settled": VOLUNTARY,
    "thing.reported": NOTHING,  # neither denouncing nor judging is rewarded
    "ruling.made": NOTHING,
    "appeal.made": NOTHING,
    "appeal.judged": NOTHING,
    "appeal.closed": NOTHING,
    "proposal.made": NOTHING,
    "proposal.declined": VOLUNTARY,
    "prompt.made": NOTHING,
    "prompt.accepted": VOLUNTARY,
    "prompt.postponed": NOTHING,
    "prompt.declined": VOLUNTARY,
    "search.missed": NOTHING,
    "workshop.proposed": VOLUNTARY,
    "workshop.revised": VOLUNTARY,
    "workshop.moved": VOLUNTARY,
    "workshop.cancelled": NOTHING,
    "workshop.registered": VOLUNTARY,
    "workshop.waited": VOLUNTARY,
    "workshop.unregistered": NOTHING,
    "workshop.promoted": NOTHING,  # a place came free: nobody did anything
    "workshop.reminded": NOTHING,
    "workshop.warmed_up": VOLUNTARY,
    "workshop.attended": VOLUNTARY,  # said by oneself or by the host's list; it counts once rated
    "workshop.held": TRANSMISSION,
    "workshop.co_led": TRANSMISSION,
    "workshop.rated": CLOSED,  # only those who came may rate
    "need.opened": VOLUNTARY,
    "need.wished": VOLUNTARY,
    "need.unwished": NOTHING,
    "need.asked": NOTHING,
    "need.offered": VOLUNTARY,
    "need.declined": VOLUNTARY,
    "need.answered": VOLUNTARY,  # the workshop counts once it is held
    "need.closed": VOLUNTARY,
    "initiative.opened": VOLUNTARY,
    "initiative.revised": VOLUNTARY,
    "initiative.proposed": VOLUNTARY,
    "initiative.accepted": NOTHING,  # the duty of those who decide
    "initiative.refused": NOTHING,
    "initiative.launched": VOLUNTARY,
    "initiative.joined": VOLUNTARY,
    "initiative.quit": NOTHING,
    "initiative.linked": VOLUNTARY,
    "initiative.ended": VOLUNTARY,
    "measures.kept": VOLUNTARY,
    "pulse.opened": VOLUNTARY,
    "pulse.closed": VOLUNTARY,
    "exchanges.opened": VOLUNTARY,
    "exchanges.closed": NOTHING,
    "exchange.asked": VOLUNTARY,
    "person.mentioned": NOTHING,
    "exchange.drawn": NOTHING,
    "exchange.agreed": VOLUNTARY,
    "exchange.declined": VOLUNTARY,
    "exchange.closed": VOLUNTARY,
    "round.drawn": NOTHING,  # the duty of who looks after a circle
    "mail.stopped": NOTHING,
    "content.confirmed": VOLUNTARY,
    "content.handed_over": NOTHING,
    "wave.opened": NOTHING,  # the duty of a pilot; who answered is written nowhere
    "wave.closed": NOTHING,
    "means.told": NOTHING,
    "goal.set": NOTHING,
    "goal.ended": NOTHING,
    "levers.revised": NOTHING,
    "lever.taken": NOTHING,
    "lever.stopped": NOTHING,
    "lever.read": NOTHING,
    "step.given": NOTHING,
    "step.done": NOTHING,  # of what one was asked to do for the programme
    "reference.installed": NOTHING,  # looking after the vocabulary is a duty
    "skills.added": NOTHING,
    "skill.revised": NOTHING,
    "skill.merged": NOTHING,
    "skill.split": NOTHING,
    "skill.proposed": NOTHING,  # told by the product
    "skill.accepted": VOLUNTARY,
    "skill.refused": VOLUNTARY,
    "skill.kept": VOLUNTARY,
    "skill.evidenced": NOTHING,  # the act itself counts
    "confirmation.asked": VOLUNTARY,
    "confirmation.left": VOLUNTARY,
    "skill.confirmed": VOLUNTARY,
    "confirmation.withdrawn": NOTHING,
    "level.changed": NOTHING,  # worked out by the product
    "panelist.named": NOTHING,  # a duty of the pilot
    "contest.opened": VOLUNTARY,
    "contest.judged": VOLUNTARY,
    "contest.closed": NOTHING,
    "history.imported": NOTHING,  # the acts inside count, at their dates; bringing them in does not
}


def verbs(flag: str) -> list[str]:
    """The verbs that carry this flag, in the order of the table."""
    return [verb for verb, counts in WHAT_COUNTS.items() if getattr(counts, flag)]


def as_markdown() -> str:
    """The table as `docs/figures.md` prints it."""
    head = ["verb", *(flag.replace("_", " ") for flag in FLAGS)]
    rows = [[f"`{verb}`", *("yes" if getattr(counts, flag) else "" for flag in FLAGS)] for verb, counts in WHAT_COUNTS.items()]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *rows])
