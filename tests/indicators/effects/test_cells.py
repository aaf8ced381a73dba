"""Cells become tables of the teams that were there all along."""

from __future__ import annotations

import numpy as np

from relais.indicators.effects.cells import Cell, grid
from tests.indicators.effects.made import cells


def test_shares_stand_by_team_and_period_whatever_their_order() -> None:
    lived = cells({"b": [10, 20], "a": [30, 40]})

    table = grid(lived[::-1])

    assert (table.teams, table.periods, table.left_out, table.now) == (("a", "b"), (0, 1), 0, 200)
    assert table.shares.tolist() == [[0.3, 0.4], [0.1, 0.2]]


def test_two_counts_of_the_same_team_and_period_are_added() -> None:
    table = grid([Cell("a", 1, 10, 2), Cell("a", 1, 30, 8)])

    assert (table.now, table.shares.tolist()) == (40, [[0.25]])


def test_who_comes_or_goes_is_left_out_and_counted() -> None:
    table = grid([*cells({"a": [10, 20]}), Cell("came", 1, 20, 5), Cell("went", 0, 20, 5), Cell("went", 1, 0, 0)])

    assert (table.teams, table.left_out) == (("a",), 2)


def test_nobody_makes_an_empty_table() -> None:
    table = grid([])

    assert (table.teams, table.periods, table.left_out, table.now) == ((), (), 0, 0)
    assert np.size(table.shares) == 0
