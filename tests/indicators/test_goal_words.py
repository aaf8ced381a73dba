"""A goal as it is drawn and told: its path from the baseline, its forecast up to the deadline, in the unit of its indicator."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from relais.indicators.catalogue import BY_KEY, Value
from relais.indicators.forecast import Forecast
from relais.indicators.goal_words import forecast_of, goal_lines, goal_scale, goal_spoken, path_of, state_of, title_of
from relais.indicators.models import Goal
from relais.indicators.queries.cards import Point
from relais.indicators.queries.goals import Followed

START, END = date(2026, 2, 28), date(2026, 5, 31)
MADE = Forecast(low=[0.1, 0.12, 0.14, 0.16], middle=[0.15, 0.17, 0.19, 0.21], high=[0.2, 0.22, 0.24, 0.26], known=6)


def follow(
    key: str = "engagement", *, started: date = START, made: Forecast | None = MADE, alert: str | None = None, **goal: Any
) -> Followed:
    given = {"indicator": key, "started_on": started, "baseline": 0.12, "value": 0.2, "deadline": END, "path": [0.14, 0.17, 0.2]}
    points = [Point(date(2026, 1, 31), Value(0.1, 600)), Point(started, Value(0.12, 600)), Point(date(2026, 3, 31), None)]
    return Followed(Goal(pk=7, **given | goal), BY_KEY[key], points, made, START if made else None, alert)


def test_path_goes_from_the_baseline_by_month_ends() -> None:
    assert path_of(follow()) == {START: 0.12, date(2026, 3, 31): 0.14, date(2026, 4, 30): 0.17, END: 0.2}


def test_path_of_a_goal_set_within_a_month_begins_with_its_end() -> None:
    path = path_of(follow(started=date(2026, 3, 10)))

    assert list(path) == [date(2026, 3, 10), date(2026, 3, 31), date(2026, 4, 30), END]


def test_forecast_stops_at_the_deadline_and_may_be_missing() -> None:
    assert forecast_of(follow()) == {
        date(2026, 3, 31): (0.1, 0.15, 0.2),
        date(2026, 4, 30): (0.12, 0.17, 0.22),
        END: (0.14, 0.19, 0.24),
    }
    assert forecast_of(follow(made=None)) == {}


def test_what_happened_lies_on_top_of_what_was_hoped_for_and_forecast() -> None:
    goal, made, lived = goal_lines(follow())

    assert (goal.label, goal.dashed, made.label, lived.label, lived.main) == ("objectif\xa0: 20 %", True, "prévision", "12 %", True)
    assert made.band[END] == [0.14, 0.24]
    assert lived.points[date(2026, 3, 31)] is None
    assert [line.label for line in goal_lines(follow(made=None))] == ["objectif\xa0: 20 %", "12 %"]


@pytest.mark.parametrize(
    ("key", "made", "top", "form"),
    [("engagement", MADE, 0.264, ".0%"), ("engagement", None, 0.22, ".0%"), ("relevance", None, 0.22, ",.2~f")],
)
def test_scale_leaves_room_above_everything_drawn(key: str, made: Forecast | None, top: float, form: str) -> None:
    scale = goal_scale(follow(key, made=made))

    assert (scale.low, round(scale.high, 3), scale.form) == (0, top, form)


def test_picture_is_told_aloud_from_its_first_day_to_its_last() -> None:
    spoken = goal_spoken(follow())

    assert spoken.description == "Engagement, son objectif et sa prévision, du 31 janvier 2026 au 31 mai 2026."
    assert (spoken.number(0.2), spoken.number(None)) == ("20 %", "—")
    assert spoken.in_table == {date(2026, 1, 31), START, date(2026, 3, 31)}


def test_title_says_from_where_to_where_and_when() -> None:
    assert title_of(follow()) == "Engagement\xa0: de 12 % à 20 % d’ici mai 2026"
    assert "de 48 heures" not in title_of(follow("median_hours_to_first_answer", baseline=47.0, value=24.0))


@pytest.mark.parametrize(
    ("key", "alert", "said"),
    [
        ("engagement", "below", "Hors de son chemin"),
        ("engagement", "above", "Il vient de commencer."),
        ("median_hours_to_first_answer", "above", "Hors de son chemin"),
        ("median_hours_to_first_answer", "below", "Il vient de commencer."),
    ],
)
def test_a_band_that_leaves_the_goal_on_the_wrong_side_is_an_alarm(key: str, alert: str, said: str) -> None:
    wished = 0.2 if key == "engagement" else 0.05

    assert state_of(follow(key, alert=alert, value=wished)).startswith(said)
