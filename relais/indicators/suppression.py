"""What may be published of a table of people by unit: k-anonymity with complementary suppression (F36, METHOD 3.11).

Each unit has `people` (the eligible) and `marked` ones among them (the engaged). Beside the table stands its total. A cell
is hidden when it, or what it leaves (the people not marked), counts fewer than five; then as many more cells as it takes
so that nobody, with the total and every published cell at hand, can bound a hidden number below five.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

K = 5
STEP = 5


@dataclass(frozen=True)
class Cell:
    """One unit's numbers; None is hidden. `marked` is never told where `people` is hidden."""

    people: int | None
    marked: int | None


def rounded(number: int | None) -> int | None:
    """To the nearest five: what people other than administrators read."""
    return None if number is None else (number + STEP // 2) // STEP * STEP


def share(cell: Cell) -> float | None:
    """The share of the cell as it is told."""
    return None if cell.marked is None or not cell.people else round(cell.marked / cell.people, 4)


def softened(cell: Cell) -> Cell:
    """The cell in numbers rounded to five; its share is then computed from these."""
    return Cell(rounded(cell.people), rounded(cell.marked))


def _telling(people: int, marked: int) -> bool:
    return marked >= K and people - marked >= K


def published[Unit: Hashable](table: Mapping[Unit, tuple[int, int]]) -> tuple[Cell, dict[Unit, Cell]]:
    """The total and the cells that may be told."""
    people, marked = (sum(column) for column in zip(*table.values(), strict=True)) if table else (0, 0)
    if people < K:
        return Cell(None, None), {unit: Cell(None, None) for unit in table}
    nameless = _hidden_people(table)
    if not _telling(people, marked):
        return Cell(people, None), {unit: Cell(None if unit in nameless else size, None) for unit, (size, _) in table.items()}
    silent = _hidden_marks(table, nameless)
    return Cell(people, marked), {
        unit: Cell(None if unit in nameless else size, None if unit in silent else count) for unit, (size, count) in table.items()
    }


def _hidden_people[Unit: Hashable](table: Mapping[Unit, tuple[int, int]]) -> set[Unit]:
    """The units whose size is hidden: the small ones, and the next smallest until together they hide enough."""
    by_size = sorted(table, key=lambda unit: table[unit][0])
    hidden = {unit for unit in by_size if table[unit][0] < K}
    for unit in by_size:
        if hidden and (sum(table[u][0] for u in hidden) < K or len(hidden) == 1):
            hidden.add(unit)
    return hidden


def _hidden_marks[Unit: Hashable](table: Mapping[Unit, tuple[int, int]], nameless: set[Unit]) -> set[Unit]:
    """The units whose marked people are hidden; marked and unmarked must both add up to five or more among them."""
    hidden = nameless | {unit for unit, (size, marked) in table.items() if not _telling(size, marked)}
    for unit in sorted(table, key=lambda unit: table[unit][0]):
        marked = sum(table[u][1] for u in hidden)
        unmarked = sum(table[u][0] for u in hidden) - marked
        if hidden and (len(hidden) == 1 or marked < K or unmarked < K):
            hidden.add(unit)
    return hidden
