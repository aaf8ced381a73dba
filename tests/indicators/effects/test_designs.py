"""An order drawn at random is one that anybody can draw again."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from relais.indicators.effects.designs import draw_order

TEAMS = st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=30, unique=True)


@given(TEAMS, st.integers(0, 2**32), st.integers(0, 20), st.integers(1, 4))
def test_each_team_has_its_own_period_a_step_apart(teams: list[str], seed: int, first: int, step: int) -> None:
    order = draw_order(teams, seed=seed, first=first, step=step)

    assert set(order) == set(teams)
    assert sorted(order.values()) == [first + step * place for place in range(len(teams))]


@given(TEAMS, st.integers(0, 2**32))
def test_the_seed_alone_says_the_order(teams: list[str], seed: int) -> None:
    order = draw_order(teams, seed=seed, first=1, step=1)

    assert draw_order(teams[::-1], seed=seed, first=1, step=1) == order


@given(TEAMS, st.integers(1, 8))
def test_waves_are_of_even_sizes(teams: list[str], waves: int) -> None:
    sizes = Counter(draw_order(teams, seed=1, first=3, step=2, waves=waves).values())

    assert sorted(sizes) == [3 + 2 * wave for wave in range(min(waves, len(teams)))]
    assert max(sizes.values()) - min(sizes.values()) <= 1


def test_every_team_comes_first_about_as_often() -> None:
    firsts = Counter(
        min(order, key=order.__getitem__) for order in (draw_order("abcde", seed=seed, first=0, step=1) for seed in range(1000))
    )

    assert all(150 < firsts[team] < 250 for team in "abcde")
