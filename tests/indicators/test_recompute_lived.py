"""The same on communities that were lived: the demo, a small one of our own invention, and real ones when given.

`RELAIS_COMMUNITIES` names a folder of Stack Exchange data dumps, one folder each: `coffee/Posts.xml`, `printing/Posts.xml`.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench import recompute
from relais.core import clock
from relais.demo.build import build
from relais.indicators.actions.figures import figures_at
from relais.integrations.stackexchange import history, posts, selection
from tests.indicators.test_recompute import exported_lines

pytestmark = pytest.mark.django_db
OURS = Path(__file__).parents[1] / "integrations/stackexchange/posts.xml"
REAL = os.environ.get("RELAIS_COMMUNITIES", "")


def assert_no_difference(days: list[date]) -> None:
    lines = exported_lines()
    for day in days:
        assert figures_at(day) == recompute.recompute(lines, day)


def test_demo_gives_the_same_figures() -> None:
    build(people=55, months=2)

    today = clock.today()
    assert_no_difference([today - timedelta(days) for days in (1, 15, 29, 45)])


def bring_in(posts_file: Path, name: str) -> None:
    with posts_file.open("rb") as stream:
        history.write_history(selection.select(posts.read(stream)), name)


@pytest.mark.parametrize("day", [date(2015, 1, 27), date(2015, 1, 29), date(2015, 2, 28), date(2015, 3, 31)])
def test_invented_community_gives_the_same_figures(day: date) -> None:
    bring_in(OURS, "towers")

    assert_no_difference([day])


@pytest.mark.skipif(not REAL, reason="RELAIS_COMMUNITIES names no folder of real communities")
@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("coffee", [date(2015, 2, 28), date(2015, 3, 7), date(2015, 4, 30), date(2016, 3, 6)]),
        ("printing", [date(2016, 3, 31), date(2016, 4, 11), date(2017, 2, 28), date(2019, 8, 31)]),
    ],
)
def test_real_community_gives_the_same_figures(name: str, days: list[date]) -> None:
    bring_in(Path(REAL) / name / "Posts.xml", name)

    assert_no_difference(days)
