"""What may be published of a table of people by unit: k-anonymity with complementary suppression (F36, METHOD 3.11).

Each unit has `people` (the eligible) and `marked` ones among them (the engaged). Beside the table stands its total. A unit is left
out when it counts fewer than five, and so are as many others as it takes; a number of marked people is hidden when it, or what it
leaves, is under five, and so are as many others as it takes. What is told is told in fives, to everybody: with exact numbers, whoever
knows how cells are hidden works out many of them (`docs/decisions/0016-numbers-in-fives.md`).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

K = 5
STEP = 5


@dataclass(frozen=True)
class Cell:
    """One unit's numbers as they are told; a hidden number of marked people is None."""

    people: int
    marked: int | None


def rounded(number: int) -> int:
    """To the nearest five: what people read."""
    return (number + STEP // 2) // STEP * STEP


def told(number: int) -> int | None:
    """A number of people in fives, or nothing when there are fewer than five (none included)."""
    return rounded(number) if number >= K else None


def share(cell: Cell) -> float | None:
    """The share of the cell as it is told."""
    return None if cell.marked is None else round(cell.marked / cell.people, 4)


def _telling(people: int, marked: int) -> bool:
    return marked >= K and people - marked >= K


def hidden[Group: Hashable](counts: Mapping[Group, int]) -> set[Group]:
    """The groups not told beside their total: those under five, then the next smallest until the hidden ones cannot be worked out."""
    silent = {group for group, count in counts.items() if count < K}
    for group in _by_size(counts):
        if silent and (len(silent) == 1 or sum(counts[each] for each in silent) < K):
            silent.add(group)
    return silent


def _by_size[Group: Hashable](counts: Mapping[Group, int]) -> list[Group]:
    """Smallest first; of one size, in an order of their own: a table read twice must hide the same, or the two tell all."""
    return sorted(counts, key=lambda group: (counts[group], str(group)))


def published[Unit: (int, str)](table: Mapping[Unit, tuple[int, int]]) -> dict[Unit, Cell]:
    """The units that may be told of, in their own order; a unit alone would repeat the total, and say why it hides what it hides."""
    table = {unit: counts for unit, counts in table.items() if counts[0]}
    if len(table) < 2:
        return {}
    nameless = hidden({unit: size for unit, (size, _marked) in table.items()})
    people, marked = (sum(column) for column in zip(*table.values(), strict=True))
    silent = _hidden_marks(table, nameless) if _telling(people, marked) else table.keys()
    spoken = {unit: None if unit in silent else rounded(count) for unit, (_size, count) in table.items()}
    return {unit: Cell(rounded(table[unit][0]), spoken[unit]) for unit in sorted(table.keys() - nameless)}


def _hidden_marks[Unit: (int, str)](table: Mapping[Unit, tuple[int, int]], nameless: set[Unit]) -> set[Unit]:
    """The units whose marked people are hidden; marked and unmarked must both add up to five or more among them."""
    silent = nameless | {unit for unit, (size, marked) in table.items() if not _telling(size, marked)}
    for unit in _by_size({unit: size for unit, (size, _marked) in table.items()}):
        marked = sum(table[each][1] for each in silent)
        unmarked = sum(table[each][0] for each in silent) - marked
        if silent and (len(silent) == 1 or marked < K or unmarked < K):
            silent.add(unit)
    return silent
