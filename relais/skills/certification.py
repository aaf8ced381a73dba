"""What a person's skill is worth in the eyes of their peers, and what is still missing. Pure computation (METHOD 3.5).

Four levels: 1 *notions*, 2 *autonomous*, 3 *certified*, 4 *sachant* (certified, and passes it on). A voice is one
confirmation, by one person, of something that they have seen. Independence is what counts, not number: of a pair one voice
is heard, between two people who confirm each other it weighs a quarter, and one's own team never outweighs the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from itertools import chain

DAYS_A_MONTH = 365.25 / 12


class Level(IntEnum):
    """How far a person is in a skill."""

    NONE = 0
    NOTIONS = 1
    AUTONOMOUS = 2
    CERTIFIED = 3
    SACHANT = 4


class Missing(StrEnum):
    """Why a skill is not certified yet: each is a sentence on the page."""

    VOICES = "voices"  # not enough voices, once weighed
    TEAMS = "teams"  # they all come from one team
    EXPERT = "expert"  # nobody among them is certified themselves, nor on the panel


@dataclass(frozen=True)
class Rules:
    """The rules in force; a change of any of them is a new version, and history keeps the one each level was given under."""

    version: str = "2026.1"
    voices: float = 3  # the weight asked for
    teams: int = 2
    evidence_months: float = 18  # how old what was seen may be, on the day of the confirmation
    valid_months: float = 24  # how long a voice is heard
    fast_valid_months: float = 18  # the same, where the trade moves fast
    reciprocal: float = 0.25  # what a voice weighs between two people who confirm each other
    transmissions: int = 3
    worked_lower_bound: float = 0.5
    relevance: float = 4.0

    def valid_days(self, *, fast: bool) -> int:
        """How long a voice is heard, in days."""
        return round((self.fast_valid_months if fast else self.valid_months) * DAYS_A_MONTH)

    @property
    def evidence_days(self) -> int:
        """How old what was seen may be, in days."""
        return round(self.evidence_months * DAYS_A_MONTH)


RULES = Rules()


@dataclass(frozen=True)
class Voice:
    """One confirmation: by whom, of which team on that day, of something that happened on `seen_on`."""

    confirmer: str
    team: str
    given_on: date
    seen_on: date
    expert: bool = False  # certified in this or an adjacent skill on that day, or named on the first panel


@dataclass(frozen=True)
class Transmissions:
    """What the person passed on in this skill: how often, and how it was received."""

    count: int = 0
    worked_lower_bound: float = 0.0  # Wilson, of those who told whether it worked
    relevance: float | None = None  # Bayesian mean of its ratings, when it is shown


@dataclass(frozen=True)
class Holder:
    """Whose skill is looked at: their team, whom they have confirmed themselves, and what they passed on."""

    team: str
    confirmed: frozenset[str] = frozenset()
    transmissions: Transmissions = Transmissions()
    evidences: int = 1  # dated acts the skill rests on


@dataclass(frozen=True)
class Assessment:
    """The level on one day, the weight of the voices heard, what is missing for the third level, and when it would lapse."""

    level: Level
    weight: float
    teams: int
    missing: tuple[Missing, ...]
    lapses_on: date | None = None


def assess(holder: Holder, voices: Iterable[Voice], on: date, *, fast: bool = False, rules: Rules = RULES) -> Assessment:
    """Where a person is in a skill on that day. Not being certified never takes the first two levels away."""
    given = [voice for voice in voices if voice.given_on <= on]
    heard = _heard(given, on, rules.valid_days(fast=fast), rules)
    missing = _missing(holder, heard, rules)
    return Assessment(
        level=_level(holder, heard, missing, rules),
        weight=weight(holder, heard, rules),
        teams=len({voice.team for voice in heard}),
        missing=missing,
        lapses_on=None if missing else _lapse(holder, heard, rules, fast=fast),
    )


def weight(holder: Holder, heard: Iterable[Voice], rules: Rules = RULES) -> float:
    """The sum of the voices: a quarter between two people who confirm each other, the own team at most as much as the others."""
    own, others = 0.0, 0.0
    for voice in heard:
        worth = rules.reciprocal if voice.confirmer in holder.confirmed else 1.0
        if voice.team == holder.team:
            own += worth
        else:
            others += worth
    return others + min(own, others)


def _heard(given: Iterable[Voice], on: date, valid_days: int, rules: Rules) -> list[Voice]:
    """One voice a confirmer, the latest; not yet lapsed; of something recent enough when it was given."""
    latest: dict[str, Voice] = {}
    for voice in sorted(given, key=lambda each: (each.given_on, each.seen_on)):
        if timedelta(0) <= voice.given_on - voice.seen_on < timedelta(rules.evidence_days):
            latest[voice.confirmer] = voice
    return [voice for voice in latest.values() if on < voice.given_on + timedelta(valid_days)]


def _missing(holder: Holder, heard: list[Voice], rules: Rules) -> tuple[Missing, ...]:
    met = {
        Missing.VOICES: weight(holder, heard, rules) >= rules.voices,
        Missing.TEAMS: len({voice.team for voice in heard}) >= rules.teams,
        Missing.EXPERT: any(voice.expert for voice in heard),
    }
    return tuple(reason for reason, done in met.items() if not done)


def _level(holder: Holder, heard: list[Voice], missing: tuple[Missing, ...], rules: Rules) -> Level:
    if not missing:
        return Level.SACHANT if _passes_on(holder.transmissions, rules) else Level.CERTIFIED
    if any(voice.team != holder.team and voice.confirmer not in holder.confirmed for voice in heard):
        return Level.AUTONOMOUS
    return Level.NOTIONS if holder.evidences else Level.NONE


def _passes_on(done: Transmissions, rules: Rules) -> bool:
    well_received = done.worked_lower_bound >= rules.worked_lower_bound or (done.relevance or 0) >= rules.relevance
    return done.count >= rules.transmissions and well_received


def _lapse(holder: Holder, heard: list[Voice], rules: Rules, *, fast: bool) -> date:
    """The first day on which too few of these voices would still be heard."""
    valid = timedelta(rules.valid_days(fast=fast))
    ends = sorted({voice.given_on + valid for voice in heard})
    return next(end for end in ends if _missing(holder, [voice for voice in heard if voice.given_on + valid > end], rules))


def rings(confirmations: Iterable[tuple[str, str]], *, mutual: int = 3, inside: float = 0.5) -> list[frozenset[str]]:
    """Groups to look at, an alert and never a verdict: each has confirmed, and been confirmed by, `mutual` others of the group.

    `confirmations` are pairs (who, whom), repeated or not. A group counts when its members got at least the share `inside` of
    their voices from each other.
    """
    arcs = {(who, whom) for who, whom in confirmations if who != whom}
    friends: dict[str, set[str]] = {}
    for who, whom in arcs:
        if (whom, who) in arcs:
            friends.setdefault(who, set()).add(whom)
    while few := {each for each, others in friends.items() if len(others) < mutual}:
        friends = {each: others - few for each, others in friends.items() if each not in few}
    return sorted((group for group in _connected(friends) if _share_inside(group, arcs) >= inside), key=sorted)


def _connected(friends: dict[str, set[str]]) -> list[frozenset[str]]:
    groups, left = [], set(friends)
    while left:
        group, border = set[str](), {left.pop()}
        while border:
            group |= border
            border = set(chain.from_iterable(friends[each] for each in border)) - group
        left -= group
        groups.append(frozenset(group))
    return groups


def _share_inside(group: frozenset[str], arcs: set[tuple[str, str]]) -> float:
    received = [who in group for who, whom in arcs if whom in group]
    return sum(received) / len(received)
