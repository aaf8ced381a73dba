"""The lines of the export, and the words of the figures: rounding, shares, intervals, what is told."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from fractions import Fraction

VISITS = {"person.visited"}
PUBLISHED = {"answer.published", "content.published"}
TRANSMISSIONS = {*PUBLISHED, "workshop.held", "workshop.co_led"}
CLOSED = {"use_case.solved", "pseudonym.solved", "workshop.rated"}
VALUE_ACTS = {*TRANSMISSIONS, *CLOSED, "use_case.asked", "application.reported", "pseudonym.asked"}
OTHER_VOLUNTARY_ACTS = {
    "person.joined",
    "person.resumed",
    "circle.opened",
    "circle.joined",
    "use_case.revised",
    "use_case.supported",
    "use_case.reopened",
    "best_answer.chosen",
    "answer.revised",
    "content.revised",
    "content.linked",
    "co_author.added",
    "application.told",
    "contribution.rated",
    "contribution.questioned",
    "reaction.settled",
    "proposal.declined",
    "prompt.accepted",
    "prompt.declined",
    "initiative.opened",
    "initiative.revised",
    "initiative.proposed",
    "initiative.launched",
    "initiative.joined",
    "initiative.linked",
    "initiative.ended",
    "measures.kept",
    "pulse.opened",
    "pulse.closed",
    "exchanges.opened",
    "exchange.asked",
    "exchange.agreed",
    "exchange.declined",
    "exchange.closed",
    "content.confirmed",
    "need.opened",
    "need.wished",
    "need.offered",
    "need.declined",
    "need.answered",
    "need.closed",
    "workshop.proposed",
    "workshop.revised",
    "workshop.moved",
    "workshop.registered",
    "workshop.waited",
    "workshop.warmed_up",
    "workshop.attended",
    "skill.accepted",
    "skill.refused",
    "skill.kept",
    "confirmation.asked",
    "confirmation.left",
    "skill.confirmed",
    "contest.opened",
    "contest.judged",
}
VOLUNTARY_ACTS = VALUE_ACTS | OTHER_VOLUNTARY_ACTS
DAY = timedelta(days=1)
FEWEST = 5


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Fact:
    """A line of the export with its times read."""

    def __init__(self, line):
        self.id, self.verb, self.actor = line["id"], line["verb"], line["actor"]
        self.when = moment(line["occurred_at"])
        self.day = self.when.date()
        self.thing = (line["object_type"], line["object_id"])
        self.payload = line["payload"]


def half_up(value, places):
    scale = 10**places
    return math.floor(Fraction(value) * scale + Fraction(1, 2)) / scale


def enough(people):
    """Whether so many people may be told of."""
    return people >= FEWEST


def told(people):
    return people if enough(people) else None


def share(part, whole):
    return None if part is None or not whole else half_up(Fraction(part, whole), 4)


def wilson(part, whole):
    if part is None or not whole:
        return None
    z = 1.959963984540054
    p = part / whole
    centre = p + z * z / (2 * whole)
    spread = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    below = 1 + z * z / whole
    return [round(max(0.0, (centre - spread) / below), 4), round(min(1.0, (centre + spread) / below), 4)]


def median(numbers):
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
