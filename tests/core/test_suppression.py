"""What is left out, hidden and told of a table by unit. What an attacker makes of it: `test_attacks.py`."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.core.suppression import Cell, K, hidden, published, rounded, share, told

LARGE = st.lists(st.integers(1, 80).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1, max_size=12).map(
    lambda rows: dict(enumerate(rows))
)


@given(LARGE)
def test_nothing_under_five_is_told_and_what_is_hidden_together_is_no_small_group(table: dict[int, tuple[int, int]]) -> None:
    cells = published(table)

    shown = {unit: table[unit] for unit in cells}
    silent = [table[unit] for unit, cell in cells.items() if cell.marked is None] + [table[unit] for unit in table.keys() - shown.keys()]
    left_out = sum(table[unit][0] for unit in table.keys() - shown.keys())
    spoken = [table[unit] for unit, cell in cells.items() if cell.marked is not None]
    assert all(size >= 5 for size, _ in shown.values())
    assert all(marked >= 5 and size - marked >= 5 for size, marked in spoken)
    assert not shown or left_out == 0 or left_out >= 5
    if spoken and silent:
        assert min(sum(marked for _, marked in silent), sum(size - marked for size, marked in silent)) >= 5


@given(LARGE)
def test_what_is_told_is_told_in_fives(table: dict[int, tuple[int, int]]) -> None:
    numbers = [number for cell in published(table).values() for number in (cell.people, cell.marked) if number is not None]

    assert [number for number in numbers if number % 5 or number < 5] == []


@given(LARGE, st.randoms(use_true_random=False))
def test_a_table_read_in_another_order_hides_the_same(table: dict[int, tuple[int, int]], shuffler: Random) -> None:
    lines = list(table.items())
    shuffler.shuffle(lines)

    cells = published(dict(lines))

    assert list(cells.items()) == list(published(table).items())


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ({}, {}),
        ({"a": (4, 1)}, {}),
        ({"a": (40, 10)}, {}),
        ({"a": (40, 10), "b": (0, 0)}, {}),
        ({"a": (1, 0), "b": (4, 0)}, {}),
        ({"a": (40, 10), "b": (31, 6)}, {"a": Cell(40, 10), "b": Cell(30, 5)}),
        ({"a": (40, 10), "b": (30, 3)}, {"a": Cell(40, None), "b": Cell(30, None)}),
        ({"a": (40, 10), "b": (30, 3), "c": (20, 6)}, {"a": Cell(40, 10), "b": Cell(30, None), "c": Cell(20, None)}),
        ({"a": (40, 37), "b": (30, 10), "c": (20, 6)}, {"a": Cell(40, None), "b": Cell(30, 10), "c": Cell(20, None)}),
        ({"a": (40, 10), "b": (4, 0), "c": (20, 6)}, {"a": Cell(40, 10)}),
        ({"a": (40, 10), "b": (4, 2), "c": (20, 6), "d": (21, 9)}, {"a": Cell(40, 10), "d": Cell(20, 10)}),
        ({"a": (40, 2), "b": (3, 0), "c": (20, 1)}, {"a": Cell(40, None)}),
    ],
)
def test_what_is_published(table: dict[str, tuple[int, int]], cells: dict[str, Cell]) -> None:
    assert published(table) == cells


@pytest.mark.parametrize(("number", "read"), [(0, 0), (5, 5), (7, 5), (8, 10), (598, 600)])
def test_numbers_are_rounded_to_five(number: int, read: int) -> None:
    assert rounded(number) == read


@pytest.mark.parametrize(("number", "read"), [(0, None), (4, None), (5, 5), (8, 10)])
def test_fewer_than_five_are_not_told(number: int, read: int | None) -> None:
    assert told(number) == read


def test_a_share_is_of_the_numbers_told() -> None:
    assert share(Cell(600, 120)) == 0.2
    assert share(Cell(600, None)) is None


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 30), max_size=8))
def test_hidden_groups_are_never_one_nor_fewer_than_five_people_unless_all_are(counts: dict[int, int]) -> None:
    silent = hidden(counts)

    people = sum(counts[group] for group in silent)
    assert {group for group, count in counts.items() if count < K} <= silent
    assert not silent or silent == counts.keys() or (len(silent) > 1 and people >= K)
