"""Workshops and needs: proposed, attended, rated, turned into contents; some still to come (pure)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from relais.demo.company import Member
from relais.demo.plan import Planner

TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
WORKSHOPS: list[dict[str, Any]] = TOLD["workshop"]
NEEDS: list[dict[str, Any]] = TOLD["need"]
MINUTES = {"long": 150, "medium": 45, "short": 20}
NOTICE, ROUNDS, FIRST = 12, 2, 60  # days between the proposal and the day; how often each theme comes; the first one
COMES, RATES, REPLIES = 0.82, 0.75, 0.5
WORTH = (1, 2, 3, 4, 5), (0.01, 0.03, 0.14, 0.42, 0.40)


def tell(planner: Planner, rng: Random) -> None:
    """A workshop every fortnight once the community lives, then needs, some of which become workshops too."""
    for number in range(len(WORKSHOPS) * ROUNDS):
        day = FIRST + int((planner.days + 24 - FIRST) * (number + 0.5) / (len(WORKSHOPS) * ROUNDS))
        _workshop(planner, rng, f"atelier-{number}", WORKSHOPS[number % len(WORKSHOPS)], _working(planner, day))
    for number, need in enumerate(NEEDS):
        _need(planner, rng, f"besoin-{number}", need, int(planner.days * (0.3 + 0.65 * number / len(NEEDS))))
    for number, day in enumerate(range(planner.days - 75, planner.days - 20, 40)):
        _round(planner, rng, f"tirage-{number}", "relation-client", day)


def _working(planner: Planner, day: int) -> int:
    """That day or the first one after it on which people work."""
    return next((d for d in range(day, day + 7) if planner.paces[d % len(planner.paces)] > 0.5), day)


def _able(planner: Planner, rng: Random, circle: str, day: int, count: int) -> list[Member]:
    """Members of the circle, or else of others, who engage by then and stay."""
    there = [m for m in planner.members if m.takes_part(day - NOTICE) and m.here(planner.days + 1) and m.lapses is None]
    engaged = [m for m in there if m.engages is not None and m.engages <= day and m is not planner.cast.operator]
    near, far = [m for m in engaged if circle in m.circles], [m for m in engaged if circle not in m.circles]
    return (rng.sample(near, len(near)) + rng.sample(far, len(far)))[:count]


def _workshop(planner: Planner, rng: Random, key: str, told: dict[str, Any], day: int) -> None:
    people = _able(planner, rng, told["circle"], day, 1 + rng.randint(5, 13))
    if len(people) < 4:
        return
    host, *guests = people
    start = day + rng.choice([8.0, 11.5, 13.0]) / 24
    end = start + MINUTES[told["shape"]] / 1440
    case = _case(planner, told["circle"], day - NOTICE)
    planner.do(day - NOTICE + 0.4, "workshop_propose", host.index, key, told | {"start": start, "end": end, "case": case})
    for number, guest in enumerate(guests):
        planner.do(day - NOTICE + 1 + number * (NOTICE - 2) / len(guests), "workshop_register", guest.index, key)
        if told["warm_up"] and rng.random() < REPLIES:
            planner.do(day - 0.9 + number / 500, "warm_up", guest.index, key, rng.choice(_REPLIES))
    _held(planner, rng, key, [host, *guests], end)


def _round(planner: Planner, rng: Random, key: str, circle: str, day: int) -> None:
    """Some members of a circle opt in, an animator draws their pairs, and they meet."""
    animator = planner.cast.animators[circle][0]
    people = [m for m in _able(planner, rng, circle, day, 400) if circle in m.circles][:11]
    if day < 60 or len(people) < 6:
        return
    for number, member in enumerate(people):
        planner.do(day + 0.4 + number / 100, "exchanges_open", member.index, "", 2)
    planner.do(day + 1.4, "round_draw", animator.index, key, circle)
    planner.do(day + 18.4, "round_close", None, key)


_REPLIES = ("La semaine dernière, et j'ai fini par appeler un collègue.", "Trop souvent. Je viens pour ça.", "Une fois, il y a longtemps.")


def _held(planner: Planner, rng: Random, key: str, people: list[Member], end: float) -> None:
    """The host, then the guests: who came, what they say of it, what came out of it."""
    host, *guests = people
    came = [guest for guest in guests if rng.random() < COMES]
    for number, guest in enumerate(came):
        planner.do(end - 0.005 + number / 10_000, "workshop_come", host.index, key, guest.index)
    planner.do(end + 0.02, "workshop_close", host.index, key)
    for number, guest in enumerate(came):
        if rng.random() < RATES:
            worth, relevance = (rng.choices(*WORTH)[0] for _ in range(2))
            planner.do(end + 0.03 + number / 200, "workshop_worth", guest.index, key, (worth, relevance))
    if rng.random() < 0.5:
        planner.do(end + 1.2, "workshop_publish", host.index, key)


def _case(planner: Planner, circle: str, day: float) -> str:
    """A case of the circle that was asked before."""
    asked = [story.key for at, story in sorted(planner.asked, key=lambda pair: pair[0]) if at < day and story.circle == circle]
    return asked[-1] if asked else ""


def _need(planner: Planner, rng: Random, key: str, told: dict[str, Any], day: int) -> None:
    people = _able(planner, rng, told["circle"], day, told["wishes"] + 2)
    if day < 45 or len(people) < told["wishes"] + 2:
        return
    asker, giver, *others = people
    planner.do(day + 0.4, "need_open", asker.index, key, told)
    for number, other in enumerate(others[: told["wishes"] - 1]):
        planner.do(day + 1 + number * 0.7, "need_wish", other.index, key)
    if told["wishes"] > 3:
        planner.do(day + 6.4, "need_offer", giver.index, key)
    if told["session"]:
        planner.do(day + 7.45, "need_propose", giver.index, key)
        for number, other in enumerate([asker, *others[: told["wishes"] - 1]]):
            planner.do(day + 8 + number / 10, "need_register", other.index, key)
        planner.do(day + 19.5, "need_meet", giver.index, key)
        planner.do(day + 20.4, "need_close", asker.index, key, True)
