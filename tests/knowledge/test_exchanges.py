from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.core.errors import NotAllowed, Refused, RelaisError
from relais.knowledge.actions.circles import appoint_animator, join_circle
from relais.knowledge.actions.exchanges import answer_exchange, ask_exchange, close_exchange, draw_round, open_to_exchanges, preview
from relais.knowledge.models import Circle, Exchange, Openness
from relais.knowledge.queries.exchanges import exchange_for, exchanges_for, open_exchanges_of, openness_of, seekers_in
from relais.ledger.models import Entry
from relais.people.actions import leave_community, pause
from relais.people.models import Person
from tests.factories import make_circle, make_exchange, make_invited, make_member, make_unit

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    found = Entry.objects.filter(verb__regex=r"^(exchange|round)").order_by("pk")
    return [entry.verb for entry in found]


def agreed() -> Exchange:
    exchange = make_exchange()
    return answer_exchange(exchange, accepted=True, by=exchange.other)


def test_one_is_open_to_exchanges_by_choice_and_stops_in_one_click() -> None:
    me = make_member()

    for capacity in (2, 3, 0, 0, 1):
        open_to_exchanges(capacity, by=me)

    assert (openness_of(me), verbs()) == (Openness.objects.get(), ["exchanges.opened", "exchanges.closed", "exchanges.opened"])
    with pytest.raises(Refused):
        open_to_exchanges(6, by=me)
    with pytest.raises(NotAllowed):
        open_to_exchanges(1, by=make_invited())


def test_exchange_is_asked_agreed_and_closed_by_each() -> None:
    exchange = make_exchange()
    for _ in range(2):
        answer_exchange(exchange, accepted=True, by=exchange.other)

    first = close_exchange(exchange, happened=True, useful=5, learned="Préparer la veille.", by=exchange.asker)
    close_exchange(exchange, happened=True, useful=4, by=exchange.asker)
    close_exchange(exchange, happened=True, useful=None, by=exchange.other)

    assert verbs()[2:] == ["exchange.asked", "exchange.agreed", "exchange.closed", "exchange.closed"]
    assert (first.learned, Exchange.objects.get().state, open_exchanges_of(exchange.asker_id)) == ("Préparer la veille.", "closed", 0)


def test_nobody_has_more_than_they_said() -> None:
    exchange, third = make_exchange(), make_member()
    open_to_exchanges(1, by=third)

    for asker, other in ((third, exchange.other), (exchange.asker, third), (third, make_member())):
        with pytest.raises(NotAllowed):
            ask_exchange(other, by=asker)

    assert Exchange.objects.count() == 1


def test_two_people_have_one_exchange_open_at_a_time() -> None:
    exchange = make_exchange()
    for person in (exchange.asker, exchange.other):
        open_to_exchanges(3, by=person)

    for asker, other in ((exchange.asker, exchange.other), (exchange.other, exchange.asker)):
        with pytest.raises(Refused):
            ask_exchange(other, by=asker)

    assert Exchange.objects.get() == exchange


def test_nobody_is_asked_during_a_pause_nor_by_themselves() -> None:
    me, resting = make_member(), make_member()
    for person in (me, resting):
        open_to_exchanges(1, by=person)
    resting = pause(resting)

    for other in (resting, me):
        with pytest.raises(NotAllowed):
            ask_exchange(other, by=me)


def test_exchange_is_of_two_and_answered_by_whoever_was_asked() -> None:
    exchange, third = make_exchange(), make_member()
    acts: list[Callable[[], object]] = [
        lambda: answer_exchange(exchange, accepted=True, by=exchange.asker),
        lambda: answer_exchange(exchange, accepted=True, by=third),
        lambda: close_exchange(exchange, happened=True, useful=3, by=exchange.asker),
    ]

    for act in acts:
        with pytest.raises(NotAllowed):
            act()

    declined = answer_exchange(exchange, accepted=False, by=exchange.other)
    assert (declined.state, list(exchanges_for(exchange.asker)), exchange_for(third, exchange.pk)) == ("declined", [], None)
    with pytest.raises(NotAllowed):
        answer_exchange(exchange, accepted=False, by=exchange.other)


def test_useful_is_from_one_to_five() -> None:
    exchange = agreed()

    with pytest.raises(Refused):
        close_exchange(exchange, happened=True, useful=6, by=exchange.asker)


def circle_of(count: int, capacity: int = 1) -> tuple[Circle, Person, list[Person]]:
    """A circle, who looks after it, and so many members of two teams who are open to exchanges."""
    circle, animator, units = make_circle(), make_member(), [make_unit(), make_unit()]
    appoint_animator(circle, animator, by=None)
    people = [make_member(unit=units[number % 2]) for number in range(count)]
    for person in people:
        join_circle(circle, by=person)
        open_to_exchanges(capacity, by=person)
    animator.refresh_from_db()
    return circle, animator, people


def test_round_pairs_across_teams_and_the_next_one_pairs_others() -> None:
    circle, animator, people = circle_of(4, capacity=2)

    first, second = (draw_round(circle, by=animator) for _ in range(2))

    pairs = [frozenset(pair) for pair in Exchange.objects.values_list("asker", "other")]
    assert (first.pairs, first.across, second.pairs, len(set(pairs))) == (2, 2, 2, 4)
    assert [open_exchanges_of(person.pk) for person in people] == [2] * 4
    with pytest.raises(Refused):
        draw_round(circle, by=animator)
    assert (len(seekers_in(circle)), verbs().count("exchange.drawn")) == (0, 4)


def test_only_those_who_look_after_the_circle_draw_and_only_those_who_opted_in_are_drawn() -> None:
    circle, animator, people = circle_of(2)
    join_circle(circle, by=(apart := make_member()))
    open_to_exchanges(0, by=people[0])

    join_circle(elsewhere := make_circle(), by=people[1])
    assert [seeker.circles for seeker in seekers_in(circle)] == [{elsewhere.pk}]
    assert (preview(circle, by=animator).pairs, [seeker.person for seeker in seekers_in(circle)]) == ([], [people[1].pk])
    assert apart.pk not in {seeker.person for seeker in seekers_in(circle)}
    with pytest.raises(NotAllowed):
        preview(circle, by=make_member())


def test_exchanges_go_with_their_person() -> None:
    exchange = agreed()

    leave_community(exchange.asker)

    assert (Exchange.objects.count(), open_exchanges_of(exchange.other_id)) == (0, 0)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 3)), max_size=14),
)
def test_capacities_and_choices_hold_whatever_people_do(capacities: list[int], steps: list[tuple[int, int, int]]) -> None:
    circle, animator, people = circle_of(4)
    for person, capacity in zip(people, capacities, strict=True):
        open_to_exchanges(capacity, by=person)

    for act, one, other in steps:
        waiting = Exchange.objects.filter(other=people[one], state="asked").first()
        try:
            if act == 0:
                draw_round(circle, by=animator)
            elif act == 1:
                ask_exchange(people[other], by=people[one])
            elif waiting:
                answer_exchange(waiting, accepted=act == 2, by=people[one])
        except RelaisError:
            continue

    assert all(open_exchanges_of(person.pk) <= capacity for person, capacity in zip(people, capacities, strict=True))
