"""The pilot of the demo: a goal from where the community stands, levers taken, their steps done, one read."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from unittest.mock import patch

import pytest

from relais.demo.acts import perform
from relais.demo.plan import Act
from relais.demo.stage import Stage
from relais.demo.themes import goals, levers
from relais.demo.year import planned
from relais.indicators.models import Goal, LeverUse
from relais.ledger.subscriptions import delivered_at_once
from relais.people.actions import grant_role
from relais.people.models import Role
from tests.demo.conftest import MONDAY
from tests.indicators.months import lived

pytestmark = pytest.mark.django_db


def test_year_sets_one_goal_and_takes_three_levers_and_reads_those_that_end_in_it() -> None:
    planner = planned(120, 365, date(2025, 11, 24), 1)

    done = [act.what for act in planner.acts if act.what in {"goal_set", "lever_take", "lever_step", "levers_read"}]

    assert {name: done.count(name) for name in set(done)} == {"goal_set": 1, "lever_take": 3, "lever_step": 6, "levers_read": 2}


def test_short_year_pilots_nothing() -> None:
    planner = planned(60, 91, date(2026, 1, 5), 1)
    before = len(planner.acts)

    goals.tell(planner, Random(1))
    levers.tell(planner, Random(1))

    assert len(planner.acts) == before


def test_goal_waits_until_there_is_something_to_start_from(stage: Stage) -> None:
    stage.people[0] = grant_role(stage.people[0], Role.PILOT, by=None)

    with delivered_at_once():
        perform(stage, Act(20.5, 1, "goal_set", 0, "engagement", 9))
    assert not Goal.objects.exists()
    lived([20, 30, 40], last=date(2026, 3, 31))
    with delivered_at_once(), patch("relais.demo.acts.goals.take_snapshots"):
        perform(stage, Act((date(2026, 4, 1) - MONDAY).days + 0.5, 2, "goal_set", 0, "engagement", 9))

    assert Goal.objects.get().deadline == date(2027, 1, 31)


def test_lever_is_taken_on_the_next_monday_and_read_once_it_is_over(stage: Stage) -> None:
    stage.people[0] = grant_role(stage.people[0], Role.PILOT, by=None)

    with delivered_at_once():
        perform(stage, Act(15.5, 1, "lever_take", 0, "L16", ("active_share", "differences", (stage.members[0].place.code,), 4, 0.05)))
        perform(stage, Act(24.5, 2, "lever_step", 0, "L16", 0))
        perform(stage, Act(60.5, 3, "levers_read", None, "L16"))

    use = LeverUse.objects.get()
    assert (use.starts_on.weekday(), use.starts_on, use.steps.exclude(done_on=None).count()) == (0, MONDAY + timedelta(21), 1)
    assert (use.read_on, use.record["verdict"]) == (MONDAY + timedelta(60), "not_measurable")
