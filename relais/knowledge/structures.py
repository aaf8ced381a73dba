"""Ready ways to run a workshop: what to do, for how long, and the words that open each step. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One step: what, how many minutes, what the host says or does, and the questions put to the group."""

    title: str | Promise
    minutes: int
    how: str | Promise
    questions: tuple[str | Promise, ...] = ()


STRUCTURES: dict[str, tuple[Step, ...]] = {
    "long": (
        Step(_("Welcome"), 10, _("Each says their name, their trade, and what they would like to leave with. Nobody speaks twice.")),
        Step(
            _("Lived experience, in pairs"),
            30,
            _("Two by two, from different teams. One tells, the other asks; then the other way round. Fifteen minutes each."),
            (
                _("Tell of a time when it went really well. What happened?"),
                _("What did you do that made the difference? And the others?"),
                _("What did you value in yourself, in the team, in the house?"),
            ),
        ),
        Step(
            _("What we hear"),
            30,
            _("Everybody tells the story of their partner, in two minutes. The host writes down what comes back."),
            (_("What do these stories have in common?"), _("What surprised you?")),
        ),
        Step(_("Break"), 10, _("Leave what was written on the wall: people talk in front of it.")),
        Step(
            _("What we would like"),
            25,
            _("In groups of four: imagine that it goes this well every day. One sheet a group, drawn rather than written."),
            (_("In a year, what does a colleague or a customer notice?"), _("What was the first small step?")),
        ),
        Step(_("Telling it back"), 20, _("Each group shows its sheet in three minutes. The others say what they take from it.")),
        Step(
            _("Plan of action"),
            20,
            _("Three things at most. For each: who begins, with whom, by when, and how one will see that it helps."),
            (_("What can be tried before Friday, without asking anybody?"), _("Whom does it serve: customers, colleagues, both?")),
        ),
        Step(_("One word each"), 5, _("One word to leave with. Then the two questions: was it worth the time, was it relevant?")),
    ),
    "medium": (
        Step(_("The case"), 5, _("The one who has the case tells it: what happens, what was tried, what would help.")),
        Step(
            _("Understanding"),
            8,
            _("Questions only, no advice yet. Each one question."),
            (_("What happens just before?"), _("When did it go well?"), _("What have you not dared to try?")),
        ),
        Step(
            _("What we have lived"),
            17,
            _("Those who met it tell what they did, and what it gave. Facts first, opinions after."),
            (_("What did you do, exactly?"), _("What would you do again?")),
        ),
        Step(_("What I take"), 8, _("The one who has the case says what they will try, and what they leave.")),
        Step(_("Written down"), 5, _("Somebody writes the steps that work: this becomes a content of the case.")),
        Step(_("One word each"), 2, _("Was it worth the time? Two questions on your phone.")),
    ),
    "short": (
        Step(_("The gesture"), 3, _("What it is for, whom it helps, when one needs it.")),
        Step(_("Shown once"), 5, _("The one who knows shows it, slowly, aloud.")),
        Step(_("Done by all"), 8, _("Everybody does it. Those who have it help those beside them.")),
        Step(_("What one must not forget"), 3, _("Each says the one thing to remember; somebody writes it down.")),
        Step(_("One word each"), 1, _("Was it worth the time? Two questions on your phone.")),
    ),
    "free": (),
}


@dataclass(frozen=True)
class Moment:
    """A step and when it starts and ends, in minutes from the beginning."""

    step: Step
    start: int
    end: int


def course(shape: str) -> list[Moment]:
    """The steps one after the other."""
    moments, at = [], 0
    for step in STRUCTURES[shape]:
        moments.append(Moment(step, at, at + step.minutes))
        at += step.minutes
    return moments


def minutes_of(shape: str) -> int | None:
    """How long this shape takes; None when it is one's own."""
    return sum(step.minutes for step in STRUCTURES[shape]) or None
