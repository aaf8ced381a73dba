"""One series: the regression it is when the correlation is known, and what is made of not knowing it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.regression.linear_model import GLS

from relais.indicators.effects import interrupted
from relais.indicators.effects.interrupted import CORRELATIONS, SHORT
from relais.indicators.effects.panel import fading

WEEKS = tuple(range(24))
SERIES = st.lists(st.floats(0, 1), min_size=24, max_size=24).map(np.array)


def drawn(correlation: float, count: int, seed: int) -> interrupted.Floats:
    noise = np.random.default_rng(seed).standard_normal((count, len(WEEKS)))
    return noise @ np.linalg.cholesky(fading(len(WEEKS), correlation)).T


@pytest.mark.parametrize("place", [0, 3, 8])
def test_with_a_known_correlation_it_is_generalised_least_squares(place: int) -> None:
    series = drawn(0.4, 1, seed=5)[0]

    by = interrupted.fit(WEEKS, 12)

    known = GLS(series, interrupted.model(WEEKS, 12), sigma=interrupted.pattern(WEEKS, CORRELATIONS[place])).fit()
    noise, _weight = interrupted.weighed(by, series)
    assert by.weights[place] @ series == pytest.approx(known.params[2])
    assert np.sqrt(noise[place] * by.variances[place]) == pytest.approx(known.bse[2])
    assert by.freedom == known.df_resid


def test_weeks_on_either_side_of_august_are_less_alike() -> None:
    alike = interrupted.pattern((3, 4, 9), 0.5)

    assert alike.tolist() == [[1, 0.5, 0.5**6], [0.5, 1, 0.5**5], [0.5**6, 0.5**5, 1]]


def test_the_correlation_that_was_drawn_weighs_more() -> None:
    by = interrupted.fit(WEEKS, None)

    calm, lasting = (interrupted.weighed(by, drawn(correlation, 400, seed=6))[1].mean(axis=0) for correlation in (0.0, 0.8))

    assert calm.sum() == pytest.approx(1)
    assert calm[:3].sum() > 0.5 > calm[-3:].sum()
    assert lasting @ CORRELATIONS > calm @ CORRELATIONS + 0.2


def test_too_short_a_series_tells_nothing_of_its_correlation() -> None:
    short = np.random.default_rng(7).random(SHORT - 1)

    _noise, weight = interrupted.weighed(interrupted.fit(tuple(range(SHORT - 1)), 5), short)

    assert weight == pytest.approx(np.full(len(CORRELATIONS), 1 / len(CORRELATIONS)))


@settings(max_examples=40)
@given(SERIES, st.floats(-1, 1), st.floats(-0.1, 0.1), st.floats(-0.5, 0.5))
def test_level_and_slope_move_nothing_and_a_step_moves_the_effect_by_itself(
    series: interrupted.Floats, level: float, slope: float, step: float
) -> None:
    by, time = interrupted.fit(WEEKS, 12), np.array(WEEKS)

    (before, error), (after, same) = (interrupted.effects(by, one) for one in (series, series + level + slope * time + step * (time >= 12)))

    assert after == pytest.approx(before + step, abs=1e-4)
    assert same == pytest.approx(error, abs=1e-4)


def test_many_series_at_once_are_each_alone() -> None:
    many, by = drawn(0.3, 3, seed=8), interrupted.fit(WEEKS, 12)

    effects, errors = interrupted.effects(by, many)

    assert [(float(effect), float(error)) for effect, error in zip(effects, errors, strict=True)] == [
        pytest.approx(tuple(map(float, interrupted.effects(by, one)))) for one in many
    ]
