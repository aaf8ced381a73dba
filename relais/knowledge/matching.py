"""Who meets whom in a round of exchanges: an exact maximum matching, no Django here (F24, lever L1).

Everybody meets one person at most. As many pairs of two teams as can be come first, then as many pairs, then pairs that share a
circle; two who met lately are never drawn together again. The same people and the same seed give the same pairs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from random import Random
from uuid import UUID

import rustworkx

CHANCE = 50  # how many ways chance may break a tie


@dataclass(frozen=True)
class Seeker:
    """Somebody who opted in and has room for one exchange more."""

    person: UUID
    team: int | None
    circles: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Drawn:
    """The pairs, and those for whom there was nobody."""

    pairs: list[tuple[UUID, UUID]]
    alone: list[UUID]
    across: int


def draw(seekers: Iterable[Seeker], met: Collection[frozenset[UUID]], seed: int) -> Drawn:
    """The pairs of a round; `met` are the pairs of the last ones."""
    people = sorted(seekers, key=lambda seeker: seeker.person)
    weigh = _Weights(len(people) // 2 + 1)
    chance, graph = Random(seed), rustworkx.PyGraph()  # noqa: S311 - breaks ties, keeps no secret
    graph.add_nodes_from(list(range(len(people))))
    for one, first in enumerate(people):
        for other, second in enumerate(people[one + 1 :], start=one + 1):
            if frozenset({first.person, second.person}) not in met:
                graph.add_edge(one, other, weigh.pair(first, second) + chance.randrange(CHANCE))
    matched = rustworkx.max_weight_matching(graph, max_cardinality=False, weight_fn=int)
    couples = sorted(tuple(sorted(couple)) for couple in matched)
    taken = {number for couple in couples for number in couple}
    return Drawn(
        pairs=[(people[one].person, people[other].person) for one, other in couples],
        alone=[seeker.person for number, seeker in enumerate(people) if number not in taken],
        across=sum(are_apart(people[one], people[other]) for one, other in couples),
    )


def are_apart(first: Seeker, second: Seeker) -> bool:
    """Whether two people are of two teams; who has no team is of none but their own."""
    return first.team is None or first.team != second.team


class _Weights:
    """What a pair is worth: each reason outweighs all that the lesser ones add up to over every pair of the round."""

    def __init__(self, most_pairs: int) -> None:
        self.near = CHANCE * most_pairs
        self.any = (self.near + CHANCE) * most_pairs
        self.across = (self.any + self.near + CHANCE) * most_pairs

    def pair(self, first: Seeker, second: Seeker) -> int:
        return self.any + self.across * are_apart(first, second) + self.near * bool(first.circles & second.circles)
