"""A simulated community in which most confirm what they have really seen, and six confirm each other for nothing (METHOD 3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from relais.skills.certification import Holder, Level, Voice, assess, rings, weight

PEOPLE, TEAM, RING, MONTHS, REPEATED = 200, 20, 6, 12, 5
FIRST = date(2026, 1, 5)
LAST = FIRST + timedelta(30 * MONTHS)
EXPERT, CONVINCED = 1.28, 0.5  # the best tenth; how competent one must look to be confirmed
SEEN_A_MONTH, NOISE, OWN_TEAM = 2, 0.5, 0.5


@dataclass
class Community:
    """Who is how competent, in which team, and what everybody has confirmed of whom."""

    rng: Random
    across: bool
    competence: list[float] = field(default_factory=list)
    voices: dict[int, list[Voice]] = field(default_factory=dict)
    given: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.competence = [self.rng.gauss(0, 1) for _ in range(PEOPLE)]
        self.ring = [n * TEAM for n in range(RING)] if self.across else list(range(RING))
        for member in self.ring:
            self.competence[member] = -1.5
        self.honest = [n for n in range(PEOPLE) if n not in self.ring]
        self.experts = [n for n in self.honest if self.competence[n] > EXPERT]
        self.voices = {n: [] for n in range(PEOPLE)}
        self.given = {n: set() for n in range(PEOPLE)}
        self.certified = set(self.rng.sample(self.experts, 3))  # the first panel

    def live(self) -> Community:
        """A year, month by month: who is certified at the end of one is an expert voice in the next."""
        for month in range(MONTHS):
            day = FIRST + timedelta(30 * month)
            for who, whom in [*self._seen(), *self._asked(month), *self._collusion(month)]:
                self.given[who].add(str(whom))
                self.voices[whom].append(Voice(str(who), str(who // TEAM), day, day, expert=who in self.certified))
            heard = {n for n in range(PEOPLE) if len(self.voices[n]) >= 3} - self.certified
            self.certified |= {n for n in heard if self.level(n, day) >= Level.CERTIFIED}
        return self

    def _asked(self, month: int) -> Iterator[tuple[int, int]]:
        """Once a quarter, those whom somebody has confirmed ask somebody certified, who looks for themselves; the six do so too."""
        if month % 3 != 2:
            return
        judges = sorted(self.certified)
        for whom in range(PEOPLE):
            if self.voices[whom] and (judge := self.rng.choice(judges)) != whom and self._convinces(whom):
                yield judge, whom

    def _convinces(self, whom: int) -> bool:
        return self.competence[whom] + self.rng.gauss(0, NOISE) > CONVINCED

    def _seen(self) -> Iterator[tuple[int, int]]:
        for who in self.honest:
            for _ in range(SEEN_A_MONTH):
                near = self.rng.random() < OWN_TEAM
                whom = who // TEAM * TEAM + self.rng.randrange(TEAM) if near else self.rng.randrange(PEOPLE)
                if whom != who and self._convinces(whom):
                    yield who, whom

    def _collusion(self, month: int) -> Iterator[tuple[int, int]]:
        if month < REPEATED:
            yield from ((who, whom) for who in self.ring for whom in self.ring if who != whom)

    def holder(self, n: int) -> Holder:
        """As the rules see somebody."""
        return Holder(team=str(n // TEAM), confirmed=frozenset(self.given[n]))

    def level(self, n: int, on: date) -> Level:
        """Where they are on that day."""
        return assess(self.holder(n), self.voices[n], on).level

    def ring_rank(self) -> float:
        """The mean rank of the six by the weight of their voices, 1 for the highest, ties in the middle."""
        weights = [weight(self.holder(n), {voice.confirmer: voice for voice in self.voices[n]}.values()) for n in range(PEOPLE)]
        ranks = [sum(other > weights[n] for other in weights) + (1 + weights.count(weights[n])) / 2 for n in self.ring]
        return sum(ranks) / RING

    def flagged(self) -> list[frozenset[str]]:
        """The alerts."""
        return rings((who, str(whom)) for whom, voices in self.voices.items() for who in (voice.confirmer for voice in voices))
