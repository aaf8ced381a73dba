"""Scores against closed forms, and what may be told of them."""

from __future__ import annotations

import math
from statistics import fmean, stdev

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from relais.core.suppression import K
from relais.maturity.scores import (
    CUT_OFFS,
    STAGES,
    Estimate,
    alpha,
    difference,
    estimate,
    in_points,
    item_rest,
    person_score,
    points,
    stage,
    t_quantile,
)

SCORES = st.lists(st.floats(0, 100), min_size=5, max_size=60)


@pytest.mark.parametrize(("freedom", "quantile"), [(1.0, 12.706), (4, 2.776), (9, 2.262), (29, 2.045), (500, 1.965)])
def test_quantiles_are_those_of_the_tables(freedom: float, quantile: float) -> None:
    assert t_quantile(freedom) == pytest.approx(quantile, abs=0.001)


@given(st.integers(1, 5))
def test_a_reversed_item_says_the_contrary(answer: int) -> None:
    assert points(answer, False) + points(answer, True) == 100
    assert in_points([answer, None], [False, True]) == [(answer - 1) * 25, None]


@given(SCORES)
def test_the_interval_is_that_of_student_kept_within_the_scale(values: list[float]) -> None:
    found = estimate(values)

    assert found is not None
    half = t_quantile(len(values) - 1) * stdev(values) / math.sqrt(len(values))
    assert (found.n, found.mean) == (len(values), fmean(values))
    assert found.low == pytest.approx(max(0, fmean(values) - half))
    assert found.high == pytest.approx(min(100, fmean(values) + half))


@given(st.lists(st.floats(0, 100), max_size=K - 1))
def test_nothing_is_estimated_from_fewer_than_five(values: list[float]) -> None:
    assert estimate(values) is None


@given(SCORES, SCORES)
@example([0.0] * 5, [0.0] * 4 + [1.1708971644686598e-87])
def test_a_difference_turned_round_is_its_contrary(before: list[float], after: list[float]) -> None:
    one, other = estimate(before), estimate(after)
    assert one is not None
    assert other is not None

    there, back = difference(one, other), difference(other, one)

    assert (there.mean, there.low, there.high) == pytest.approx((-back.mean, -back.high, -back.low))
    assert there.low <= there.mean <= there.high
    assert there.is_told_from_chance == (not there.low <= 0 <= there.high)


def test_welch_is_that_of_the_books() -> None:
    one, other = Estimate(10, 50, 10, 0, 0), Estimate(20, 60, 20, 0, 0)

    found = difference(one, other)

    assert (round(found.mean, 2), round(found.low, 2), round(found.high, 2)) == (10, -1.22, 21.22)
    assert difference(Estimate(5, 40, 0, 40, 40), Estimate(5, 50, 0, 50, 50)).is_told_from_chance


def test_alpha_of_items_that_say_the_same_is_one_and_of_noise_is_low() -> None:
    same = [[float(n % 5), float(n % 5), float(n % 5)] for n in range(40)]
    noise = [[float(n % 5), float(n // 5 % 5), float(n * 7 % 11)] for n in range(40)]

    assert alpha(same) == pytest.approx(1)
    assert alpha(noise) == pytest.approx(0, abs=0.35)
    assert item_rest(same) == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(
    "sheets",
    [
        [[1.0, 2.0]] * 29,
        [[1.0, None]] * 40,
        [[3.0, 3.0]] * 40,
        [[float(n % 5)] for n in range(40)],
        [],
    ],
    ids=["too few", "none whole", "nothing varies", "one item", "nobody"],
)
def test_alpha_and_correlations_are_not_told_when_they_mean_nothing(sheets: list[list[float | None]]) -> None:
    assert alpha(sheets) is None
    assert set(item_rest(sheets)) <= {None}


@given(st.lists(st.none() | st.floats(0, 100), max_size=24))
def test_whoever_answers_nothing_has_no_score(given_answers: list[float | None]) -> None:
    known = [value for value in given_answers if value is not None]

    assert person_score(given_answers) == (fmean(known) if known else None)


@pytest.mark.parametrize("number", range(4))
def test_each_cut_begins_a_stage(number: int) -> None:
    start = (0, *CUT_OFFS)[number]

    assert (stage(start), stage(start + 24.9)) == (STAGES[number], STAGES[number])
