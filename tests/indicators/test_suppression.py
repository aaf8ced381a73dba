"""An attacker who has every published number and knows how cells are hidden, not why this one is."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from relais.indicators.suppression import Cell, published, rounded, share, softened

UNITS = st.integers(0, 12).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size)))
TABLES = st.lists(UNITS, min_size=1, max_size=4).map(lambda rows: dict(enumerate(rows)))
LARGE = st.lists(st.integers(0, 80).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1, max_size=12).map(
    lambda rows: dict(enumerate(rows))
)


def most_possible(total: Cell, cells: dict[int, Cell]) -> dict[int, tuple[int, int, int]]:
    """For each unit, the largest size, marked and unmarked that fit every published number (tried one by one)."""
    assert total.people is not None
    largest: dict[int, list[int]] = {unit: [0, 0, 0] for unit in cells}
    sizes = [range(total.people + 1) if cell.people is None else [cell.people] for cell in cells.values()]
    for people in product(*sizes):
        if sum(people) != total.people:
            continue
        marks = [range(size + 1) if cell.marked is None else [cell.marked] for size, cell in zip(people, cells.values(), strict=True)]
        for marked in product(*marks):
            possible = all(0 <= m <= p for m, p in zip(marked, people, strict=True))
            if possible and (total.marked is None or sum(marked) == total.marked):
                for unit, (p, m) in enumerate(zip(people, marked, strict=True)):
                    largest[unit] = [max(known, new) for known, new in zip(largest[unit], (p, m, p - m), strict=True)]
    return {unit: (size, marked, left) for unit, (size, marked, left) in largest.items()}


@given(st.lists(UNITS, min_size=1, max_size=3).map(lambda rows: dict(enumerate(rows))))
def test_no_hidden_number_can_be_bounded_below_five(table: dict[int, tuple[int, int]]) -> None:
    total, cells = published(table)
    assume(total.people is not None)

    possible = most_possible(total, cells)

    assert all(possible[unit][0] >= 5 for unit, cell in cells.items() if cell.people is None)
    assert all(min(possible[unit][1:]) >= 5 for unit, cell in cells.items() if cell.marked is None)


@given(LARGE)
def test_nothing_under_five_is_told_and_margins_hide_enough(table: dict[int, tuple[int, int]]) -> None:
    total, cells = published(table)

    hidden = [table[unit] for unit, cell in cells.items() if cell.marked is None]
    told = [(cell.people, cell.marked) for cell in [total, *cells.values()] if cell.marked is not None and cell.people is not None]
    assert [(people, marked) for people, marked in told if marked < 5 or people - marked < 5] == []
    assert all(cell.people is None or cell.people >= 5 for cell in cells.values())
    if hidden and total.marked is not None:
        assert sum(marked for _, marked in hidden) >= 5
        assert sum(people - marked for people, marked in hidden) >= 5
        assert len(hidden) >= 2


@given(LARGE)
def test_what_is_hidden_in_size_is_hidden_in_marks(table: dict[int, tuple[int, int]]) -> None:
    _total, cells = published(table)

    assert [cell for cell in cells.values() if cell.people is None and cell.marked is not None] == []


@given(st.lists(LARGE, min_size=2, max_size=2))
def test_two_published_dates_differ_by_nothing_or_by_five(months: list[dict[int, tuple[int, int]]]) -> None:
    before, after = ({unit: softened(cell) for unit, cell in published(month)[1].items()} for month in months)

    gaps = [
        abs(new - old)
        for unit in before.keys() & after.keys()
        for old, new in ((before[unit].people, after[unit].people), (before[unit].marked, after[unit].marked))
        if old is not None and new is not None
    ]

    assert [gap for gap in gaps if 0 < gap < 5] == []


@given(TABLES, st.data())
def test_a_month_that_hides_more_teaches_nothing_about_the_month_before(table: dict[int, tuple[int, int]], data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(sorted(table)))
    size, marked = table[unit]
    later = table | {unit: (size + 1, marked)}

    attacked = [published(month) for month in (table, later)]

    for (total, cells), month in zip(attacked, (table, later), strict=True):
        hidden = [month[u] for u, cell in cells.items() if cell.marked is None]
        if total.marked is not None and hidden:
            assert sum(m for _, m in hidden) >= 5
    for (_, earlier), (_, newer) in pairwise(attacked):
        sizes = [size for size in (softened(earlier[unit]).people, softened(newer[unit]).people) if size is not None]
        assert [size % 5 for size in sizes] == [0] * len(sizes)


@pytest.mark.parametrize(
    ("table", "total", "cells"),
    [
        ({}, Cell(None, None), {}),
        ({"a": (4, 1)}, Cell(None, None), {"a": Cell(None, None)}),
        ({"a": (40, 10), "b": (30, 6)}, Cell(70, 16), {"a": Cell(40, 10), "b": Cell(30, 6)}),
        ({"a": (40, 10), "b": (30, 3)}, Cell(70, 13), {"a": Cell(40, None), "b": Cell(30, None)}),
        ({"a": (40, 10), "b": (30, 3), "c": (20, 6)}, Cell(90, 19), {"a": Cell(40, 10), "b": Cell(30, None), "c": Cell(20, None)}),
        ({"a": (40, 37), "b": (30, 10), "c": (20, 6)}, Cell(90, 53), {"a": Cell(40, None), "b": Cell(30, 10), "c": Cell(20, None)}),
        ({"a": (40, 10), "b": (4, 0), "c": (20, 6)}, Cell(64, 16), {"a": Cell(40, 10), "b": Cell(None, None), "c": Cell(None, None)}),
        ({"a": (40, 2), "b": (3, 0), "c": (20, 1)}, Cell(63, None), {"a": Cell(40, None), "b": Cell(None, None), "c": Cell(None, None)}),
    ],
)
def test_what_is_published(table: dict[str, tuple[int, int]], total: Cell, cells: dict[str, Cell]) -> None:
    assert published(table) == (total, cells)


@pytest.mark.parametrize(("number", "told"), [(None, None), (5, 5), (7, 5), (8, 10), (598, 600)])
def test_numbers_are_rounded_to_five(number: int | None, told: int | None) -> None:
    assert rounded(number) == told


def test_a_share_is_of_the_numbers_told() -> None:
    assert share(softened(Cell(598, 122))) == 0.2
    assert share(Cell(598, None)) is None
