"""The whole year, before any of it is written (pure, from a seed)."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Protocol

from relais.demo import happenings
from relais.demo.casting import settle
from relais.demo.company import cast, newcomers
from relais.demo.plan import Planner
from relais.demo.stories import stories
from relais.demo.themes import goals, initiatives, kind, levers, maturity, meetings, skills, visitors


class Theme(Protocol):
    """A module that adds its acts to the plan."""

    __name__: str

    def tell(self, planner: Planner, rng: Random) -> None:
        """Write its acts down."""


THEMES: tuple[Theme, ...] = (
    kind,
    visitors,
    meetings,
    initiatives,
    maturity,
    skills,
    goals,
    levers,
)  # what each part of the product adds to the year of cases


def planned(people: int, days: int, first: date, seed: int) -> Planner:
    """Who does what, when, in order."""
    rng = Random(f"relais {seed} {people} {days}")  # noqa: S311 - a story, not a secret
    members = cast(rng, people)
    members += newcomers(rng, members, days)
    planner = Planner(rng, settle(rng, members, days), first, days)
    planner.write(stories())
    planner.apply_everything()
    happenings.tell(planner)
    for theme in THEMES:
        theme.tell(planner, Random(f"{theme.__name__} {seed} {people} {days}"))  # noqa: S311 - its own draws: none moves those of others
    planner.visit()  # last: whoever acts comes by
    planner.acts.sort()
    return planner
