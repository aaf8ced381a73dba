"""Effects worked by hand, what no design may be moved by, and when nothing is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.indicators.effects.cells import Cell, Estimate
from relais.indicators.effects.designs import Design
from relais.indicators.effects.estimates import drifts_apart, estimate, estimate_messages, pre_trend
from tests.indicators.effects.made import COMMUNITIES, COMPARED, PERIODS, STARTS, STEPPED, TEAMS, cells

LIVED = {"a": [20, 40], "b": [30, 70], "c": [25, 25], "d": [30, 40]}
Community = dict[str, list[int]]


def numbers(found: Estimate | None) -> list[float]:
    assert found is not None
    return [found.effect, found.se, found.low, found.high, found.low80, found.high80, found.freedom]


def test_two_teams_that_started_against_two_that_did_not_are_student_on_their_changes() -> None:
    found = estimate(Design.DIFFERENCES, cells(LIVED), {"a": 1, "b": 1})

    # changes of 20 and 40 points, against 0 and 10: 30 − 5; pooled variance (200 + 50) / 2 = 125 points²; two degrees of freedom
    se = sqrt(0.0125 * (1 / 2 + 1 / 2))
    assert numbers(found)[:2] == pytest.approx([0.25, se])
    assert numbers(found)[2:] == pytest.approx(
        [0.25 - 4.30265 * se, 0.25 + 4.30265 * se, 0.25 - 1.88562 * se, 0.25 + 1.88562 * se, 2], abs=1e-5
    )
    assert found is not None
    assert (found.teams, found.people, found.periods, found.notes) == (4, 400, 2, ("few_teams",))


def test_two_messages_are_compared_as_agresti_and_caffo_do() -> None:
    found = estimate_messages(10, 2, 10, 6)

    # 3/12 and 7/12 once one who did and one who did not are added to each
    se = sqrt((3 * 9 + 7 * 5) / 12**3)
    assert numbers(found)[:4] == pytest.approx([0.4, se, 4 / 12 - 1.95996 * se, 4 / 12 + 1.95996 * se], abs=1e-5)
    assert numbers(estimate(Design.MESSAGES, [Cell("usual", 3, 10, 2), Cell("new", 3, 10, 6)], {"new": 3})) == numbers(found)


def test_a_message_sent_to_fewer_than_ten_says_nothing() -> None:
    assert estimate_messages(9, 2, 100, 60) is None


def test_before_and_after_is_told_and_not_attributed() -> None:
    found = estimate(Design.BEFORE_AFTER, cells(LIVED), dict.fromkeys(LIVED, 1))

    # changes of 20, 40, 0 and 10 points: mean 17.5, sd 17.08
    assert numbers(found)[:2] == pytest.approx([0.175, 0.170783 / 2], abs=1e-5)
    assert found is not None
    assert found.notes == ("not_attributable",)


@pytest.mark.parametrize("starts", [{}, {"a": 1, "b": 1, "c": 1}, dict.fromkeys(LIVED, 0), dict.fromkeys(LIVED, 2)])
def test_before_and_after_needs_both_for_four_teams(starts: Mapping[str, int]) -> None:
    assert estimate(Design.BEFORE_AFTER, cells(LIVED), starts) is None


SERIES = [10, 13, 11, 14, 13, 20, 19, 22, 21]


def test_a_short_series_is_ordinary_least_squares_with_a_wider_interval() -> None:
    found = estimate(Design.INTERRUPTED, cells({"all": SERIES}), {"all": 5})

    time = np.arange(9)
    design = np.column_stack([np.ones(9), time, time >= 5])
    solved, rest, _rank, _values = np.linalg.lstsq(design, np.array(SERIES) / 100)
    plain = sqrt(rest[0] / 6 * np.linalg.inv(design.T @ design)[2, 2])
    assert found is not None
    assert found.effect == pytest.approx(solved[2])
    assert found.se > plain
    assert (found.freedom, found.notes) == (6, ("short_series",))


def test_a_step_on_a_straight_line_is_found_whatever_the_correlation() -> None:
    line = [10 + period + (7 if period >= 9 else 0) for period in range(18)]

    found = estimate(Design.INTERRUPTED, cells({"all": line}), {"all": 9})

    assert numbers(found)[:2] == pytest.approx([0.07, 0], abs=1e-5)
    assert found is not None
    assert found.notes == ()


def test_a_period_set_aside_moves_nothing_in_a_series() -> None:
    line = [10 + period for period in range(18)]
    august = [*line[:12], 0, 2, *line[14:]]

    found = estimate(Design.INTERRUPTED, cells({"all": august}), {"all": 9}, set_aside=(12, 13))

    assert numbers(found)[:2] == pytest.approx([0, 0], abs=1e-5)
    assert found is not None
    assert found.periods == 16


@pytest.mark.parametrize(("start", "length"), [(3, 12), (9, 11)])
def test_a_series_needs_four_periods_before_and_three_after(start: int, length: int) -> None:
    assert estimate(Design.INTERRUPTED, cells({"all": [10] * length}), {"all": start}) is None


def test_a_series_of_nobody_says_nothing() -> None:
    assert estimate(Design.INTERRUPTED, cells({"all": SERIES}), {}) is None
    assert estimate(Design.INTERRUPTED, [], {"all": 5}) is None


@pytest.mark.parametrize(
    ("teams", "starts"),
    [
        ("abc", {"a": 1, "b": 1}),  # three teams
        ("abcd", {"a": 1}),  # one alone started
        ("abcd", {"a": 1, "b": 1, "c": 1}),  # one alone did not
        ("abcd", dict.fromkeys("abcd", 1)),  # all together
        ("abcd", {"a": 0, "b": 0}),  # nothing before
        ("abcd", {}),
        ("", {"a": 1}),
    ],
)
@pytest.mark.parametrize("design", [Design.STEPPED, Design.DIFFERENCES])
def test_teams_that_cannot_be_compared_say_nothing(design: Design, teams: str, starts: Mapping[str, int]) -> None:
    assert estimate(design, cells({team: LIVED[team] for team in teams}), starts) is None


def test_a_team_without_people_in_a_period_is_left_out_and_said() -> None:
    lived = [*cells(LIVED), Cell("e", 0, 5, 1), Cell("e", 1, 0, 0)]

    found = estimate(Design.DIFFERENCES, lived, {"a": 1, "b": 1})

    assert found is not None
    assert (found.teams, found.notes) == (4, ("few_teams", "teams_left_out"))
    assert numbers(found) == numbers(estimate(Design.DIFFERENCES, cells(LIVED), {"a": 1, "b": 1}))


@settings(max_examples=40)
@given(COMMUNITIES, st.sampled_from(COMPARED), st.integers(0, PERIODS - 1), st.integers(-20, 40))
def test_what_happens_to_everybody_in_a_period_moves_no_comparison(
    lived: Community, how: tuple[Design, dict[str, int]], period: int, shift: int
) -> None:
    moved = [replace(cell, marked=cell.marked + shift * (cell.period == period)) for cell in cells(lived)]

    assert numbers(estimate(how[0], moved, how[1])) == pytest.approx(numbers(estimate(how[0], cells(lived), how[1])), abs=1e-6)


@settings(max_examples=40)
@given(COMMUNITIES, st.sampled_from(COMPARED), st.sampled_from(TEAMS), st.integers(-20, 40))
def test_what_a_team_is_always_like_moves_no_comparison(
    lived: Community, how: tuple[Design, dict[str, int]], team: str, shift: int
) -> None:
    moved = [replace(cell, marked=cell.marked + shift * (cell.team == team)) for cell in cells(lived)]

    assert numbers(estimate(how[0], moved, how[1])) == pytest.approx(numbers(estimate(how[0], cells(lived), how[1])), abs=1e-6)


@settings(max_examples=40)
@given(COMMUNITIES, st.sampled_from(COMPARED), st.permutations(TEAMS))
def test_names_of_teams_say_nothing(lived: Community, how: tuple[Design, dict[str, int]], names: Sequence[str]) -> None:
    called = dict(zip(TEAMS, names, strict=True))
    renamed = [replace(cell, team=called[cell.team]) for cell in cells(lived)]

    found = estimate(how[0], renamed, {called[team]: start for team, start in how[1].items()})

    assert numbers(found) == pytest.approx(numbers(estimate(how[0], cells(lived), how[1])), abs=1e-6)


@settings(max_examples=40)
@given(COMMUNITIES, st.sampled_from(COMPARED), st.integers(-20, 40))
def test_what_a_lever_adds_is_added_to_its_effect_and_nothing_else(
    lived: Community, how: tuple[Design, dict[str, int]], added: int
) -> None:
    design, starts = how
    moved = [replace(cell, marked=cell.marked + added * (cell.period >= starts.get(cell.team, PERIODS))) for cell in cells(lived)]

    before, after = numbers(estimate(design, cells(lived), starts)), numbers(estimate(design, moved, starts))

    assert after[:2] == pytest.approx([before[0] + added / 100, before[1]], abs=1e-6)


DRIFTING = {
    team: [30 + period * (3 if team in STARTS else 0) + (place + period) % 2 for period in range(PERIODS)]
    for place, team in enumerate(TEAMS)
}


def test_teams_that_drifted_apart_before_are_shown_and_noted() -> None:
    gaps = pre_trend(cells(DRIFTING), STARTS)

    assert [period for period, _gap in gaps] == [0, 1, 2, 3]
    assert [gap for _period, gap in gaps] == pytest.approx([-1 / 300, 10 / 300, 17 / 300, 28 / 300])
    found = estimate(Design.DIFFERENCES, cells(DRIFTING), STARTS)
    assert found is not None
    assert found.notes == ("few_teams", "pre_trend", "placebo_moved")


def test_no_picture_is_drawn_without_two_sides() -> None:
    assert pre_trend(cells(DRIFTING), {}) == []
    assert pre_trend(cells(DRIFTING), dict.fromkeys(TEAMS, 4)) == []
    assert not drifts_apart(cells(DRIFTING), {"ash": 4})


STEADY = {team: [20 + 5 * place + (period * (place + 1)) % 3 for period in range(PERIODS)] for place, team in enumerate(TEAMS)}


@pytest.mark.parametrize(("design", "starts"), [(Design.DIFFERENCES, STARTS), (Design.STEPPED, {**STEPPED, "ash": 4, "birch": 5})])
def test_a_date_at_which_nothing_happened_shows_nothing(design: Design, starts: dict[str, int]) -> None:
    starts = {team: max(start, 4) for team, start in starts.items()}

    found = estimate(design, cells(STEADY), starts, placebo=True)

    assert found is not None
    assert found.low < 0 < found.high
    assert found.periods == 4


def test_a_placebo_of_a_series_is_halfway_before() -> None:
    line = [10 + period + (30 if period >= 8 else 0) for period in range(12)]

    found = estimate(Design.INTERRUPTED, cells({"all": line}), {"all": 8}, placebo=True)

    assert found is not None
    assert (found.periods, round(found.effect, 6)) == (8, 0)


def test_without_a_before_there_is_no_placebo() -> None:
    assert estimate(Design.DIFFERENCES, cells(LIVED), {"a": 0, "b": 0}, placebo=True) is None
    assert estimate(Design.DIFFERENCES, cells(LIVED), {}, placebo=True) is None


@given(st.integers(10, 400), st.integers(10, 400), st.data())
def test_messages_turned_round_have_the_contrary_effect(sent_a: int, sent_b: int, data: st.DataObject) -> None:
    did_a, did_b = data.draw(st.integers(0, sent_a)), data.draw(st.integers(0, sent_b))

    there, back = estimate_messages(sent_a, did_a, sent_b, did_b), estimate_messages(sent_b, did_b, sent_a, did_a)

    assert there is not None
    assert back is not None
    assert (there.effect, there.low, there.high) == pytest.approx((-back.effect, -back.high, -back.low))
    assert -1 <= there.low <= there.low80 <= there.effect + there.se <= 1 + there.se
