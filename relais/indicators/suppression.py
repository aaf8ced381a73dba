"""What may be published of a table of people by unit: k-anonymity with complementary suppression (F36, METHOD 3.11).

Each unit has `people` (the eligible) and `marked` ones among them (the engaged). Beside the table stands its total. A unit is left
out when it counts fewer than five, and so are as many others as it takes; a number of marked people is hidden when it, or what it
leaves, is under five, and so are as many others as it takes. What is told is told in fives, to everybody: with exact numbers, whoever
knows how cells are hidden works out many of them (`docs/decisions/0016-numbers-in-fives.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
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


def published[Unit: (int, str)](table: Mapping[Unit, tuple[int, int]]) -> dict[Unit, Cell]:
    """The units that may be told of, in their own order; a unit alone would repeat the total, and say why it hides what it hides.

    The order in which the units come never matters: read twice, the same table must hide the same cells, or the two together tell all.
    """
    table = {unit: table[unit] for unit in sorted(table, key=lambda unit: (table[unit][0], unit)) if table[unit][0]}
    if len(table) < 2:
        return {}
    nameless = _hidden_people(table)
    people, marked = (sum(column) for column in zip(*table.values(), strict=True))
    silent = _hidden_marks(table, nameless) if _telling(people, marked) else table.keys()
    spoken = {unit: None if unit in silent else rounded(count) for unit, (_size, count) in table.items()}
    return {unit: Cell(rounded(table[unit][0]), spoken[unit]) for unit in sorted(table.keys() - nameless)}


def _hidden_people[Unit: (int, str)](table: Mapping[Unit, tuple[int, int]]) -> set[Unit]:
    """The units left out: the small ones, and the next smallest until together they hide enough; the table is in order of size."""
    hidden = {unit for unit, (size, _marked) in table.items() if size < K}
    for unit in table:
        if hidden and (sum(table[u][0] for u in hidden) < K or len(hidden) == 1):
            hidden.add(unit)
    return hidden


def _hidden_marks[Unit: (int, str)](table: Mapping[Unit, tuple[int, int]], nameless: set[Unit]) -> set[Unit]:
    """The units whose marked people are hidden; marked and unmarked must both add up to five or more among them."""
    hidden = nameless | {unit for unit, (size, marked) in table.items() if not _telling(size, marked)}
    for unit in table:
        marked = sum(table[u][1] for u in hidden)
        unmarked = sum(table[u][0] for u in hidden) - marked
        if hidden and (len(hidden) == 1 or marked < K or unmarked < K):
            hidden.add(unit)
    return hidden
