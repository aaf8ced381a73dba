"""Goals: what can be reached from here, and the nearest when one asks for more."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.indicators.forecast import Forecast
from relais.indicators.goals import LONGEST, Start, alert, growth_of, judge, path_to, scenarios

STARTS = st.builds(
    Start,
    share=st.floats(0, 0.6),
    people=st.integers(20, 5_000),
    stage=st.sampled_from([None, 0, 1, 2, 3]),
    hours=st.one_of(st.none(), st.floats(0, 200)),
    growth=st.one_of(st.none(), st.floats(-0.3, 0.5)),
)
MONTHS = st.integers(1, LONGEST)


@settings(max_examples=30, deadline=None)
@given(STARTS, MONTHS)
def test_scenarios_rise_from_the_start_and_keep_their_order(start: Start, months: int) -> None:
    prudent, target, ambitious = scenarios(start, months)

    assert start.share - 0.001 <= prudent.value <= target.value <= ambitious.value < 1
    for scenario in (prudent, target, ambitious):
        assert len(scenario.path) == months
        assert scenario.path == sorted(scenario.path)


@settings(max_examples=30, deadline=None)
@given(STARTS, MONTHS, st.floats(0.01, 0.99))
def test_what_is_refused_says_what_is_not(start: Start, months: int, value: float) -> None:
    judged = judge(start, value, months)

    assert judge(start, judged.nearest, months).attainable
    assert judged.attainable == (judged.months is not None and judged.months <= months)
    if judged.months:
        assert judge(start, value, judged.months).attainable


def test_the_reference_path_is_within_reach_and_half_of_everybody_in_a_year_is_not() -> None:
    start = Start(0.04, 600, stage=2, hours=15)

    assert judge(start, 0.292, 12).attainable
    assert not judge(start, 0.60, 12).attainable


def test_more_hours_and_a_riper_house_reach_further() -> None:
    reach = [scenarios(Start(0.05, 600, stage=stage, hours=hours), 12)[1].value for stage, hours in ((0, 0.0), (0, 15.0), (3, 15.0))]

    assert reach == sorted(reach)
    assert reach[0] < reach[1] < reach[2]


def test_who_grew_faster_lately_may_ask_for_more() -> None:
    slow, fast = (judge(Start(0.1, 600, growth=growth), 0.9, 12).nearest for growth in (0.0, 0.25))

    assert slow < fast


@pytest.mark.parametrize(
    ("shares", "growth"),
    [
        ([], None),
        ([0.1], None),
        ([None, 0.1, None], None),
        ([0.1, 0.1], 0.0),
        ([0.5, None, 0.7310585786], 0.5),
        ([0.01, 0.2, 0.2, 0.2, 0.2], 0.0),
    ],
)
def test_growth_is_of_the_last_months_known(shares: list[float | None], growth: float | None) -> None:
    found = growth_of(shares)

    assert found == (None if growth is None else pytest.approx(growth, abs=1e-6))


def test_path_ends_on_the_goal_even_where_one_would_stay_or_go_down() -> None:
    rising, falling = path_to(Start(0.1, 600), 0.25, 12), path_to(Start(0.5, 600, stage=0, growth=0.0), 0.4, 4)

    assert (rising[-1], len(rising)) == (0.25, 12)
    assert rising == sorted(rising)
    assert (falling[-1], len(falling)) == (0.4, 4)


def test_a_perimeter_of_nobody_asks_no_hours() -> None:
    assert scenarios(Start(0.1, 0, hours=0), 6) == scenarios(Start(0.1, 0), 6)


@pytest.mark.parametrize(("value", "said"), [(0.5, "below"), (0.1, "above"), (0.3, None)])
def test_alert_tells_a_band_that_leaves_the_goal(value: float, said: str | None) -> None:
    made = Forecast(low=[0.1, 0.2], middle=[0.2, 0.3], high=[0.3, 0.4], known=6)

    assert alert(made, value, 2) == said
