from __future__ import annotations

from datetime import date
from itertools import islice
from random import Random

import pytest

from relais.demo import happenings
from relais.demo.build import SMALLEST
from relais.demo.company import PLACES, _Recruits, cast, head_counts, newcomers
from relais.demo.names import ENGLISH_FAMILY, ENGLISH_FIRST, FAMILY, FIRST, names
from relais.demo.plan import Planner
from relais.demo.stories import stories
from relais.demo.year import planned
from relais.web.people.personas import PERSONAS

MONDAY = date(2025, 11, 17)


def planner(days: int = 91) -> Planner:
    return planned(60, days, MONDAY, 7)


def test_names_begin_again_when_every_pair_was_given() -> None:
    given = list(islice(names(Random(1), ["Ada"], ["Da-Silva", "Roy"]), 4))

    assert sorted(given) == ["Ada Da Silva", "Ada Da Silva", "Ada Roy", "Ada Roy"]


def test_two_people_never_share_an_address() -> None:
    taken: set[str] = set()
    first, second = _Recruits(Random(1), taken), _Recruits(Random(1), taken)

    emails = [recruits.member(n, PLACES[0], None).email for recruits in (first, second) for n in range(20)]

    assert len(set(emails)) == 40


def test_names_of_manchester_are_english_and_the_others_french() -> None:
    members = cast(Random(3), 300)

    first = {place: {m.name.split()[0] for m in members if (m.place.family == "manchester") is place} for place in (True, False)}
    spoken = {(member.place.family == "manchester", member.language) for member in members}

    assert (first[True] - set(ENGLISH_FIRST), first[False] - set(FIRST)) == (set(), set())
    assert spoken == {(True, "en"), (False, "fr")}
    assert (len(set(FIRST)), len(set(FAMILY)), len(set(ENGLISH_FAMILY))) == (len(FIRST), len(FAMILY), len(ENGLISH_FAMILY))


def test_every_place_has_somebody_and_the_whole_is_exact() -> None:
    counts = {people: [count for _place, count in head_counts(people)] for people in (55, 60, 600, 2000)}

    assert {people: sum(heads) for people, heads in counts.items()} == {55: 55, 60: 60, 600: 600, 2000: 2000}
    assert {min(heads) for heads in counts.values()} == {1, min(counts[2000])}


def test_managers_are_known_before_those_they_manage() -> None:
    members = cast(Random(3), 120)

    assert [member.name for member in members if member.manager is not None and member.manager >= member.index] == []
    assert [member.index for member in members if member.manager is None] == [0]


@pytest.mark.parametrize("seed", range(1, 9))
def test_smallest_company_has_a_year_with_every_persona(seed: int) -> None:
    year = planned(SMALLEST, 365, MONDAY, seed)

    assert {persona.email for persona in PERSONAS.values()} - {member.email for member in year.members} == set()


def test_nobody_who_manages_leaves_and_who_comes_takes_a_place_left() -> None:
    members = cast(Random(5), 400)
    managers = {member.manager for member in members}

    arrived = newcomers(Random(5), members, 365)
    left = [member for member in members if member.departs is not None]

    assert {member.index for member in left} & managers == set()
    assert sorted(member.place.code for member in arrived if member.place not in [gone.place for gone in left]) == []
    assert [member.index for member in arrived] == list(range(400, 400 + len(arrived)))


def test_somebody_is_there_from_the_day_they_arrive_to_the_eve_of_their_departure() -> None:
    member = cast(Random(5), 60)[0]
    member.arrives, member.departs, member.joins = 10, 20, 12

    there = [day for day in range(9, 22) if member.here(day)]
    taking_part = [day for day in range(9, 22) if member.takes_part(day)]

    assert (there, taking_part) == (list(range(10, 20)), list(range(13, 20)))


def test_nothing_is_planned_for_who_is_away() -> None:
    year = planner()
    year.members[3].departs = 30
    before = len(year.acts)

    year.do(40, "visit", 3)
    year.do(-1, "visit", 4)
    year.do(91, "visit", 4)
    year.do(30.75, "depart", 3)

    assert [(act.what, act.who) for act in year.acts[before:]] == [("depart", 3)]


def test_a_case_that_nobody_follows_has_no_supporter() -> None:
    year, story = planner(), max(stories(), key=lambda each: each.interest)
    for member in year.members:
        member.circles = []

    assert [year._support(story, 20.0, asker=0) for _time in range(5)] == [[], [], [], [], []]


def test_a_case_without_a_best_answer_is_solved_without_choosing() -> None:
    year = planner()
    story = next(each for each in stories() if not any(text.best for text in each.texts))
    before = len(year.acts)

    year._solve(story, 50.0, 4, [])

    assert [(act.what, act.who, act.about) for act in year.acts[before:]] == [("solve", 4, story.key)]


def test_sheets_that_nobody_follows_are_questioned_by_nobody() -> None:
    year = planner(365)
    aged = len(happenings._outdated(year))
    for member in year.members:
        member.circles = []
    before = len(year.acts)

    happenings._remarks(year)

    assert (aged > 0, {act.what for act in year.acts[before:]} - {"mend"}) == (True, set())
