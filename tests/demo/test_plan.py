from __future__ import annotations

from datetime import date

from relais.demo.calendar import bass, bass_day, first_day, pace
from relais.demo.company import address
from relais.demo.year import planned

FIRST = date(2025, 11, 17)


def test_plan_is_the_same_for_the_same_seed() -> None:
    one, other = planned(60, 91, FIRST, 7), planned(60, 91, FIRST, 7)

    assert [(act.at, act.what, act.who, act.about) for act in one.acts] == [(act.at, act.what, act.who, act.about) for act in other.acts]
    assert [member.id for member in one.members] == [member.id for member in other.members]


def test_plan_differs_for_another_seed() -> None:
    one, other = planned(60, 91, FIRST, 7), planned(60, 91, FIRST, 8)

    assert [member.id for member in one.members] != [member.id for member in other.members]


def test_plan_of_a_year_tells_every_case_in_order() -> None:
    planner = planned(600, 371, FIRST, 1)

    assert sum(act.what == "ask" for act in planner.acts) == 109
    assert [act.at for act in planner.acts] == sorted(act.at for act in planner.acts)
    assert len({member.email for member in planner.members}) == len(planner.members)


def test_trajectory_is_the_one_of_the_method() -> None:
    reached = [round(0.4 * bass(month), 3) for month in (3, 6, 9, 12)]

    assert reached == [0.044, 0.115, 0.206, 0.292]
    assert round(bass_day(bass(6))) == 182


def test_pace_is_quiet_in_august_at_christmas_and_on_holidays() -> None:
    paces = [pace(date(2026, 3, 10)), pace(date(2026, 8, 11)), pace(date(2025, 12, 30)), pace(date(2026, 7, 14))]

    assert paces == sorted(paces, reverse=True)


def test_demo_begins_on_a_monday() -> None:
    begun = first_day(date(2026, 11, 23), 12)

    assert begun == FIRST


def test_address_has_no_accent() -> None:
    written = address("Zoé Le Guérin")

    assert written == "zoe.le.guerin@brevin.example"
