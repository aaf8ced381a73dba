"""Which team an answer may bear: one large enough that nobody is found by it, otherwise none."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

LEAST = 10  # people invited: half of them may stay silent and it can still be told


def groups_of[Person: Hashable, Unit: Hashable](
    places: Mapping[Person, Unit | None], parents: Mapping[Unit, Unit | None]
) -> dict[Person, Unit | None]:
    """For each person the smallest unit around them with ten people or more that no smaller one took; None without such a unit."""
    waiting: dict[Unit, list[Person]] = {unit: [] for unit in parents}
    for person, unit in places.items():
        if unit is not None:
            waiting[unit].append(person)
    found: dict[Person, Unit | None] = dict.fromkeys(places)
    for unit in sorted(parents, key=lambda unit: _depth(unit, parents), reverse=True):
        above = parents[unit]
        if len(waiting[unit]) >= LEAST:
            found |= dict.fromkeys(waiting[unit], unit)
        elif above is not None:
            waiting[above] += waiting[unit]
    return found


def _depth[Unit: Hashable](unit: Unit, parents: Mapping[Unit, Unit | None]) -> int:
    depth, above = 0, parents[unit]
    while above is not None:
        depth, above = depth + 1, parents[above]
    return depth
