"""A wave from its opening to its figures: who may answer, that it leaves no trace, what is told."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.models import Entry
from relais.maturity import jobs
from relais.maturity.actions import Facts, answer_wave, close_wave, open_wave, tell_means
from relais.maturity.figures import OVERALL, Question, figures_of
from relais.maturity.groups import LEAST, groups_of
from relais.maturity.items import DIMENSIONS, ITEMS, asked
from relais.maturity.models import Comments, Means, Pile, Ticket, Wave
from relais.maturity.queries import (
    answers_so_far,
    asked_of,
    latest_means,
    open_wave_now,
    overall,
    results_of,
    ticket_for,
    wave_for,
)
from relais.people.actions import leave_community, pause
from relais.people.models import Person, Role
from tests.factories import make_invited, make_member, make_unit, make_with_role

WEEK = timedelta(7)


@pytest.fixture
def pilot() -> Person:
    return make_with_role(Role.PILOT)


def opened(pilot: Person, kind: str = "whole") -> Wave:
    return open_wave(kind, clock.today() + WEEK, by=pilot)


def answers(value: int | None = 4) -> dict[int, int | None]:
    return dict.fromkeys(range(len(ITEMS)), value)


def held(pilot: Person, people: list[Person], kind: str = "whole", comment: str = "") -> Wave:
    """Opened, answered by these, closed."""
    wave = opened(pilot, kind)
    for number, person in enumerate(people):
        answer_wave(wave, answers(number % 5 + 1), comment, by=person)
    return close_wave(wave, by=pilot)


def everything_written() -> str:
    """Every table of the room, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("maturity_"):
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                found += [f"{table} {row[0]}" for row in cursor.fetchall()]
    return "\n".join(found)


def test_items_are_ours_four_a_dimension_one_reversed_at_least_eight_anchors() -> None:
    by_dimension = {name: [item for item in ITEMS if item.dimension == name] for name in DIMENSIONS}

    assert {name: len(items) for name, items in by_dimension.items()} == dict.fromkeys(DIMENSIONS, 4)
    assert all(any(item.reversed for item in items) and any(item.anchor for item in items) for items in by_dimension.values())
    assert (len(asked(pulse=True)), len(asked(pulse=False))) == (8, 24)
    assert {ITEMS[number].dimension for number in asked(pulse=True)} == set(DIMENSIONS)


@pytest.mark.django_db
def test_everybody_is_asked_once_and_the_figures_are_told_when_it_closes(pilot: Person) -> None:
    people = [make_member() for _ in range(6)] + [make_invited()]

    wave = held(pilot, people)

    results = results_of(people[0], wave)
    whole = overall(results)
    turned = sum(item.reversed for item in ITEMS)
    scores = [25 * ((24 - turned) * (value - 1) + turned * (5 - value)) / 24 for value in (1, 2, 3, 4, 5, 1, 2)]
    assert (wave.invited, results.answers) == (8, 7)
    assert whole is not None
    assert whole.now is not None
    assert whole.now.mean == pytest.approx(sum(scores) / 7)
    assert [line.name for line in results.lines] == [OVERALL, *DIMENSIONS]
    assert wave_for(wave.pk) == wave
    assert (Ticket.objects.count(), Pile.objects.count(), open_wave_now()) == (0, 0, None)


@pytest.mark.django_db
def test_nobody_answers_twice_nor_after_it_closed_nor_without_being_asked(pilot: Person) -> None:
    person, late = make_member(), make_member()
    wave = opened(pilot)
    newcomer = make_member()
    answer_wave(wave, answers(), "", by=person)

    for refused in (person, newcomer):
        with pytest.raises(NotAllowed):
            answer_wave(wave, answers(), "", by=refused)
    close_wave(wave, by=pilot)
    with pytest.raises(NotAllowed):
        answer_wave(wave, answers(), "", by=late)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_answers", "comment", "words"),
    [
        (answers(None), "", "Répondez à une phrase"),
        (answers(6), "", "l’une des réponses"),
        (answers(), "x" * 601, "600 signes"),
    ],
)
def test_a_bad_sheet_is_refused_and_the_ticket_kept(pilot: Person, given_answers: dict[int, int | None], comment: str, words: str) -> None:
    person = make_member()
    wave = opened(pilot)

    with pytest.raises(Refused, match=words):
        answer_wave(wave, given_answers, comment, by=person)

    assert ticket_for(person) is not None
    assert answers_so_far(wave) == 0


