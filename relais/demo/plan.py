"""Who does what, when: the whole year as a list of acts, from a seed (pure: nothing is written here)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from statistics import fmean
from typing import Any

from relais.demo.calendar import DAYS_A_MONTH, bass, pace
from relais.demo.casting import INTERESTS, Cast
from relais.demo.company import Member
from relais.demo.stories import Story, Text

SCORES = {5: (0, 0.004, 0.016, 0.13, 0.85), 4: (0.004, 0.016, 0.05, 0.35, 0.58), 3: (0.08, 0.17, 0.32, 0.3, 0.13)}
KNOWN_TO_SACHANT = {
    "sav": ("sav", "pose", "agence", "logistique"),
    "pose-chantier": ("sav", "pose", "usine"),
    "relation-client": ("sav", "pose"),
    "qualite": ("sav", "pose", "maintenance"),
    "vente-conseil": ("sav", "pose"),
    "maintenance": ("sav", "pose"),
}
SACHANT_ANSWERS = 0.85
QUIET = 0.45  # a week at less than this pace is a holiday
SAVED = {0: 8, 5: 18, 15: 30, 30: 24, 60: 13, 120: 5, 240: 2}


@dataclass(frozen=True, order=True)
class Act:
    """One thing somebody does; `at` is in days since the first one, `order` breaks ties as planned."""

    at: float
    order: int
    what: str = field(compare=False)
    who: int | None = field(compare=False)
    about: str = field(compare=False, default="")
    value: Any = field(compare=False, default=None)


@dataclass(frozen=True)
class Piece:
    """A published answer or content, as those who may apply it see it."""

    text: Text
    author: int
    at: float
    circle: str
    weight: float


class Planner:
    """Fills the year, day by day and person by person."""

    def __init__(self, rng: Random, cast: Cast, first: date, days: int) -> None:
        self.rng, self.cast, self.days = rng, cast, days
        self.members = cast.members
        self.paces = [pace(first + timedelta(n)) for n in range(days)]
        self.acts: list[Act] = []
        self.valued: dict[int, list[float]] = defaultdict(list)
        self.pieces: list[Piece] = []
        self.applied: set[tuple[int, str]] = set()
        self.asked: list[tuple[float, Story]] = []
        self.quiet = [fmean(self.paces[max(n - 3, 0) : n + 4]) < QUIET for n in range(days)]

    def do(self, at: float, what: str, who: int | None, about: str = "", value: Any = None) -> None:
        """Write an act down, if it falls within the year and its person is there."""
        person = self.members[who] if who is not None else None
        if 0 <= at < self.days and (person is None or person.here(int(at) + 1) or what == "depart"):
            self.acts.append(Act(at, len(self.acts), what, who, about, value))

    def hour(self, day: int) -> float:
        """A moment of that day, in working hours."""
        return day + self.rng.triangular(6.5, 18.5, 10) / 24

    def busy_day(self, earliest: float, latest: float) -> int:
        """A day between the two, ordinary ones more likely than holidays; the earliest when none is left."""
        span = range(max(int(earliest), 0), min(int(latest) + 1, self.days))
        if not span:
            return int(earliest)
        return self.rng.choices(span, [self.paces[day] + 0.001 for day in span])[0]

    # Cases and what is written for them

    def write(self, stories: list[Story]) -> None:
        """Spread the cases over the year, the more the community engages, and have them answered."""
        going_on = [story for story in stories if story.ago is not None]
        stories = [story for story in stories if story.ago is None]
        stories = self.rng.sample(stories, len(stories))
        weights = [(0.18 + bass(day / DAYS_A_MONTH)) * self.paces[day] for day in range(self.days)]
        reached = list(accumulate(weights))
        whole = sum((0.18 + bass(day / DAYS_A_MONTH)) * 0.66 for day in range(365))
        count = max(min(round(len(stories) * reached[-1] / whole), len(stories)), 4)
        for n, story in enumerate(stories[:count]):
            day = next(d for d, total in enumerate(reached) if total >= (n + 0.4) / count * reached[-1])
            self._tell(story, self.hour(max(day, 3)))
        for story in sorted(going_on, key=lambda each: -(each.ago or 0)):
            self._tell(story, self.hour(int(max(self.days - (story.ago or 0), self.days * 0.6))))
        self.pieces.sort(key=lambda piece: piece.at)

    def _tell(self, story: Story, at: float) -> None:
        asker = self._named(story.by, at)
        if asker is None:
            asker = self._author(story.family, at, {self.cast.sachant.index, self.cast.operator.index})
        self._value(at, "ask", asker, story.key, story)
        self.asked.append((at, story))
        published, wrote = at, {asker}
        longest = 9 if story.ago is None else story.ago / 4
        for text in [t for t in story.texts if t.kind == "answer"]:
            published = max(published, at) + min(self.rng.lognormvariate(-1.2, 1.1), longest)
            wrote.add(self._publish(story, text, self._working(published), wrote))
        for text in [t for t in story.texts if t.kind != "answer"]:
            self._publish(story, text, self._working(at + self.rng.uniform(2, 25)), {asker})
        supporters = self._support(story, at, asker)
        if story.fate == "solved":
            self._solve(story, self._working(published + self.rng.uniform(0.6, 8)), asker, supporters)

    def _working(self, at: float) -> float:
        """The same moment, put within the hours in which people write; the week-end waits for Monday, mostly."""
        day = int(at)
        while day + 1 < self.days and self.paces[day] < self.rng.random() * 0.5:
            day += 1
        return max(at, self.hour(day)) if day > int(at) or not 0.27 < at % 1 < 0.78 else at

    def _named(self, name: str, at: float) -> int | None:
        """Who it happens to, when the story says so."""
        if name == "newcomer":
            return self._newcomer(at)
        return self.cast.operator.index if name == "operator" else None

    def _newcomer(self, at: float) -> int:
        """Somebody of an agency who joined this month and has done nothing yet."""
        agencies = [m for m in self.members if m.place.family == "agence" and m.here(at - 20) and m.here(at + 9) and not m.place.silent]
        calm = [m for m in agencies if m.engages is None and not self.valued[m.index] and m not in self.cast.known] or agencies
        chosen = next((m for m in calm if m.joins is not None and at - 20 < m.joins < at - 3), calm[-1])
        if chosen.joins is None or not at - 20 < chosen.joins < at - 3:
            chosen.joins = int(at) - 6
        chosen.circles = ["relation-client"]
        return chosen.index

    def _author(self, family: str, at: float, without: set[int]) -> int:
        """Somebody of that trade who takes part by then: those who engage far more than others, some of them tireless."""
        able = [m for m in self.members if m.index not in without and m.here(at - 4) and m.here(at + 40) and m is not self.cast.sponsor]
        trade = [m for m in able if m.place.family == family] or able
        there = [m for m in trade if m.takes_part(at)]
        if not there:
            there = sorted((m for m in trade if m.joins is not None), key=lambda m: m.joins or 0)[:1] or trade[:1]
            there[0].joins = max(int(at) - 2, 0)
            there[0].circles = there[0].circles or INTERESTS[family].split()[:2]
        weights = [self._eagerness(m, at) for m in there]
        return self.rng.choices(there, weights)[0].index

    def _eagerness(self, member: Member, at: float) -> float:
        if member.index == self.cast.operator.index:
            return 8.0
        engaged = member.engages is not None and member.engages - 30 < at < (member.lapses or self.days)
        return (6.0 if engaged else 0.25) * (2.5 if member.index % 7 == 0 else 1.0)

    def _value(self, at: float, what: str, who: int, about: str, value: Any = None) -> None:
        self.do(at, what, who, about, value)
        self.valued[who].append(at)

    def _writer(self, story: Story, text: Text, at: float, without: set[int]) -> int:
        """The one the story names; the sachant, more often than not, when it is near their trade; or somebody of the text's."""
        named = self._named(text.by, at)
        if named is not None:
            return named
        sachant = self.cast.sachant
        near = text.family in KNOWN_TO_SACHANT.get(story.circle, ())
        if near and sachant.takes_part(at) and sachant.index not in without and self.rng.random() < SACHANT_ANSWERS:
            return sachant.index
        return self._author(text.family, at, without | {sachant.index})

    def _publish(self, story: Story, text: Text, at: float, without: set[int]) -> int:
        author = self._writer(story, text, at, without)
        if at < self.days:
            self._value(at, "contribute", author, text.key, (story.key, text))
            weight = story.interest * (2.5 if text.kind != "answer" else 1.6 if text.best else 0.6) * (0.3 if text.quality == 3 else 1)
            self.pieces.append(Piece(text, author, at, story.circle, weight))
        return author

    def _support(self, story: Story, at: float, asker: int) -> list[tuple[float, int]]:
        supporters: list[tuple[float, int]] = []
        for _n in range(self.rng.randrange(story.interest * 2)):
            day = self.busy_day(at + 1, at + self.rng.uniform(3, 60))
            able = [m for m in self.members if m.takes_part(day) and story.circle in m.circles and m.index != asker]
            if able:
                supporters.append((self.hour(day), self.rng.choice(able).index))
                self.do(supporters[-1][0], "support", supporters[-1][1], story.key)
        return supporters

    def _solve(self, story: Story, at: float, asker: int, supporters: list[tuple[float, int]]) -> None:
        early = [who for since, who in supporters if since < at]
        by = self.rng.choice(early) if early and self.rng.random() < 0.3 else asker
        best = next((text.key for text in story.texts if text.best), "")
        if best:
            self.do(at, "choose_best", asker, best)
        self._value(at + 0.001, "solve", by, story.key)

    # What is reused

    def apply_everything(self) -> None:
        """Those who engage keep applying what colleagues shared; others do so once in a while."""
        for member in self.members:
            if member.engages is not None:
                self._keep_engaged(member, member.engages)
            elif member.joins is not None and self.rng.random() < 0.4:
                day = self.busy_day(member.joins + 10, member.joins + 200)
                self.apply(member, self.hour(day), sure=False)

    def _keep_engaged(self, member: Member, engages: int) -> None:
        until = min(member.lapses or self.days, self.days)
        day = float(max(engages - self.rng.randrange(17, 21), (member.joins or 0) + 2))
        sure = True
        while day < until:
            if not any(abs(day - other) < 9 for other in self.valued[member.index]):
                slack = 16 if self.quiet[min(int(day), self.days - 1)] else 4  # what is begun in a holiday waits for its end
                self.apply(member, self.hour(self.busy_day(day, day + slack)), sure=sure)
                sure = self.rng.random() < 0.5
            day += self.rng.uniform(6, 11) if day < engages else self.rng.uniform(15, 27)

    def apply(self, member: Member, at: float, *, sure: bool) -> None:
        """Somebody applies what a colleague shared, and tells of it two weeks later, mostly."""
        if not member.here(at + 1) or at >= self.days:
            return
        able = [p for p in self.pieces if p.at + 0.5 < at and p.author != member.index and (member.index, p.text.key) not in self.applied]
        if not able:
            return
        followed = set(member.circles)
        weights = [p.weight * (8 if p.circle in followed else 0.5) * (3 if at - p.at < 45 else 1) for p in able]
        piece = self.rng.choices(able, weights)[0]
        self.applied.add((member.index, piece.text.key))
        self._value(at, "apply", member.index, piece.text.key)
        if self.rng.random() < 0.5:
            self.rate(member.index, piece, at + 0.01)
        self._tell_outcome(member, piece, at, sure=sure)

    def _tell_outcome(self, member: Member, piece: Piece, at: float, *, sure: bool) -> None:
        told = self._working(at + 14 + self.rng.expovariate(0.6))
        chance = self.rng.random()
        if member.index == self.cast.operator.index and told > self.days - 9:  # one question a week: a told one would hide the next
            return
        if sure or chance < 0.78:
            works = {5: 0.86, 4: 0.74, 3: 0.4}[piece.text.quality]
            worked = sure or self.rng.random() < works
            outcome = "yes" if worked else self.rng.choice(["partly", "partly", "no"])
            saved = self.rng.choices(list(SAVED), list(SAVED.values()))[0] if outcome != "no" else 0
            self.do(told, "tell", member.index, piece.text.key, (outcome, saved))
        elif chance < 0.88:
            self.do(told, "skip", member.index, piece.text.key)

    def rate(self, who: int, piece: Piece, at: float) -> None:
        """A score drawn from how good the text is."""
        self.do(at, "rate", who, piece.text.key, self.rng.choices(range(1, 6), SCORES[piece.text.quality])[0])

    # The rest of the year

    def visit(self) -> None:
        """Members come by, those who engage about three times in two weeks; readers rate now and then."""
        acted = {(act.who, int(act.at)) for act in self.acts}
        for who, day in sorted((who, day) for who, day in acted if who is not None):
            self.do(day + 0.26, "visit", who)
        for member in self.members:
            if member.joins is None:
                continue
            often = 0.09 if member.engages is not None else 0.035
            for day in range(member.joins + 1, min(self.days, member.lapses or self.days)):
                if self.rng.random() < often * self.paces[day] and (member.index, day) not in acted:
                    self._read(member, day)

    def _read(self, member: Member, day: int) -> None:
        self.do(day + 0.26, "visit", member.index)
        if self.rng.random() < 0.05:
            near = [p for p in self.pieces if p.at < day and p.author != member.index and p.circle in member.circles]
            able = [p for p in near if (member.index, p.text.key) not in self.applied]
            if able:
                self.rate(member.index, self.rng.choice(able), self.hour(day))
