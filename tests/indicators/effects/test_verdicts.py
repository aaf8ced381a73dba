"""Four phrases, and what keeps chance from being called a gain."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.indicators.effects.cells import Estimate
from relais.indicators.effects.verdicts import Verdict, shrunk, verdict, verdicts
from tests.indicators.effects.made import told

EFFECTS = st.lists(st.tuples(st.floats(-0.5, 0.5), st.floats(0.001, 0.3)), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("estimate", "detectable", "said"),
    [
        (told(0.10, 0.04), 0.12, Verdict.PROBABLE_GAIN),
        (told(-0.10, 0.04), 0.12, Verdict.PROBABLE_LOSS),
        (told(0.05, 0.04), 0.10, Verdict.UNCLEAR),  # its 80% interval covers 0
        (told(0.055, 0.04), 0.12, Verdict.UNCLEAR),  # it does not, and the effect is below half of what could be detected
        (told(0.10, 0.04, "pre_trend"), 0.12, Verdict.UNCLEAR),
        (told(0.10, 0.04, "placebo_moved"), 0.12, Verdict.UNCLEAR),
        (told(0.10, 0.04, "few_teams"), 0.12, Verdict.PROBABLE_GAIN),
        (told(0.10, 0.04, "not_attributable"), 0.12, Verdict.NOT_MEASURABLE),
        (told(0.10, 0.04), None, Verdict.NOT_MEASURABLE),
        (None, 0.12, Verdict.NOT_MEASURABLE),
    ],
)
def test_what_is_said(estimate: Estimate | None, detectable: float | None, said: Verdict) -> None:
    assert verdict(estimate, detectable) is said


def test_a_lever_alone_is_not_shrunk() -> None:
    alone = told(0.10, 0.04)

    assert shrunk([alone]) == [alone]
    assert verdicts([(alone, 0.12), (None, 0.12)]) == [Verdict.PROBABLE_GAIN, Verdict.NOT_MEASURABLE]


def test_one_lucky_lever_among_ten_is_no_gain() -> None:
    lucky, others = told(0.06, 0.04), [told(0.01 * sign, 0.04) for sign in (1, -1, 2, -2, 1, -1, 2, -2, 1)]

    said = verdicts([(one, 0.11) for one in (lucky, *others)])

    assert verdict(lucky, 0.11) is Verdict.PROBABLE_GAIN
    assert set(said) == {Verdict.UNCLEAR}


def test_one_real_lever_among_ten_remains_a_gain() -> None:
    real, others = told(0.12, 0.04), [told(0.025 * sign, 0.04) for sign in (1, -1, 2, -2, 1, -1, 2, -2, 1)]

    said = verdicts([(one, 0.11) for one in (real, *others)])

    assert said == [Verdict.PROBABLE_GAIN, *[Verdict.UNCLEAR] * 9]


def test_what_cannot_be_attributed_does_not_help_the_others() -> None:
    lever, moved = told(0.06, 0.04), told(0.5, 0.01, "not_attributable")

    assert verdicts([(lever, 0.11), (moved, None)]) == [Verdict.PROBABLE_GAIN, Verdict.NOT_MEASURABLE]


def test_shrinking_by_hand() -> None:
    first, second = shrunk([told(0.10, 0.05), told(0.0, 0.05)])

    # τ² = (0.01 + 0 − 2 × 0.0025) / 2 = 0.0025: factor one half
    assert (first.effect, first.se) == pytest.approx((0.05, 0.05 / 2**0.5))
    assert (first.low, first.high) == pytest.approx((0.05 - 1.96 * 0.05 / 2**0.5, 0.05 + 1.96 * 0.05 / 2**0.5))
    assert (second.effect, second.se) == pytest.approx((0.0, 0.05 / 2**0.5))


def test_levers_that_are_all_exactly_nothing_stay_nothing() -> None:
    assert [one.effect for one in shrunk([told(0, 0), told(0, 0)])] == [0, 0]


@given(EFFECTS)
def test_shrinking_turns_no_effect_round_and_widens_none(found: list[tuple[float, float]]) -> None:
    levers = [told(*one) for one in found]

    for before, after in zip(levers, shrunk(levers), strict=True):
        assert abs(after.effect) <= abs(before.effect) + 1e-12
        assert after.effect * before.effect >= 0
        assert after.high - after.low <= before.high - before.low + 1e-12
        assert all(np.isfinite([after.effect, after.se, after.low, after.high]))
        assert astuple(after)[6:] == astuple(before)[6:]


def test_levers_without_any_effect_are_seldom_called_gains() -> None:
    chance = np.random.default_rng(3)

    said = [verdicts([(told(float(one), 0.04), 0.112) for one in chance.normal(0, 0.04, 3)]) for _community in range(500)]

    assert sum(row.count(Verdict.PROBABLE_GAIN) for row in said) / 1500 < 0.08