@pytest.mark.django_db
def test_no_row_ties_an_answer_to_somebody_or_to_a_moment(pilot: Person) -> None:
    people = [make_member(unit=make_unit()) for _ in range(7)]
    shuffled = Random(3).sample(people, 7)
    wave = opened(pilot)
    facts = Entry.objects.count()
    for number, person in enumerate(people):
        answer_wave(wave, answers(number % 5 + 1), f"Mot {7 - number}", by=person)
    first = everything_written()
    assert Entry.objects.count() == facts

    close_wave(wave, by=None)
    again = opened(pilot)
    for person in shuffled:
        number = people.index(person)
        answer_wave(again, answers(number % 5 + 1), f"Mot {7 - number}", by=person)

    kept = [pile.sheets for pile in Pile.objects.all()]
    assert [str(person.pk) in first for person in people] == [False] * 7
    assert kept == [sorted((sheet for sheets in kept for sheet in sheets), key=str)]
    assert Comments.objects.get(wave=again).texts == Comments.objects.get(wave=wave).texts == [f"Mot {n}" for n in range(1, 8)]
    assert {entry.verb for entry in Entry.objects.filter(object_type="wave")} == {"wave.opened", "wave.closed"}


@pytest.mark.django_db
def test_answers_so_far_move_by_fives(pilot: Person) -> None:
    people = [make_member() for _ in range(6)]
    wave = opened(pilot)
    seen = [answers_so_far(wave)]

    for person in people:
        answer_wave(wave, answers(), "", by=person)
        seen.append(answers_so_far(wave))

    assert seen == [0, 0, 0, 0, 0, 5, 5]


@pytest.mark.django_db
def test_four_answers_tell_nothing_and_are_forgotten(pilot: Person) -> None:
    wave = held(pilot, [make_member() for _ in range(4)], comment="Merci.")

    results = results_of(pilot, wave)

    assert (wave.figures, results.answers, overall(results)) == ({"answers": None}, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "read"), [(9, []), (10, ["Merci."] * 10)])
def test_comments_are_read_by_pilots_from_ten_answers(pilot: Person, count: int, read: list[str]) -> None:
    people = [make_member() for _ in range(count)]

    wave = held(pilot, people, comment="Merci.")

    assert results_of(pilot, wave).comments == read
    assert results_of(people[0], wave).comments is None


@pytest.mark.django_db
def test_a_wave_is_compared_with_the_one_before_of_its_kind(pilot: Person) -> None:
    people = [make_member() for _ in range(8)]
    first, pulse = held(pilot, people), held(pilot, people, "pulse")
    wave = opened(pilot)
    for person in people:
        answer_wave(wave, {number: 1 if item.reversed else 5 for number, item in enumerate(ITEMS)}, "", by=person)

    results = results_of(pilot, close_wave(wave, by=pilot))

    whole = overall(results)
    assert (results.before, results_of(pilot, pulse).before) == (first, None)
    assert whole is not None
    assert whole.change is not None
    assert whole.change.is_told_from_chance
    assert whole.now is not None
    assert whole.now.mean == 100


