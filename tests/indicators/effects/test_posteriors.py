"""What is believed of a lever lies between what was known and what was seen here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.indicators.effects.posteriors import BETWEEN, PRIORS, Prior, between_uses, posterior
from tests.indicators.effects.made import told

PRIOR = st.builds(Prior, st.floats(-0.1, 0.1), st.floats(0.01, 0.1))


def test_nothing_tried_leaves_the_prior() -> None:
    for prior in PRIORS.values():
        found = posterior(prior, [])

        assert (found.mean, found.sd, found.uses) == pytest.approx((prior.mean, prior.sd, 0))


def test_better_evidence_expects_more_and_none_excludes_harm() -> None:
    grades = [PRIORS[grade] for grade in "ABC"]

    assert grades[0].mean > grades[1].mean > grades[2].mean == 0
    assert all(posterior(grade, []).low80 < 0 for grade in grades)


def test_one_use_by_hand() -> None:
    found = posterior(Prior(0.0, 0.03), [told(0.10, 0.04)])

    # weights: 1/0.0009 = 1111.1 for the prior, 1/(0.0016 + 0.0004) = 500 for the use
    assert found.mean == pytest.approx(0.10 * 500 / 1611.1, rel=1e-3)
    assert found.sd == pytest.approx(1611.1**-0.5, rel=1e-3)
    assert (found.low80, found.high80) == pytest.approx((found.mean - 1.2816 * found.sd, found.mean + 1.2816 * found.sd), abs=1e-5)


def test_what_is_not_attributable_teaches_nothing() -> None:
    found = posterior(PRIORS["B"], [told(0.30, 0.01, "not_attributable")])

    assert (found.mean, found.uses) == (pytest.approx(PRIORS["B"].mean), 0)


@given(PRIOR, st.lists(st.tuples(st.floats(-0.4, 0.4), st.floats(0.005, 0.2)), min_size=1, max_size=8))
def test_it_lies_between_and_is_surer_than_the_prior(prior: Prior, seen: list[tuple[float, float]]) -> None:
    found = posterior(prior, [told(*one) for one in seen])

    reached = [prior.mean, *(effect for effect, _se in seen)]
    assert min(reached) - 1e-9 <= found.mean <= max(reached) + 1e-9
    assert found.sd < prior.sd
    assert found.uses == len(seen)


@given(PRIOR, st.floats(-0.4, 0.4), st.floats(0.005, 0.1), st.floats(1.1, 3))
def test_a_less_sure_use_moves_it_less(prior: Prior, effect: float, se: float, times: float) -> None:
    sure, unsure = posterior(prior, [told(effect, se)]), posterior(prior, [told(effect, se * times)])

    assert abs(unsure.mean - prior.mean) <= abs(sure.mean - prior.mean) + 1e-12
    assert unsure.sd > sure.sd


def test_uses_tell_how_much_they_vary_once_they_are_five() -> None:
    same, apart = [(0.05, 0.0004)] * 5, [(effect, 0.0004) for effect in (-0.1, 0.0, 0.05, 0.1, 0.2)]

    assert between_uses(apart[:4]) == BETWEEN**2
    assert between_uses(same) == BETWEEN**2 / 4
    # equal weights: the variance of the effects (0.0125) less that of their noise (0.0004)
    assert between_uses(apart) == pytest.approx(0.0125 - 0.0004)
