"""What the effects of levers are worth: known truth, thousands of communities, printed as a table (docs/effects.md).

python -m bench.effects [RUNS]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from bench.communities import AUGUST, OTHER_WORLDS, USUAL_WORLD, WEEKS, Communities, Floats, World, communities, team_sizes
from relais.indicators.effects import interrupted, panel
from relais.indicators.effects.cells import NOT_ATTRIBUTABLE, Cell, Estimate, Grid
from relais.indicators.effects.designs import Design, draw_order
from relais.indicators.effects.detectable import detectable_in
from relais.indicators.effects.estimates import estimate_messages, told
from relais.indicators.effects.verdicts import Verdict, verdict, verdicts

SIZES, KNOWN, RUNS = (100, 500, 3000), (0.0, 0.03, 0.08, 0.15), 3000
AROUND = (0.7, 0.85, 1.0, 1.15, 1.3)  # times the effect announced: where power is looked for
BATCH = 60_000  # people simulated at once
STEP_FIRST, STEP, WAVES, HALFWAY = 8, 3, 5, 12


@dataclass(frozen=True, eq=False)
class Case:
    """A design in a community of that size: who starts when, and how many weeks are known before."""

    design: Design
    teams: tuple[str, ...]
    starts: dict[str, int]
    known: int
    set_aside: tuple[int, ...] = ()
    told: str = ""

    @property
    def name(self) -> str:
        return f"{self.design}{self.told}"

    @property
    def weeks(self) -> list[int]:
        return [week for week in range(WEEKS) if week not in self.set_aside]

    @property
    def begun(self) -> Floats:
        return panel.started(self.teams, range(WEEKS), self.starts)


def cases(people: int) -> Iterator[Case]:
    teams = tuple(f"{place:03}" for place in range(len(team_sizes(people))))
    stepped = draw_order(teams, seed=7, first=STEP_FIRST, step=STEP, waves=WAVES)
    some = dict.fromkeys(sorted(teams, key=stepped.__getitem__)[: len(teams) // 2], HALFWAY)
    everybody = dict.fromkeys(teams, HALFWAY)
    yield Case(Design.STEPPED, teams, stepped, STEP_FIRST)
    yield Case(Design.DIFFERENCES, teams, some, HALFWAY)
    yield Case(Design.INTERRUPTED, teams, everybody, HALFWAY, tuple(AUGUST))
    yield Case(Design.INTERRUPTED, teams, everybody, HALFWAY, (*range(6), *range(AUGUST[0], WEEKS)), ", 11 weeks")
    yield Case(Design.MESSAGES, teams, {}, HALFWAY)


def misused(people: int) -> Iterator[Case]:
    """What one is tempted to do: shown for what it costs."""
    everybody = dict.fromkeys((f"{place:03}" for place in range(len(team_sizes(people)))), HALFWAY)
    yield Case(Design.INTERRUPTED, tuple(everybody), everybody, HALFWAY, told=", August left in")
    yield Case(Design.BEFORE_AFTER, tuple(everybody), everybody, HALFWAY)


def found_in(case: Case, crowd: Communities, effect: float) -> Iterator[Estimate]:
    """What each community would be told; the same arithmetic as `estimate`, on many communities at once (a test compares them)."""
    if case.design is Design.MESSAGES:
        yield from messages_in(crowd, effect)
        return
    shares = crowd.shares(case.begun, effect)
    table = Grid(case.teams, tuple(range(WEEKS)), np.ones(case.begun.shape), case.begun, 0)
    effects, errors, freedom = seen(case, crowd, shares)
    notes = [NOT_ATTRIBUTABLE] if case.design is Design.BEFORE_AFTER else []
    yield from (told(case.design, (float(one), float(error), freedom), table, notes) for one, error in zip(effects, errors, strict=True))


def seen(case: Case, crowd: Communities, shares: Floats) -> tuple[Floats, Floats, float]:
    if case.design is Design.INTERRUPTED:
        by = interrupted.fit(tuple(case.weeks), HALFWAY)
        series = (shares * crowd.sizes[:, None]).sum(axis=1) / crowd.sizes.sum()
        return *interrupted.effects(by, series[:, case.weeks]), by.freedom
    if case.design is Design.BEFORE_AFTER:
        changes = shares[..., HALFWAY:].mean(axis=-1) - shares[..., :HALFWAY].mean(axis=-1)
        return changes.mean(axis=1), changes.std(axis=1, ddof=1) / np.sqrt(changes.shape[1]), changes.shape[1] - 1
    plan = panel.plan(case.begun)
    assert plan is not None
    return *panel.effects(plan, shares), plan.freedom


def messages_in(crowd: Communities, effect: float) -> Iterator[Estimate]:
    """Half of the people, at random, receive the new message and act on it that week."""
    teams = np.zeros((len(crowd.sizes), WEEKS))
    without, with_it = (crowd.did(teams + on, effect)[:, :, HALFWAY] for on in (0, 1))
    for place, (usual, moved) in enumerate(zip(without, with_it, strict=True)):
        order = np.random.default_rng((place, len(usual))).permutation(len(usual))
        a, b = order[: len(usual) // 2], order[len(usual) // 2 :]
        found = estimate_messages(len(a), int(usual[a].sum()), len(b), int(moved[b].sum()))
        assert found is not None
        yield found


def announced_in(case: Case, crowd: Communities) -> list[float | None]:
    """The smallest detectable effect each community would be told before the start."""
    weeks = [week for week in case.weeks if week < case.known]
    people = np.repeat(crowd.sizes[:, None].astype(float), len(weeks), axis=1)
    tables = (Grid(case.teams, tuple(weeks), people, one, 0) for one in crowd.marked(case.begun, 0)[..., weeks])
    return [detectable_in(case.design, table, case.starts, WEEKS - case.known, set_aside=case.set_aside) for table in tables]


def batches(people: int, runs: int, world: World) -> Iterator[Communities]:
    each = max(1, BATCH // people)
    return (communities(people, min(each, runs - done), seed, world) for seed, done in enumerate(range(0, runs, each)))


@dataclass(frozen=True, eq=False)
class Tally:
    """What is counted of a design at a size: per true effect, (estimate, low, high) of each run; effects announced; how often a gain is
    said of a lever without effect and of one with the effect announced, judged alone, then ten together: nine without and one with."""

    case: Case
    people: int
    seen: dict[float, Floats]
    announced: Floats
    null: float
    real: float
    null_in_ten: float
    real_in_ten: float

    def coverage(self, effect: float) -> float:
        return float(((self.seen[effect][:, 1] <= effect) & (effect <= self.seen[effect][:, 2])).mean())

    def power(self, effect: float) -> float:
        return float((self.seen[effect][:, 1] > 0).mean())

    @property
    def median(self) -> float:
        return float(np.median(self.announced))

    def detected(self) -> float:
        """The effect seen four times out of five, between those simulated (straight in probits)."""
        effects = [times * self.median for times in AROUND]
        probits = [float(stats.norm.ppf(np.clip(self.power(effect), 0.001, 0.999))) for effect in effects]
        slope, level = np.polyfit(effects, probits, 1)
        return float((stats.norm.ppf(0.8) - level) / slope)


def tally(case: Case, people: int, runs: int, world: World = USUAL_WORLD) -> Tally:
    first = [effect for crowd in batches(people, max(20, runs // 4), world) for effect in announced_in(case, crowd)]
    usable = np.array([np.inf if effect is None else effect for effect in first])
    usable = usable if np.isfinite(np.median(usable)) else usable[:0]
    middle = float(np.median(usable)) if len(usable) else 0.0
    found: dict[float, list[Estimate]] = {effect: [] for effect in (*KNOWN, *(times * middle for times in AROUND))}
    told_before: list[float | None] = []
    for crowd in batches(people, runs, world):
        told_before += announced_in(case, crowd)
        for effect, estimates in found.items():
            estimates += found_in(case, crowd, effect)
    nulls, reals = (list(zip(found[effect], told_before, strict=True)) for effect in (0.0, middle))
    alone = [gains([verdict(*pair) for pair in pairs]) for pairs in (nulls, reals)]
    tens = [verdicts([*nulls[last - 9 : last], reals[last]]) for last in range(9, runs, 10)]
    beside = [gains([one for ten in tens for one in ten[:9]]), gains([ten[9] for ten in tens])]
    seen_at = {effect: np.array([(one.effect, one.low, one.high) for one in estimates]) for effect, estimates in found.items()}
    return Tally(case, people, seen_at, usable, *alone, *beside)


def gains(said: Sequence[Verdict]) -> float:
    return sum(one is Verdict.PROBABLE_GAIN for one in said) / len(said)


HEAD = (
    "| people | design | covers 0 | 3 | 8 | 15 | bias at 8 | announced (four in five) | found | ratio | seen "
    "| gain: null | real | null of ten | real of ten |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def line(one: Tally) -> str:
    covered = " | ".join(f"{one.coverage(effect):.1%}" for effect in KNOWN)
    bias = f"{100 * (one.seen[0.08][:, 0].mean() - 0.08):+.1f}"
    if not len(one.announced):
        return f"| {one.people} | {one.case.name} | {covered} | {bias} | none | – | – | – | {one.null:.1%} | – | – | – |"
    low, high = 100 * np.quantile(one.announced, (0.1, 0.9), method="nearest")
    middle, truth = one.median, one.detected()
    announced = f"{100 * middle:.1f} ({low:.1f}–{high:.1f}) | {100 * truth:.1f} | {middle / truth:.2f} | {one.power(middle):.0%}"
    said = f"{one.null:.1%} | {one.real:.0%} | {one.null_in_ten:.1%} | {one.real_in_ten:.0%}"
    return f"| {one.people} | {one.case.name} | {covered} | {bias} | {announced} | {said} |"


def tables(sizes: Iterable[int] = SIZES, runs: int = RUNS, show: Callable[[str], None] = print) -> None:
    """What is done, in the usual world; what is not, in the same; then what is done, in other worlds (a quarter of the runs)."""
    parts = [("As it is done", cases, USUAL_WORLD), ("What one is tempted to do", misused, USUAL_WORLD)]
    parts += [(f"In another world: {world.name}", cases, world) for world in OTHER_WORLDS]
    for title, which, world in parts:
        show(f"\n{title}\n\n{HEAD}")
        count = runs if world is USUAL_WORLD else max(20, runs // 4)
        for people in sizes:
            for case in which(people):
                show(line(tally(case, people, count, world)))


def cells_of(case: Case, crowd: Communities, place: int, effect: float) -> list[Cell]:
    """One community of the crowd, as Relais would count it."""
    marked = crowd.marked(case.begun, effect)[place]
    return [Cell(team, week, int(crowd.sizes[row]), int(marked[row, week])) for row, team in enumerate(case.teams) for week in range(WEEKS)]


if __name__ == "__main__":
    tables(runs=int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
