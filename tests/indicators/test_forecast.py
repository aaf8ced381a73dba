"""The forecast: a band that holds its middle, is the same for the same history, widens, and says nothing too early."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.indicators.forecast import Forecast, Month, forecast


def made_of(shares: list[float | None], people: int = 600, horizon: int = 6) -> Forecast:
    found = forecast([Month(people, None if share is None else round(share * people)) for share in shares], horizon)
    assert found is not None
    return found


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=3, max_size=30).filter(lambda each: sum(x is not None for x in each) >= 3),
    st.integers(5, 5_000),
)
def test_band_holds_its_middle_and_stays_a_share(shares: list[float | None], people: int) -> None:
    found = made_of(shares, people)

    assert all(0 <= low <= middle <= high <= 1 for low, middle, high in zip(found.low, found.middle, found.high, strict=True))
    assert found == made_of(shares, people)


def test_band_widens_with_time() -> None:
    found = made_of([0.02, 0.05, 0.08, 0.11, 0.15])

    widths = [high - low for low, high in zip(found.low, found.high, strict=True)]
    assert widths == sorted(widths)


def test_a_plateau_is_expected_to_last_and_a_rise_to_go_on() -> None:
    still, rising = made_of([0.2] * 12), made_of([0.02, 0.03, 0.05, 0.07, 0.1, 0.13, 0.16, 0.19])

    assert still.middle[-1] == pytest.approx(0.2, abs=0.02)
    assert rising.middle[-1] > 0.23


def test_more_people_make_a_narrower_band() -> None:
    shares: list[float | None] = [0.1, 0.12, 0.14, 0.16]
    few, many = made_of(shares, 100), made_of(shares, 3_000)

    assert many.high[0] - many.low[0] < few.high[0] - few.low[0]


def test_a_month_that_is_not_told_is_bridged_and_the_forecast_starts_after_the_last_one() -> None:
    gap, late = made_of([0.1, None, 0.14, 0.16]), made_of([0.1, 0.12, 0.14, 0.16, None])

    assert (gap.known, late.known, len(late.middle)) == (3, 4, 6)
    assert late.middle[0] > 0.16


def test_a_last_month_without_people_does_not_flatten_the_band() -> None:
    known = [Month(600, marked) for marked in (60, 72, 84, 96)]

    hidden, told = forecast([*known, Month(0, None)], 3), forecast([*known, Month(600, None)], 3)

    assert hidden is not None
    assert hidden == told
    assert hidden.low[0] < hidden.middle[0] < hidden.high[0]


@pytest.mark.parametrize("shares", [[], [0.1, 0.2], [0.1, None, None, 0.2]])
def test_nothing_is_said_of_fewer_than_three_months(shares: list[float | None]) -> None:
    assert forecast([Month(600, None if share is None else round(600 * share)) for share in shares], 6) is None


def test_nothing_is_said_of_no_time_ahead() -> None:
    assert forecast([Month(600, 60)] * 6, 0) is None


def test_bounds_are_those_of_whole_people() -> None:
    found = made_of([0.2, 0.2, 0.2, 0.2], people=20)

    assert all(round(bound * 20, 6) == round(bound * 20) for bound in found.low + found.high)
