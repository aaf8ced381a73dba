"""What could be seen, said before: by hand where it can be, and for every reason that nothing can."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from relais.indicators.effects import panel
from relais.indicators.effects.cells import Cell
from relais.indicators.effects.designs import Design
from relais.indicators.effects.detectable import detectable, needed, noise_of
from tests.indicators.effects.made import COMMUNITIES, COMPARED, STARTS, TEAMS, cells

LIVED = {team: [20 + (place * period) % 5 + 3 * (period % 2) for period in range(4)] for place, team in enumerate(TEAMS, 1)}
WILD = {team: [0, 99, 0, 99] if place % 2 else [99, 0, 99, 0] for place, team in enumerate(TEAMS)}
LINE = {"all": [20, 23, 19, 25, 22, 26, 24, 28]}


def test_normal_tests_need_two_point_eight_errors_and_small_ones_more() -> None:
    assert needed(float("inf"), 0.8, 0.05) == pytest.approx(1.96 + 0.8416, abs=1e-3)
    assert needed(3, 0.8, 0.05) > needed(10, 0.8, 0.05) > 2.8
    assert stats.nct.sf(stats.t.ppf(0.975, 5), 5, needed(5, 0.8, 0.05)) == pytest.approx(0.8)


def test_two_messages_by_hand() -> None:
    found = detectable(Design.MESSAGES, [Cell("a", 0, 100, 90), Cell("a", 1, 100, 20), Cell("b", 1, 100, 20)], {}, 1)

    assert found is not None
    # 20% of 200 people in the last period both tell: 100 a message, and the effect is its own errors away
    reached = 0.2 + found
    assert found == pytest.approx(2.8016 * sqrt((0.2 * 0.8 + reached * (1 - reached)) / 100), abs=1e-4)


@settings(max_examples=40)
@given(COMMUNITIES, st.sampled_from(COMPARED))
def test_more_is_needed_to_be_surer(lived: dict[str, list[int]], how: tuple[Design, dict[str, int]]) -> None:
    design, starts = how
    before = [cell for cell in cells(lived) if cell.period < 4]
    starts = {team: start + 4 for team, start in starts.items()}

    asked = [detectable(design, before, starts, 12, power=power, level=level) for power, level in ((0.5, 0.2), (0.8, 0.05), (0.95, 0.01))]

    known = [effect if effect is not None else float("inf") for effect in asked]
    assert known == sorted(known)


@settings(max_examples=40)
@given(COMMUNITIES, st.integers(-10, 20))
def test_what_every_team_shares_is_no_noise(lived: dict[str, list[int]], shift: int) -> None:
    shares = np.array([lived[team] for team in TEAMS]) / 100
    moved = shares + shift / 100 * (np.arange(shares.shape[1]) % 2) + np.arange(len(TEAMS))[:, None]

    assert noise_of(moved, 12) == pytest.approx(noise_of(shares, 12), abs=1e-9)


def test_the_noise_drawn_is_the_noise_found() -> None:
    truth = 0.5 * np.eye(20) + panel.fading(20, 0.6)
    drawn = np.random.default_rng(4).standard_normal((3000, 20)) @ np.linalg.cholesky(truth).T

    found = noise_of(drawn, 30)

    assert found[:20, :20] == pytest.approx(truth, abs=0.08)
    assert found.shape == (30, 30)


def test_more_periods_after_detect_less_far_effects() -> None:
    found = [detectable(Design.DIFFERENCES, cells(LIVED), STARTS, after) for after in (2, 8, 24)]

    assert None not in found
    assert found == sorted(found, key=lambda effect: -(effect or 0))


def test_a_series_with_a_longer_future_detects_more_and_without_its_august_too() -> None:
    short, long = (detectable(Design.INTERRUPTED, cells(LINE), {"all": 8}, after) for after in (4, 12))
    august = cells({"all": [20, 23, 3, 2, 19, 25, 22, 26, 24, 28]})

    assert short is not None
    assert long is not None
    assert long < short
    left, aside = (detectable(Design.INTERRUPTED, august, {"all": 10}, 12, set_aside=weeks) for weeks in ((), (2, 3)))
    assert aside is not None
    assert left is None or left > aside


@pytest.mark.parametrize(
    ("design", "before", "starts", "after"),
    [
        (Design.BEFORE_AFTER, LIVED, STARTS, 4),
        (Design.DIFFERENCES, {}, STARTS, 4),
        (Design.DIFFERENCES, {team: counts[:2] for team, counts in LIVED.items()}, STARTS, 4),
        (Design.DIFFERENCES, dict(list(LIVED.items())[:3]), {"ash": 4, "birch": 4}, 4),
        (Design.DIFFERENCES, LIVED, {"ash": 4}, 4),
        (Design.DIFFERENCES, LIVED, STARTS, 0),
        (Design.DIFFERENCES, {team: [20, 20, 20] for team in TEAMS}, STARTS, 4),  # nothing ever moves: there is no noise to learn from
        (Design.STEPPED, WILD, {"ash": 4, "hazel": 5, "elm": 5}, 4),
        (Design.INTERRUPTED, {"all": [20, 23, 19]}, {"all": 3}, 8),
        (Design.INTERRUPTED, LINE, {"all": 8}, 2),
        (Design.INTERRUPTED, LINE, {}, 8),
        (Design.MESSAGES, {"all": [2]}, {}, 1),
        (Design.MESSAGES, {}, {}, 1),
    ],
)
def test_what_could_not_be_seen_is_not_announced(
    design: Design, before: Mapping[str, list[int]], starts: Mapping[str, int], after: int
) -> None:
    people = 10 if design is Design.MESSAGES else 100

    assert detectable(design, cells(before, people), starts, after) is None
