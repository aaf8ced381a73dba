"""The levers as the community has them, what is under way, what was read, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from relais.core import clock
from relais.indicators import levers as catalogue
from relais.indicators.catalogue import BY_KEY, Better
from relais.indicators.effects.cells import Estimate
from relais.indicators.effects.designs import Design
from relais.indicators.effects.posteriors import PRIORS, Posterior, posterior
from relais.indicators.levers import Content
from relais.indicators.models import LeverUse, LeverVersion, UseStep
from relais.indicators.proposing import Candidate, Past, Proposal, propose
from relais.indicators.queries.goals import open_goals
from relais.indicators.queries.standing import readings
from relais.people.models import Person
from relais.people.rules import can_pilot

# Where each indicator should be at least, while it has no goal of its own [d]: METHOD's aims, or a mark that most communities can reach.
PLACES = {
    "engagement": 0.30, "reached_share": 0.80, "active_share": 0.45, "transmitters_share": 0.20, "stickiness": 0.40, "survival_m1": 0.50,
    "survival_m3": 0.40, "survival_m6": 0.30, "use_cases_answered_share": 0.90, "median_hours_to_first_answer": 24.0,
    "first_posts_met_share": 0.90, "relevance": 4.5, "worked_share": 0.80, "outcomes_told_share": 0.35,
    "median_days_need_to_session": 21.0, "no_show_share": 0.15, "median_days_to_decision": 10.0,
}  # fmt: skip
ADVISED_AGAINST = ("L6",)  # Relais compares nobody


def contents() -> dict[str, Content]:
    """Every lever by its key: the shipped ones, over which what the community made of them."""
    return catalogue.shipped() | {version.key: version.content for version in LeverVersion.objects.order_by("pk")}


def lever_for(key: str) -> Content | None:
    return contents().get(key)


def uses_with_steps() -> QuerySet[LeverUse]:
    steps = Prefetch("steps", UseStep.objects.select_related("owner"))
    return LeverUse.objects.select_related("owner", "goal").prefetch_related(steps)


def uses() -> list[LeverUse]:
    """Every use, the last first."""
    return list(uses_with_steps())


def use_for(viewer: Person, pk: int) -> LeverUse | None:
    """A use, for pilots and for those who have something to do for it."""
    mine = Q() if can_pilot(viewer) else Q(steps__owner=viewer)
    return uses_with_steps().filter(mine, pk=pk).distinct().first()


def steps_of(person: Person) -> list[UseStep]:
    """What waits for somebody, the most urgent first."""
    waiting = UseStep.objects.filter(owner=person, done_on=None, use__stopped_on=None, use__read_on=None)
    return list(waiting.select_related("use").order_by("due_on", "pk"))


def step_for(viewer: Person, pk: int) -> UseStep | None:
    """A step, for its owner and for pilots."""
    mine = Q() if can_pilot(viewer) else Q(owner=viewer)
    return UseStep.objects.select_related("use").filter(mine, pk=pk).first()


def record_of(pk: int) -> dict[str, Any] | None:
    """All that the reading of a use rests on; None when there is no such use, or nothing yet."""
    return LeverUse.objects.filter(pk=pk).values_list("record", flat=True).first()


def due_to_be_read() -> list[LeverUse]:
    """The uses whose day of reading is past."""
    return list(LeverUse.objects.filter(read_on=None, stopped_on=None, ends_on__lt=clock.today()))


def estimate_of(use: LeverUse) -> Estimate | None:
    """What was read of a use, if it could be."""
    kept = (use.record or {}).get("estimate")
    return Estimate(**kept | {"design": Design(kept["design"]), "notes": tuple(kept["notes"])}) if kept else None


def posterior_of(content: Content, past: list[LeverUse]) -> Posterior:
    """What this community may expect of a lever: the prior of its evidence, and what its own uses showed."""
    shown = [found for use in past if use.lever == content["id"] and (found := estimate_of(use))]
    return posterior(PRIORS[content["evidence"]], shown)


def gaps() -> dict[str, float]:
    """How far each indicator lies from its goal, or from where it should be at least: from 0 to 1."""
    series = readings()
    aims = PLACES | {goal.indicator: goal.value for goal in open_goals()}
    found = {}
    for key, aim in aims.items():
        value = BY_KEY[key].read(series[-1].figures) if series else None
        if value:
            short = aim - value.value if BY_KEY[key].better == Better.UP else value.value - aim
            found[key] = max(short / max(aim, value.value), 0.0)
    return found


def proposals(levers: Mapping[str, Content], past: list[LeverUse]) -> list[Proposal]:
    """Three levers at most for today."""
    candidates = [
        Candidate(each["id"], each["moves"], each["evidence"], each["effort"], each["by"], each["id"] not in ADVISED_AGAINST)
        for each in levers.values()
    ]
    return propose(candidates, gaps(), _past(levers, past, clock.today()))


def _past(levers: Mapping[str, Content], past: list[LeverUse], today: date) -> Past:
    running = {use.lever: levers[use.lever]["by"] for use in past if not use.is_over and use.lever in levers}
    rested: dict[str, int] = {}
    for key, day in ((use.lever, use.read_on or use.stopped_on) for use in reversed(past)):
        rested |= {key: (today - day).days} if day else {}
    verdicts = {use.lever: use.record["verdict"] for use in reversed(past) if use.read_on and use.record}
    return Past(running, rested, verdicts)
