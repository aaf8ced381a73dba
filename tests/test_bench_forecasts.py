"""The benches of forecasts: small, seeded, the same each time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from bench import forecasts, real_forecasts
from bench.simulated.communities import MONTHS, STORIES, engaged_shares
from relais.indicators.forecast import Month


def test_simulated_communities_live_every_story_and_stay_shares() -> None:
    dice = np.random.default_rng(5)

    lived = [engaged_shares(60, dice) for _ in range(40)]

    assert {story for story, _shares in lived} == set(STORIES)
    assert all(shares.shape == (MONTHS,) and 0 <= shares.min() <= shares.max() <= 1 for _story, shares in lived)


def test_band_holds_as_often_as_it_says_on_a_small_sample() -> None:
    trials = list(forecasts.trials(500, 20, seed=3))

    held = np.mean([low <= truth <= high for _horizon, truth, low, _middle, high, _said in trials])
    assert 0.65 <= held <= 0.95


def test_table_has_one_row_a_size_and_a_horizon() -> None:
    rows = forecasts.table(2)

    assert [row[:2] for row in rows] == [[f"{people:,}", str(ahead)] for people in forecasts.SIZES for ahead in forecasts.HORIZONS]
    assert forecasts.markdown(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def _posts(folder: Path, name: str, step: timedelta) -> None:
    rows = []
    for owner in range(1, 9):
        for number in range(4 * owner):
            day = date(2020, 1, 1) + step * number + timedelta(owner % 3)
            rows.append(f'<row Id="{len(rows)}" PostTypeId="{1 + number % 2}" OwnerUserId="{owner}" CreationDate="{day}T10:00:00.000"/>')
    (folder / name).mkdir()
    (folder / name / "Posts.xml").write_text(f"<posts>{''.join(rows)}<row PostTypeId='2' CreationDate='2020-01-01T00:00:00'/></posts>")


def test_real_communities_are_read_step_by_step(tmp_path: Path) -> None:
    for name, step in real_forecasts.STEPS.items():
        _posts(tmp_path, name, step)

    rows = real_forecasts.table(tmp_path)

    months = real_forecasts.series(real_forecasts.acts_of(tmp_path / "printing" / "Posts.xml"), timedelta(30))
    assert [row[:2] for row in rows] == [
        [name, f"{ahead * step.days} days"] for name, step in real_forecasts.STEPS.items() for ahead in real_forecasts.HORIZONS
    ]
    assert (months[0], months[3]) == (Month(8, 0), Month(8, 8))
