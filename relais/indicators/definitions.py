"""The figures, defined: windows, counts, and the dictionary they make. `docs/figures.md` says the same in words.

A change that can move a figure raises DEFINITIONS by one: figures under two versions are never compared.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from relais.core.intervals import wilson
from relais.core.suppression import K
from relais.core.suppression import rounded as in_fives

DEFINITIONS = 1
SETTLED_DAYS = 30  # in the perimeter since then before one is counted
ACTIVE_DAYS = 28
ENGAGED_DAYS = 90
ENGAGED_ACTS = 3
YEAR_DAYS = 365
WELCOME_DAYS = 90
WELCOME_HOURS = 24
OUTCOME_DAYS = 14  # after which one is asked whether it worked
SURVIVALS = {"m1": (28, 55), "m3": (84, 111), "m6": (168, 195)}  # days after the first act in which one comes back, or not


def midnight(day: date) -> datetime:
    """The first instant of a UTC day."""
    return datetime.combine(day, time.min, UTC)


@dataclass(frozen=True)
class Windows:
    """The moments that a figure at one day looks at."""

    at: date

    @property
    def end(self) -> datetime:
        """Facts before this instant are seen."""
        return midnight(self.at + timedelta(1))

    @property
    def frozen(self) -> datetime:
        """When the perimeter is read: the 1st of the month."""
        return midnight(self.at.replace(day=1))

    @property
    def settled(self) -> datetime:
        """Those who arrived later than this are not counted yet."""
        return self.frozen - timedelta(SETTLED_DAYS)

    def first_day(self, days: int) -> date:
        """The first day of the window of that many days which ends with the day asked."""
        return self.at - timedelta(days - 1)


@dataclass(frozen=True)
class Ladder:
    """How many people stand on each rung, among the eligible ones."""

    eligible: int = 0
    reached: int = 0
    active: int = 0
    engaged: int = 0
    transmitters: int = 0
    engaged_12_months: int = 0

    def __add__(self, other: Ladder) -> Ladder:
        return Ladder(*(mine + theirs for mine, theirs in zip(asdict(self).values(), asdict(other).values(), strict=True)))


@dataclass(frozen=True)
class Knowledge:
    """What was asked and passed on."""

    use_cases: int = 0
    use_cases_answered: int = 0
    use_cases_solved: int = 0
    answers: int = 0
    contents: int = 0
    delay_middles: tuple[int, int] | None = None  # µs: the two middle delays (the same one twice when odd)


@dataclass(frozen=True)
class Ratings:
    """The ratings that count: `by_content` groups contents that have the same (number, sum) of ratings."""

    raters: int = 0
    low: int = 0
    by_content: list[tuple[int, int, int]] = field(default_factory=list)  # (ratings, their sum, how many contents)

    @property
    def count(self) -> int:
        return sum(number * contents for number, _total, contents in self.by_content)

    @property
    def mean(self) -> Fraction:
        """Over ratings."""
        return Fraction(sum(total * contents for _number, total, contents in self.by_content), self.count)

    @property
    def mean_by_content(self) -> Fraction:
        """Over contents, each by its own mean."""
        sums = sum((Fraction(total, number) * contents for number, total, contents in self.by_content), Fraction(0))
        return sums / sum(contents for _number, _total, contents in self.by_content)


@dataclass(frozen=True)
class Welcome:
    """People whose first post had its day to be met, and how many of them somebody met in time."""

    first_posts: int = 0
    met: int = 0

    @property
    def figures(self) -> dict[str, Any]:
        """The part of the dictionary about first posts; fewer than five people are never told."""
        first_posts, met = told(self.first_posts), told(self.met)
        return {"first_posts": first_posts, "first_posts_met": met, "first_posts_met_share": share(met, first_posts)}


@dataclass(frozen=True)
class Meetings:
    """What people met for in a year: needs, and workshops as (format, places taken, people who came)."""

    needs: int = 0
    needs_with_session: int = 0
    session_middles: tuple[int, int] | None = None  # µs from the need to the session: the two middle ones
    held: list[tuple[str, int, int]] = field(default_factory=list)

    def by_format(self) -> dict[str, tuple[int, int]]:
        """Places taken and people who came, of each format; workshops of fewer than five places taken are left out."""
        found: dict[str, tuple[int, int]] = {}
        for name, registered, came in (each for each in self.held if each[1] >= K):
            before = found.get(name, (0, 0))
            found[name] = before[0] + registered, before[1] + came
        return dict(sorted(found.items()))

    @property
    def figures(self) -> dict[str, Any]:
        """The part of the dictionary about needs and workshops."""
        groups = self.by_format()
        return {
            "needs": self.needs,
            "needs_with_session": self.needs_with_session,
            "median_days_need_to_session": median_days(self.session_middles),
            "workshops": len(self.held),
            "no_show_share": no_show(*(sum(column) for column in zip(*groups.values(), strict=True))) if groups else None,
            "no_show_share_by_format": no_shows(groups),
        }


ORIGINS = ("top_down", "bottom_up", "across")


@dataclass(frozen=True)
class Initiatives:
    """What was proposed in a year, by origin, and how long each answer took (µs, in order; then of those from the field alone)."""

    by_origin: dict[str, int] = field(default_factory=dict)
    delays: list[int] = field(default_factory=list)
    from_the_field: list[int] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, Any]:
        """The part of the dictionary about initiatives."""
        return {
            "initiatives": sum(self.by_origin.values()),
            "initiatives_by_origin": {origin: self.by_origin.get(origin, 0) for origin in ORIGINS},
            "initiatives_answered": len(self.delays),
            "median_days_to_decision": median_days(middles(self.delays)),
            "median_days_to_decision_bottom_up": median_days(middles(self.from_the_field)),
        }


@dataclass(frozen=True)
class Skills:
    """Skills that somebody recognised as theirs, skills that somebody is certified in, and which were merged into which."""

    detected: list[str] = field(default_factory=list)
    certified: list[str] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, Any]:
        """The part of the dictionary about skills: two names of one thing count once."""
        return {
            "skills_detected": len({self._present(skill) for skill in self.detected}),
            "skills_certified": len({self._present(skill) for skill in self.certified}),
        }

    def _present(self, skill: str) -> str:
        while skill in self.merged:
            skill = self.merged[skill]
        return skill


@dataclass(frozen=True)
class Survival:
    """People who began, and those of them who came back."""

    begun: int
    back: int

    def figures(self, name: str) -> dict[str, Any]:
        """The part of the dictionary about one of the periods in which one comes back."""
        begun, back = told(self.begun), told(self.back)
        return {
            f"begun_{name}": begun,
            f"back_{name}": back,
            f"survival_{name}": share(back, begun),
            f"survival_{name}_interval": interval(back, begun),
        }


@dataclass(frozen=True)
class Outcomes:
    """Applications whose time to tell has come, those told, those that worked, and how many people told."""

    due: int
    told: int
    worked: int
    tellers: int

    @property
    def figures(self) -> dict[str, Any]:
        enough = self.tellers >= K
        return {
            "outcomes_due": self.due,
            "outcomes_told": self.told if enough else None,
            "outcomes_worked": self.worked if enough else None,
            "outcomes_told_share": share(self.told, self.due) if enough else None,
            "worked_share": share(self.worked, self.told) if enough else None,
            "worked_interval": interval(self.worked, self.told) if enough else None,
        }


@dataclass(frozen=True)
class Rhythm:
    """Who acts in a week and in four, what is given and received in ninety days, who comes back, what worked."""

    weekly: tuple[int, ...]
    monthly: int
    givers: int
    takers: int
    given: int
    received: int
    survivals: dict[str, Survival]
    outcomes: Outcomes

    @property
    def figures(self) -> dict[str, Any]:
        """The part of the dictionary about regularity."""
        mae, both = told(self.monthly), min(self.givers, self.takers) >= K
        weekly = Fraction(sum(self.weekly), len(self.weekly))
        wae = weekly if mae is not None and weekly >= K else None
        return {
            "wae": None if wae is None else rounded(wae, 1),
            "mae": mae,
            "stickiness": None if wae is None or mae is None else rounded(wae / mae, 4),
            "acts_given": self.given if both else None,
            "acts_received": self.received if both else None,
            "reciprocity": rounded(Fraction(self.given, self.received), 2) if both else None,
            **{key: value for name, one in self.survivals.items() for key, value in one.figures(name).items()},
            **self.outcomes.figures,
        }


def middles(ordered: list[int]) -> tuple[int, int] | None:
    """The two middle values (the same one twice when they are odd in number); nothing of nothing."""
    return (ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]) if ordered else None


def rounded(value: Fraction, places: int) -> float:
    """Half up, decided on the exact value."""
    scale = float(10**places)
    return int(value * int(scale) + Fraction(1, 2)) / scale


def told(people: int) -> int | None:
    """A number of people, or nothing when there are fewer than five (none included)."""
    return people if people >= K else None


def share(part: int | None, whole: int | None) -> float | None:
    """A share to four decimals, of what may be told."""
    return rounded(Fraction(part, whole), 4) if part is not None and whole else None


def interval(part: int | None, whole: int | None) -> list[float] | None:
    """The 95% interval of a share, of what may be told."""
    return [round(bound, 4) for bound in wilson(part, whole)] if part is not None and whole else None


def median_hours(middles: tuple[int, int] | None) -> float | None:
    """Hours to one decimal."""
    return rounded(Fraction(sum(middles), 2 * 3_600_000_000), 1) if middles else None


def median_days(middles: tuple[int, int] | None) -> float | None:
    """Days to one decimal."""
    return rounded(Fraction(sum(middles), 2 * 86_400_000_000), 1) if middles else None


def no_show(registered: int, came: int) -> float | None:
    """The share of places taken whose person did not come, in fives; nothing when fewer than five (none included) came or did not."""
    absent, kept = told(registered - came), told(came)
    return None if absent is None or kept is None else share(in_fives(absent), registered)


def no_shows(groups: dict[str, tuple[int, int]]) -> dict[str, float | None]:
    """By format, when every format may be told: what one hides could be worked out from the others and the whole."""
    told_of = {name: no_show(*counts) for name, counts in groups.items()}
    return told_of if None not in told_of.values() else dict.fromkeys(groups)


def figures(at: date, ladder: Ladder, knowledge: Knowledge, ratings: Ratings) -> dict[str, Any]:
    """The dictionary of one day; what concerns fewer than five people is None."""
    people = {name: told(count) for name, count in asdict(ladder).items()}
    rated = ratings.raters >= K
    return {
        "at": at.isoformat(),
        **{name: people[name] for name in ("eligible", "reached", "active", "engaged", "transmitters")},
        "engagement": share(people["engaged"], people["eligible"]),
        "engaged_12_months": people["engaged_12_months"],
        "use_cases": knowledge.use_cases,
        "use_cases_answered": knowledge.use_cases_answered,
        "median_hours_to_first_answer": median_hours(knowledge.delay_middles),
        "answers": knowledge.answers,
        "contents": knowledge.contents,
        "ratings": ratings.count,
        "relevance": rounded(ratings.mean, 2) if rated else None,
        "definitions": DEFINITIONS,
        "engagement_interval": interval(people["engaged"], people["eligible"]),
        **{f"{name}_share": share(people[name], people["eligible"]) for name in ("reached", "active", "transmitters", "engaged_12_months")},
        "use_cases_solved": knowledge.use_cases_solved,
        "use_cases_answered_share": share(knowledge.use_cases_answered, knowledge.use_cases),
        "raters": told(ratings.raters),
        "relevance_by_content": rounded(ratings.mean_by_content, 2) if rated else None,
        "low_ratings_share": share(ratings.low, ratings.count) if rated else None,
    }
