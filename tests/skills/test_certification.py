from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.skills.certification import RULES, Holder, Level, Missing, Transmissions, Voice, assess, rings, weight
from tests.skills.ring import LAST, Community

TODAY = date(2026, 11, 2)
MONTH = timedelta(30)
ANNA = Holder(team="a")


def voice(confirmer: str, team: str, ago: timedelta = MONTH, *, seen: timedelta = MONTH, expert: bool = False) -> Voice:
    return Voice(confirmer, team, TODAY - ago, TODAY - ago - seen, expert=expert)


THREE = (voice("b", "b", expert=True), voice("c", "c"), voice("d", "a"))


def test_three_voices_of_two_teams_with_an_expert_certify() -> None:
    found = assess(ANNA, THREE, TODAY)

    assert (found.level, found.weight, found.teams, found.missing) == (Level.CERTIFIED, 3, 3, ())


@pytest.mark.parametrize(
    ("voices", "missing"),
    [
        ((), (Missing.VOICES, Missing.TEAMS, Missing.EXPERT)),
        (THREE[:2], (Missing.VOICES,)),
        ((voice("b", "b", expert=True), voice("c", "b"), voice("d", "b")), (Missing.TEAMS,)),
        ((voice("b", "b"), voice("c", "c"), voice("d", "d")), (Missing.EXPERT,)),
        ((voice("b", "b", expert=True), voice("b", "b", expert=True), voice("b", "c", expert=True)), (Missing.VOICES, Missing.TEAMS)),
    ],
)
def test_what_is_missing_is_said(voices: tuple[Voice, ...], missing: tuple[Missing, ...]) -> None:
    assert assess(ANNA, voices, TODAY).missing == missing


def test_own_team_weighs_no_more_than_the_others() -> None:
    own = [voice(name, "a") for name in "bcdefg"]

    assert (weight(ANNA, own), weight(ANNA, [*own, voice("x", "x")])) == (0, 2)


def test_two_who_confirm_each_other_weigh_a_quarter() -> None:
    holder = replace(ANNA, confirmed=frozenset("bc"))

    assert weight(holder, THREE) == 0.25 + 0.25 + 0.5  # the own team, capped by what the others weigh


@pytest.mark.parametrize(("seen", "level"), [(547, Level.CERTIFIED), (548, Level.AUTONOMOUS)])
def test_what_was_seen_must_be_of_the_last_eighteen_months(seen: int, level: Level) -> None:
    voices = (*THREE[:2], voice("d", "a", seen=timedelta(seen)))

    assert assess(ANNA, voices, TODAY).level == level


def test_nobody_confirms_what_has_not_happened_yet() -> None:
    voices = (*THREE[:2], voice("d", "a", seen=timedelta(-1)))

    assert assess(ANNA, voices, TODAY).missing == (Missing.VOICES,)


@pytest.mark.parametrize(("fast", "days"), [(False, 730), (True, 548)])
def test_certificate_lapses_with_the_voice_it_needs_and_says_when(fast: bool, days: int) -> None:
    voices = (voice("b", "b", 3 * MONTH, expert=True), *THREE[1:])
    lapses = TODAY - 3 * MONTH + timedelta(days)

    found = assess(ANNA, voices, TODAY, fast=fast)

    assert found.lapses_on == lapses
    assert assess(ANNA, voices, lapses - timedelta(1), fast=fast).level == Level.CERTIFIED
    assert assess(ANNA, voices, lapses, fast=fast).level == Level.AUTONOMOUS


def test_voice_given_again_is_heard_from_then() -> None:
    renewed = voice("b", "b", timedelta(0), expert=True)

    before, after = assess(ANNA, THREE, TODAY), assess(ANNA, (renewed, *THREE, voice("e", "e", timedelta(0))), TODAY)

    assert (before.lapses_on, after.lapses_on) == (TODAY - MONTH + timedelta(730), TODAY - MONTH + timedelta(730))
    assert assess(ANNA, (renewed, *THREE), TODAY).weight == 3


def test_what_is_given_later_changes_nothing_today() -> None:
    assert assess(ANNA, [*THREE[:2], replace(THREE[2], given_on=TODAY + MONTH)], TODAY).weight == 2


