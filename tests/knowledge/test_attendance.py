from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.attendance import check_in, mark_came, rate_workshop, register, remind, unregister, warm_up
from relais.knowledge.actions.workshops import cancel_workshop, close_workshop
from relais.knowledge.jobs import tend_workshops
from relais.knowledge.models import Registration, Workshop
from relais.knowledge.queries.workshops import registration_in, registrations_of, registrations_to_remind, workshops_to_close
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once
from relais.people.actions import leave_community
from relais.people.models import Person
from tests.factories import make_invited, make_member, make_workshop

pytestmark = pytest.mark.django_db


def verbs(workshop: Workshop) -> list[str]:
    found = Entry.objects.filter(object_type="workshop", object_id=str(workshop.pk)).order_by("pk")
    return [entry.verb.removeprefix("workshop.") for entry in found]


def full(places: int, waiting: int) -> tuple[Workshop, list[Person]]:
    """A workshop whose places are all taken, and how many wait; everybody in the order they came."""
    workshop, people = make_workshop(capacity=places), [make_member() for _ in range(places + waiting)]
    for person in people:
        register(workshop, by=person)
    workshop.refresh_from_db()
    return workshop, people


def placed(workshop: Workshop) -> list[Person]:
    return [each.person for each in registrations_of(workshop) if each.state == "registered"]


def test_a_place_is_taken_once_then_the_waiting_list_opens() -> None:
    workshop, people = full(places=2, waiting=1)

    again = register(workshop, by=people[0])

    assert (again.state, workshop.registered_count, workshop.waiting_count) == ("registered", 2, 1)
    assert verbs(workshop) == ["proposed", "registered", "registered", "waited"]


def test_place_given_back_goes_to_whoever_waits_longest() -> None:
    workshop, people = full(places=2, waiting=2)

    unregister(workshop, by=people[0])
    unregister(workshop, by=people[0])

    assert set(placed(workshop)) == {people[1], people[2]}
    promoted = Entry.objects.get(verb="workshop.promoted")
    assert (promoted.actor, promoted.payload) == (None, {"person": str(people[2].pk)})


def test_nobody_is_promoted_once_it_has_begun_and_no_place_is_given_back() -> None:
    workshop, people = full(places=2, waiting=1)

    with clock.simulated(workshop.starts_at), pytest.raises(NotAllowed):
        unregister(workshop, by=people[0])

    assert placed(workshop) == people[:2]


def test_nobody_is_promoted_to_a_cancelled_workshop() -> None:
    workshop, people = full(places=2, waiting=1)
    cancel_workshop(workshop, "Grippe", by=workshop.host)

    unregister(workshop, by=people[0])

    assert placed(workshop) == [people[1]]


@pytest.mark.parametrize("who", ["host", "co-host", "invited"])
def test_hosts_and_those_who_have_not_joined_take_no_place(who: str) -> None:
    workshop = make_workshop(co_host=make_member())
    person = {"host": workshop.host, "co-host": workshop.co_host, "invited": make_invited()}[who]

    with pytest.raises(NotAllowed):
        register(workshop, by=person)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 4), st.lists(st.tuples(st.sampled_from(["in", "out"]), st.integers(0, 5)), max_size=20))
def test_capacity_holds_and_the_waiting_list_keeps_its_order(capacity: int, steps: list[tuple[str, int]]) -> None:
    workshop, people = make_workshop(capacity=capacity), [make_member() for _ in range(6)]
    line: list[Person] = []  # as it should be: the first ones have a place

    for step, number in steps:
        person = people[number]
        (register if step == "in" else unregister)(workshop, by=person)
        line = [*line, person] if step == "in" and person not in line else [each for each in line if step == "in" or each != person]

    workshop.refresh_from_db()
    found = registrations_of(workshop)
    assert {each.person for each in found if each.state == "registered"} == set(line[:capacity])
    assert [each.person for each in found if each.state == "waiting"] == line[capacity:]
    assert (workshop.registered_count, workshop.waiting_count) == (len(line[:capacity]), len(line[capacity:]))


def test_who_leaves_gives_their_place_and_their_workshops_to_others() -> None:
    workshop, people = full(places=2, waiting=1)
    host, partner = make_member(), make_member()
    led, shared, helped = make_workshop(host), make_workshop(host, co_host=partner), make_workshop(partner, co_host=host)

    with delivered_at_once():
        leave_community(people[0])
        leave_community(host)

    for each in (led, shared, helped):
        each.refresh_from_db()
    assert set(placed(workshop)) == set(people[1:])
    assert (led.host_id, shared.host, shared.co_host, helped.co_host) == (host.pk, partner, None, None)


def test_question_of_the_day_before_is_answered_by_those_who_have_a_place() -> None:
    workshop, people = full(places=2, waiting=1)

    for reply in ("Hier, à la caisse.", "Ce matin."):
        kept = warm_up(workshop, reply, by=people[0])

    assert (kept.reply, verbs(workshop).count("warmed_up")) == ("Ce matin.", 1)
    for outsider in (people[2], make_member()):
        with pytest.raises(NotAllowed):
            warm_up(workshop, "Moi aussi", by=outsider)


