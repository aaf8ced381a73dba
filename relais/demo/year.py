"""The whole year, before any of it is written (pure, from a seed)."""

from __future__ import annotations

from datetime import date
from random import Random

from relais.demo import happenings, visitors
from relais.demo.casting import settle
from relais.demo.company import cast, newcomers
from relais.demo.plan import Planner
from relais.demo.stories import stories


def planned(people: int, days: int, first: date, seed: int) -> Planner:
    """Who does what, when, in order."""
    rng = Random(f"relais {seed} {people} {days}")  # noqa: S311 - a story, not a secret
    members = cast(rng, people)
    members += newcomers(rng, members, days)
    planner = Planner(rng, settle(rng, members, days), first, days)
    planner.write(stories())
    planner.apply_everything()
    happenings.tell(planner)
    visitors.prepare(planner)
    planner.visit()
    planner.acts.sort()
    return planner
