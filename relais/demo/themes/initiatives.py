"""Initiatives of the three origins: accepted, refused with a reason, launched after ten days of silence, waiting (pure)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from relais.demo.company import Member
from relais.demo.plan import Planner

INITIATIVES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["initiative"]
YEAR, MONTH = 365, 30
DELAY = {"yes": 5, "no": 8}


def tell(planner: Planner, rng: Random) -> None:
    """Each at its place in the year, told from its end."""
    for told in INITIATIVES:
        day = planner.days - (YEAR - told["after"])
        people = _people(planner, rng, told["circle"], day)
        if day > 40 and len(people) > 2:
            _initiative(planner, told, day, people)


def _people(planner: Planner, rng: Random, circle: str, day: int) -> list[Member]:
    apart = {planner.cast.pilot.index, *(animator.index for animator in planner.cast.animators[circle])}
    there = [m for m in planner.members if m.takes_part(day) and m.here(planner.days + 1) and m.lapses is None]
    near = [m for m in there if m.engages is not None and m.engages <= day and circle in m.circles and m.index not in apart]
    return rng.sample(near, min(len(near), 7))


def _initiative(planner: Planner, told: dict[str, Any], day: int, people: list[Member]) -> None:
    author, *others = people
    key, launched = told["key"], day + 0.4 + DELAY.get(told["decision"], 10.1)
    planner.do(day + 0.4, "initiative_open", author.index, key, told)
    if told["decision"] in DELAY:
        decided = (told["decision"] == "yes", told["reason"])
        planner.do(launched, "initiative_decide", planner.cast.pilot.index, key, decided)
    elif told["decision"] == "silence":
        planner.do(launched, "initiative_launch", author.index, key)
    if told["decision"] in ("yes", "silence"):
        for number, other in enumerate(others):
            planner.do(launched + 1 + number * 3, "initiative_join", other.index, key)
        for month, value in enumerate(told["values"], 1):
            planner.do(launched + month * MONTH, "initiative_measure", author.index, key, value)
