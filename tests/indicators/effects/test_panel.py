"""The arithmetic of panels against regressions written otherwise, and its errors against noise that was drawn."""

from __future__ import annotations

import numpy as np
import pytest

from relais.indicators.effects import panel

TEAMS, PERIODS = 6, 7
BEGUN = np.array([[float(period >= 1 + team) for period in range(PERIODS)] for team in range(TEAMS)])


def test_a_stepped_order_is_the_weighted_regression_on_teams_and_periods() -> None:
    shares = np.random.default_rng(1).random((TEAMS, PERIODS))

    by = panel.plan(BEGUN)

    assert by is not None
    root = np.linalg.inv(np.linalg.cholesky(panel.fading(PERIODS, panel.WORKING)))
    columns = [np.eye(TEAMS)[:, [team]] * np.ones(PERIODS) for team in range(TEAMS)]
    columns += [np.ones((TEAMS, 1)) * np.eye(PERIODS)[[period]] for period in range(1, PERIODS)]
    design = np.column_stack([(column @ root.T).ravel() for column in [*columns, BEGUN]])
    solved = np.linalg.lstsq(design, (shares @ root.T).ravel())[0]
    assert panel.effects(by, shares)[0] == pytest.approx(solved[-1])


def test_one_date_for_all_leaves_two_fewer_degrees_than_teams() -> None:
    by = panel.plan(np.array([[0, 0, 1, 1.0]] * 3 + [[0, 0, 0, 0.0]] * 4))

    assert by is not None
    assert by.freedom == pytest.approx(5)


def test_the_error_is_right_on_average_and_as_uncertain_as_its_degrees_of_freedom_say() -> None:
    by = panel.plan(BEGUN)
    noise = np.random.default_rng(2).standard_normal((20_000, TEAMS, PERIODS)) @ np.linalg.cholesky(panel.fading(PERIODS, 0.3)).T

    assert by is not None
    effects, errors = panel.effects(by, noise)

    variances = errors**2
    assert effects.mean() == pytest.approx(0, abs=0.02)
    assert variances.mean() == pytest.approx(effects.var(), rel=0.03)
    assert 2 * variances.mean() ** 2 / variances.var() == pytest.approx(by.freedom, rel=0.05)


@pytest.mark.parametrize("begun", [np.ones((2, 5)), np.ones((5, 1)), np.zeros((5, 5)), np.tile([0, 0, 1.0], (5, 1))])
def test_there_is_no_plan_without_a_comparison(begun: panel.Floats) -> None:
    assert panel.plan(begun) is None


def test_a_team_without_a_date_never_starts() -> None:
    begun = panel.started(("a", "b", "c"), (4, 5, 6), {"a": 5, "b": 9})

    assert begun.tolist() == [[0, 1, 1], [0, 0, 0], [0, 0, 0]]


def test_correlations_fade_with_distance() -> None:
    assert panel.fading(3, 0.5).tolist() == [[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]]
    assert panel.fading(2, 0).tolist() == [[1, 0], [0, 1]]


def test_many_communities_at_once_are_each_alone() -> None:
    many, by = np.random.default_rng(9).random((4, TEAMS, PERIODS)), panel.plan(BEGUN)

    assert by is not None
    effects, errors = panel.effects(by, many)

    alone = [panel.effects(by, one) for one in many]
    assert effects == pytest.approx([float(effect) for effect, _error in alone])
    assert errors == pytest.approx([float(error) for _effect, error in alone])
