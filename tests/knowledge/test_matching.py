"""Properties of the draw, against every pairing there is on small groups."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from relais.knowledge.matching import Seeker, are_apart, draw

Pair = frozenset[UUID]
circles_drawn = st.sets(st.integers(1, 3)).map(frozenset)
people = st.lists(st.tuples(st.sampled_from([None, 1, 2, 3]), circles_drawn), max_size=7)


def seekers_of(drawn: list[tuple[int | None, frozenset[int]]]) -> list[Seeker]:
    return [Seeker(UUID(int=number + 1), team, circles) for number, (team, circles) in enumerate(drawn)]


def pairings(left: list[Seeker], met: set[Pair]) -> Iterator[list[tuple[Seeker, Seeker]]]:
    """Every way to pair these people, some alone, none who have met."""
    if len(left) < 2:
        yield []
        return
    first, *rest = left
    yield from pairings(rest, met)
    for other in rest:
        if frozenset({first.person, other.person}) not in met:
            for others in pairings([each for each in rest if each is not other], met):
                yield [(first, other), *others]


def met_among(seekers: list[Seeker], picks: list[int]) -> set[Pair]:
    couples = [frozenset({a.person, b.person}) for n, a in enumerate(seekers) for b in seekers[n + 1 :]]
    return {couples[pick % len(couples)] for pick in picks} if couples else set()


@settings(max_examples=80, deadline=None)
@example([(1, frozenset()), (None, frozenset()), (None, frozenset()), (1, frozenset())], [0, 1], 1)  # chance once outweighed a pair
@given(people, st.lists(st.integers(0, 50), max_size=6), st.integers(0, 3))
def test_nobody_meets_twice_in_a_round_nor_again_and_no_other_draw_joins_more_teams(
    drawn: list[tuple[int | None, frozenset[int]]], picks: list[int], seed: int
) -> None:
    seekers = seekers_of(drawn)
    met = met_among(seekers, picks)

    found = draw(seekers, met, seed)

    taken = [person for pair in found.pairs for person in pair]
    assert len(taken) == len(set(taken))
    assert {*taken, *found.alone} == {seeker.person for seeker in seekers}
    assert not {frozenset(pair) for pair in found.pairs} & met
    best = max(sum(are_apart(a, b) for a, b in pairing) for pairing in pairings(seekers, met))
    assert found.across == best
    assert len(found.pairs) == max(len(p) for p in pairings(seekers, met) if sum(are_apart(a, b) for a, b in p) == best)


@given(people, st.integers(0, 9))
def test_same_people_and_same_seed_give_the_same_pairs_in_whatever_order_they_come(
    drawn: list[tuple[int | None, frozenset[int]]], seed: int
) -> None:
    seekers = seekers_of(drawn)

    assert draw(seekers, set(), seed) == draw(seekers[::-1], set(), seed)


def test_shared_circles_are_preferred_between_teams() -> None:
    ann, bo, cy = (Seeker(UUID(int=n), n, frozenset({5} if n < 3 else {6})) for n in (1, 2, 3))

    assert [draw([ann, bo, cy], set(), seed).pairs for seed in range(5)] == [[(ann.person, bo.person)]] * 5