@pytest.mark.parametrize(
    ("done", "level"),
    [
        (Transmissions(3, 0.51), Level.SACHANT),
        (Transmissions(3, 0.0, 4.0), Level.SACHANT),
        (Transmissions(2, 0.9, 5.0), Level.CERTIFIED),
        (Transmissions(9, 0.49, 3.9), Level.CERTIFIED),
        (Transmissions(9), Level.CERTIFIED),
    ],
)
def test_sachant_is_certified_and_passes_on_what_is_well_received(done: Transmissions, level: Level) -> None:
    assert assess(replace(ANNA, transmissions=done), THREE, TODAY).level == level


@pytest.mark.parametrize(
    ("evidences", "voices", "level"),
    [
        (0, (), Level.NONE),
        (1, (), Level.NOTIONS),
        (1, (voice("d", "a"),), Level.NOTIONS),
        (1, (voice("b", "b"),), Level.AUTONOMOUS),
    ],
)
def test_first_levels_need_an_act_then_one_voice_from_elsewhere(evidences: int, voices: tuple[Voice, ...], level: Level) -> None:
    assert assess(replace(ANNA, evidences=evidences), voices, TODAY).level == level


voices_drawn = st.lists(
    st.builds(
        Voice,
        st.sampled_from("bcdefgh"),
        st.sampled_from("abc"),
        st.dates(TODAY - timedelta(900), TODAY),
        st.dates(TODAY - timedelta(1500), TODAY),
        st.booleans(),
    ),
    max_size=12,
)


@given(voices_drawn, st.frozensets(st.sampled_from("bcdefgh")))
def test_rules_hold_for_any_voices(voices: list[Voice], confirmed: frozenset[str]) -> None:
    found = assess(Holder("a", confirmed), voices, TODAY)

    outside = [each for each in voices if each.team != "a"]
    assert (found.level >= Level.CERTIFIED) == (not found.missing) == (found.lapses_on is not None)
    assert found.weight <= len({each.confirmer for each in voices})
    assert found.weight <= 2 * len({each.confirmer for each in outside})
    assert assess(Holder("a", confirmed), voices + voices, TODAY) == found  # said twice, heard once


@given(voices_drawn)
def test_confirming_them_back_never_helps(voices: list[Voice]) -> None:
    free, bound = (assess(Holder("a", confirmed), voices, TODAY) for confirmed in (frozenset[str](), frozenset("bcdefgh")))

    assert bound.weight == RULES.reciprocal * free.weight
    assert bound.level <= free.level


def test_group_that_confirms_itself_is_flagged_and_pairs_are_not() -> None:
    ring = [(who, whom) for who in "abcd" for whom in "abcd" if who != whom]

    assert rings([*ring, ("e", "f"), ("f", "e"), ("g", "a"), ("a", "a")]) == [frozenset("abcd")]


def test_group_that_many_others_confirm_too_is_left_alone() -> None:
    ring = [(who, whom) for who in "abcd" for whom in "abcd" if who != whom]

    assert rings([*ring, *[(f"x{n}", whom) for n in range(4) for whom in "abcd"]]) == []


@cache
def lived(*, across: bool) -> list[Community]:
    return [Community(Random(seed), across).live() for seed in range(60)]


@pytest.mark.parametrize("across", [False, True], ids=["one team", "across teams"])
def test_ring_of_six_is_never_certified_always_flagged_and_below_the_middle_while_experts_are_certified(across: bool) -> None:
    runs = lived(across=across)

    assert sum(run.level(n, LAST) >= Level.CERTIFIED for run in runs for n in run.ring) == 0
    assert [frozenset(map(str, run.ring)) in run.flagged() for run in runs] == [True] * 60
    assert fmean(run.ring_rank() for run in runs) > 100
    experts = [run.level(n, LAST) >= Level.CERTIFIED for run in runs for n in run.experts]
    assert fmean(experts) >= 0.9


def test_honest_people_are_not_taken_for_a_ring() -> None:
    runs = lived(across=True)

    assert sum(len(run.flagged()) - 1 for run in runs) <= 3
