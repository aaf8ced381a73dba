"""The same on communities that were lived: the demo, and the real ones where their files stand beside the project."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bench import recompute
from relais.core import clock
from relais.demo.build import build
from relais.indicators.queries.figures import figures_at
from relais.integrations.stackexchange import history, posts, selection
from tests.indicators.test_recompute import exported_lines

pytestmark = pytest.mark.django_db
COMMUNITIES = Path(__file__).parents[3] / "shared/data/communities"


def assert_no_difference(days: list[date]) -> None:
    lines = exported_lines()
    for day in days:
        assert figures_at(day) == recompute.recompute(lines, day)


def test_demo_gives_the_same_figures() -> None:
    build(people=55, months=2)

    today = clock.today()
    assert_no_difference([today - timedelta(days) for days in (1, 15, 29, 45)])


@pytest.mark.skipif(not COMMUNITIES.exists(), reason="the real communities are not here")
@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("coffee", [date(2015, 2, 28), date(2015, 3, 7), date(2015, 4, 30), date(2016, 3, 6)]),
        ("printing", [date(2016, 3, 31), date(2016, 4, 11), date(2017, 2, 28), date(2019, 8, 31)]),
    ],
)
def test_real_community_gives_the_same_figures(name: str, days: list[date]) -> None:
    with (COMMUNITIES / name / "Posts.xml").open("rb") as stream:
        history.write_history(selection.select(posts.read(stream)), name)

    assert_no_difference(days)
