"""The simulation behind docs/effects.md: its communities are what they say, and it measures the very estimates that are shown."""

from __future__ import annotations

import numpy as np
import pytest

from bench.communities import AUGUST, World, communities, team_sizes
from bench.effects import HALFWAY, announced_in, cases, cells_of, found_in, line, misused, tables, tally
from relais.indicators.effects.designs import Design
from relais.indicators.effects.detectable import detectable
from relais.indicators.effects.estimates import estimate

EVERY = [*cases(100), *misused(100)]


@pytest.mark.parametrize("people", [100, 500, 3000])
def test_teams_are_of_twelve_to_twenty_eight(people: int) -> None:
    sizes = team_sizes(people)

    assert (sizes.sum(), len(sizes)) == (people, people // 20)
    assert 12 <= sizes.min() < sizes.max() <= 28


def test_shares_are_near_a_fifth_habits_last_and_august_is_low() -> None:
    crowd = communities(100, 300, seed=1)
    nobody = np.zeros((len(crowd.sizes), 24))

    did, shares = crowd.did(nobody, 0), crowd.shares(nobody, 0)

    ordinary, august = list(range(16)), list(AUGUST)
    assert shares[..., ordinary].mean() == pytest.approx(0.22, abs=0.02)
    assert shares[..., august].mean() < 0.17
    assert np.corrcoef(did[:, :, 3].ravel(), did[:, :, 4].ravel())[0, 1] > 0.3
    # variance of teams in a week beyond that of drawing people: an intraclass correlation around .05
    assert (crowd.usual[..., 3].var() / 0.17) == pytest.approx(0.06, abs=0.02)


def test_an_effect_is_that_many_points_where_it_has_begun() -> None:
    crowd = communities(500, 60, seed=2)
    begun = np.tile((np.arange(24) >= HALFWAY).astype(float), (len(crowd.sizes), 1))

    moved = crowd.shares(begun, 0.08) - crowd.shares(begun, 0)

    assert moved[..., :HALFWAY].any() == np.False_
    assert moved[..., HALFWAY:].mean() == pytest.approx(0.08, abs=0.003)


@pytest.mark.parametrize("case", [case for case in EVERY if case.design is not Design.MESSAGES], ids=lambda case: case.name)
def test_what_is_simulated_is_what_would_be_shown(case) -> None:  # type: ignore[no-untyped-def]
    crowd = communities(100, 2, seed=3)
    lived = cells_of(case, crowd, 1, 0.08)

    shown = estimate(case.design, lived, case.starts, set_aside=case.set_aside)
    announced = detectable(
        case.design,
        [cell for cell in cells_of(case, crowd, 1, 0) if cell.period < case.known],
        case.starts,
        24 - case.known,
        set_aside=case.set_aside,
    )

    simulated = list(found_in(case, crowd, 0.08))[1]
    assert shown is not None
    assert (simulated.effect, simulated.low, simulated.high80) == pytest.approx((shown.effect, shown.low, shown.high80))
    assert announced_in(case, crowd)[1] == (announced if announced is None else pytest.approx(announced))


def test_intervals_cover_and_nulls_are_seldom_gains() -> None:
    stepped = next(cases(100))

    found = tally(stepped, 100, 200)

    assert 0.9 <= found.coverage(0) <= 0.99
    assert 0.9 <= found.coverage(0.08) <= 0.99
    assert found.null <= 0.1
    assert found.null_in_ten <= found.null
    assert found.null < found.real_in_ten <= found.real
    assert 0.6 <= found.median / found.detected() <= 1.5


def test_the_tables_have_a_line_a_design_in_each_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.effects.OTHER_WORLDS", (World("loud", shock=0.3),))
    shown: list[str] = []

    tables([100], 20, shown.append)

    lines = [text for text in shown if text.startswith("| 100")]
    assert [text.split(" | ")[1] for text in lines] == [case.name for case in (*EVERY, *cases(100))]
    assert {text.count("|") for text in lines} == {16}
    assert [text.strip().split("\n")[0] for text in shown if not text.startswith("| 100")] == [
        "As it is done",
        "What one is tempted to do",
        "In another world: loud",
    ]


def test_before_and_after_announces_nothing() -> None:
    assert "| none |" in line(tally(list(misused(100))[1], 100, 20))