def test_code_in_the_room_marks_who_is_there_with_or_without_a_place() -> None:
    workshop = make_workshop(capacity=2)
    register(workshop, by=(first := make_member()))
    passer_by, late = make_member(), make_member()

    with clock.simulated(workshop.starts_at):
        for person in (first, first, passer_by):
            check_in(workshop, workshop.check_in, by=person)
        with pytest.raises(NotAllowed):
            check_in(workshop, workshop.check_in, by=late)

    assert [each.came for each in registrations_of(workshop)] == [True, True]
    assert verbs(workshop).count("attended") == 2


def test_who_waits_takes_a_place_that_is_free_when_they_come() -> None:
    workshop, people = full(places=2, waiting=1)
    with clock.simulated(workshop.starts_at):
        with pytest.raises(NotAllowed):
            check_in(workshop, workshop.check_in, by=people[2])
        Workshop.objects.filter(pk=workshop.pk).update(capacity=3)

        came = check_in(workshop, workshop.check_in, by=people[2])

    assert (came.state, came.came) == ("registered", True)


@pytest.mark.parametrize("hours", [-2, 3])
def test_code_opens_nothing_hours_before_or_after_nor_when_it_is_not_this_one(hours: int) -> None:
    workshop, guest = make_workshop(), make_member()
    register(workshop, by=guest)

    with clock.simulated(workshop.starts_at + timedelta(hours=hours)), pytest.raises(NotAllowed):
        check_in(workshop, workshop.check_in, by=guest)
    with clock.simulated(workshop.starts_at), pytest.raises(NotAllowed):
        check_in(workshop, uuid4(), by=guest)


def test_list_is_kept_by_the_host_from_an_hour_before() -> None:
    workshop, guest = make_workshop(), make_member()
    registration = register(workshop, by=guest)

    with pytest.raises(NotAllowed):
        mark_came(workshop, registration, came=True, by=workshop.host)
    with clock.simulated(workshop.starts_at):
        for came in (True, True, False):
            mark_came(workshop, registration, came=came, by=workshop.host)
        with pytest.raises(NotAllowed):
            mark_came(workshop, registration, came=True, by=guest)

    registration.refresh_from_db()
    assert (registration.came, verbs(workshop).count("attended")) == (False, 1)
    assert registration_in(workshop, registration.pk) == registration


def test_those_who_came_say_what_it_was_worth_and_may_change_their_mind() -> None:
    workshop, guest = make_workshop(), make_member()
    registration = register(workshop, by=guest)
    with clock.simulated(workshop.starts_at):
        mark_came(workshop, registration, came=True, by=workshop.host)

    with pytest.raises(Refused):
        rate_workshop(workshop, worth=6, relevance=3, by=guest)
    for worth in (3, 5):
        rated = rate_workshop(workshop, worth=worth, relevance=4, by=guest)

    assert (rated.worth, rated.relevance) == (5, 4)
    assert [entry.payload for entry in Entry.objects.filter(verb="workshop.rated")] == [{"worth": 3, "relevance": 4}]
    with pytest.raises(NotAllowed):
        rate_workshop(workshop, worth=5, relevance=5, by=make_member())


def test_those_who_come_tomorrow_are_reminded_once() -> None:
    workshop, people = full(places=2, waiting=1)
    cancelled = make_workshop()
    register(cancelled, by=people[0])
    cancel_workshop(cancelled, "Grippe", by=cancelled.host)

    with clock.simulated(workshop.starts_at - timedelta(hours=20)):
        due = list(registrations_to_remind(clock.now()))
        tend_workshops(timestamp=0)
        for registration in due:
            remind(registration)
        left = list(registrations_to_remind(clock.now()))

    assert ([each.person for each in due], left) == (people[:2], [])
    assert verbs(workshop).count("reminded") == 2


def test_who_registers_the_day_before_is_not_reminded_of_it() -> None:
    workshop = make_workshop()

    with clock.simulated(workshop.starts_at - timedelta(hours=20)):
        register(workshop, by=make_member())
        due = list(registrations_to_remind(clock.now() + timedelta(hours=1)))

    assert due == []


def test_workshop_nobody_closed_is_closed_the_day_after_when_somebody_came() -> None:
    workshop, guest, empty = make_workshop(), make_member(), make_workshop()
    registration = register(workshop, by=guest)
    with clock.simulated(workshop.starts_at):
        mark_came(workshop, registration, came=True, by=workshop.host)

    with clock.simulated(workshop.ends_at + timedelta(days=2)):
        due = list(workshops_to_close(clock.now()))
        tend_workshops(timestamp=0)

    assert (due, verbs(workshop)[-1], verbs(empty)) == ([workshop], "held", ["proposed"])
    assert Entry.objects.get(verb="workshop.held").actor == workshop.host_id


def test_closed_workshop_takes_nobody_in() -> None:
    workshop = make_workshop()
    with clock.simulated(workshop.starts_at):
        close_workshop(workshop, by=workshop.host)

        acts: list[Callable[[Person], object]] = [
            lambda by: register(workshop, by=by),
            lambda by: check_in(workshop, workshop.check_in, by=by),
        ]
        for act in acts:
            with pytest.raises(NotAllowed):
                act(make_member())

    assert Registration.objects.count() == 0