@pytest.mark.django_db
def test_only_a_pilot_opens_closes_and_tells_the_means_within_bounds(pilot: Person) -> None:
    member = make_member()
    facts = Facts(600, 60, 12, "Téléphone", "Un wiki")
    wave = opened(pilot)

    for act in (lambda: opened(member), lambda: close_wave(wave, by=member), lambda: tell_means(facts, by=member)):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(Refused, match="déjà ouvertes"):
        opened(pilot)
    tell_means(facts, by=pilot)
    close_wave(wave, by=pilot)
    closed = close_wave(wave, by=pilot)

    told = latest_means()
    assert told is not None
    assert (told.minutes, closed.closed_on) == (60, clock.today())
    for days in (0, 43):
        with pytest.raises(Refused, match="dernier jour"):
            open_wave("whole", clock.today() + timedelta(days), by=pilot)


@pytest.mark.django_db
def test_night_closes_what_is_past_its_last_day(pilot: Person) -> None:
    wave = opened(pilot)

    for days, closed in ((7, False), (8, True)):
        with clock.simulated(clock.now() + timedelta(days)):
            jobs.close_over(0)
        wave.refresh_from_db()
        assert (wave.closed_on is not None) is closed


@pytest.mark.django_db
def test_home_asks_those_who_take_part_and_not_during_a_pause_nor_once_they_left(pilot: Person) -> None:
    member, paused, left = make_member(), make_member(), make_member()
    opened(pilot)
    leave_community(left)

    asked_now = [asked_of(person) is not None for person in (member, pause(paused))]

    assert asked_now == [True, False]
    assert ticket_for(paused) is not None
    assert Ticket.objects.filter(person=left).count() == 0


TREES = st.integers(1, 9).flatmap(
    lambda units: st.tuples(
        st.fixed_dictionaries({unit: st.none() if unit == 0 else st.none() | st.integers(0, unit - 1) for unit in range(units)}),
        st.dictionaries(st.integers(0, 90), st.none() | st.integers(0, units - 1), max_size=90),
    )
)


@given(TREES)
def test_a_team_is_told_of_an_answer_only_when_ten_were_asked_in_it(tree: tuple[dict[int, int | None], dict[int, int | None]]) -> None:
    parents, places = tree

    groups = groups_of(places, parents)

    sizes = {unit: sum(group == unit for group in groups.values()) for unit in parents}
    assert groups.keys() == places.keys()
    assert all(size == 0 or size >= LEAST for size in sizes.values())
    for person, group in groups.items():
        above, unit = [], places[person]
        while unit is not None:
            above.append(unit)
            unit = parents[unit]
        assert group is None or group in above


QUESTIONS = [Question("time", False), Question("time", True), Question("safety", False)]
PILES = st.dictionaries(
    st.none() | st.integers(1, 5), st.lists(st.tuples(*[st.none() | st.integers(1, 5)] * 3).map(list), max_size=25), max_size=5
)


@given(PILES)
def test_figures_hold_nothing_of_fewer_than_five_and_no_group_is_worked_out(piles: dict[int | None, list[list[int | None]]]) -> None:
    figures = figures_of(piles, QUESTIONS)

    json.dumps(figures)
    counted = {group: len([sheet for sheet in sheets if any(sheet)]) for group, sheets in piles.items()}
    told = {group: counted[group] for group in counted if str(group) in figures.get("groups", {})}
    silent = [count for group, count in counted.items() if group not in told]
    if sum(counted.values()) < 5:
        assert figures == {"answers": None}
        return
    assert all(scores["n"] >= 5 for scores in figures["scores"].values())
    assert all(item["n"] is None or item["n"] >= 5 for item in figures["items"])
    assert all(scores["n"] >= 5 for group in figures["groups"].values() for scores in group.values())
    assert not told or sum(silent) == 0 or sum(silent) >= 5


@pytest.mark.django_db
def test_rows_are_told_by_numbers_and_days_never_by_names(pilot: Person) -> None:
    person = make_member("Zoé Pâris")
    opened(pilot)
    tell_means(Facts(600, 60, 12, "Téléphone", "Un wiki"), by=pilot)

    said = " ".join(str(row) for model in (Wave, Ticket, Pile, Comments, Means) for row in model.objects.all())

    assert str(person.pk) in said
    assert "Zoé" not in said
