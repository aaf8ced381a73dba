from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.circles import appoint_animator, join_circle
from relais.knowledge.actions.exchanges import open_to_exchanges
from relais.knowledge.actions.needs import (
    ask_those_likely_to_know,
    close_need,
    decline,
    offer,
    open_need,
    propose_exchange_for,
    propose_for,
    stop_wishing,
    wish,
)
from relais.knowledge.actions.workshops import cancel_workshop
from relais.knowledge.models import Giver, Need
from relais.knowledge.queries.needs import need_for, needs_for, open_requests_of, similar_needs, who_offers, who_wishes
from relais.knowledge.queries.routing import open_proposals_of
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once
from relais.people.actions import leave_community, pause
from relais.people.models import Person
from tests.factories import make_answer, make_circle, make_invited, make_member, make_need, make_use_case

pytestmark = pytest.mark.django_db


def verbs(need: Need) -> list[str]:
    found = Entry.objects.filter(object_type="need", object_id=str(need.pk)).order_by("pk")
    return [entry.verb.removeprefix("need.") for entry in found]


def fresh(need: Need) -> Need:
    return Need.objects.get(pk=need.pk)


def ripe() -> tuple[Need, Person]:
    """Three who would like to learn, and one who can show."""
    need, giver = make_need(), make_member(time_zone="Europe/Paris")
    for _ in range(2):
        wish(need, by=make_member())
    offer(need, by=giver)
    return fresh(need), giver


def test_need_is_said_once_and_whoever_says_it_is_the_first_to_wish_it() -> None:
    me, circle, key = make_member(), make_circle(), uuid4()

    first, again = (open_need("Sceller", circle=circle, by=me, sent_key=key) for _ in range(2))

    assert (first.pk, verbs(first), who_wishes(first)) == (again.pk, ["opened"], [me])


def test_need_without_words_or_from_who_has_not_joined_is_refused() -> None:
    with pytest.raises(Refused):
        make_need(title="  ")
    with pytest.raises(NotAllowed):
        make_need(make_invited())


def test_me_too_counts_once_and_is_taken_back_but_not_by_whoever_opened_it() -> None:
    need, other = make_need(), make_member()

    for act in (wish, wish):
        act(need, by=other)
    wanted = fresh(need).wanted_count
    for act in (stop_wishing, stop_wishing):
        act(need, by=other)

    assert (wanted, fresh(need).wanted_count, verbs(need)) == (2, 1, ["opened", "wished", "unwished"])
    with pytest.raises(NotAllowed):
        stop_wishing(need, by=need.author)


def test_those_who_did_close_things_are_asked_once() -> None:
    expert, circle = make_member(), make_circle()
    make_answer(make_use_case(title="Comment sceller un tube sans bulle ?", circle=circle), author=expert)

    with delivered_at_once():
        need = make_need(circle=circle, title="Sceller un tube sans bulle")
    again = ask_those_likely_to_know(need)

    [giver] = Giver.objects.filter(need=need)
    assert (giver.person, giver.state, again) == (expert, "asked", [])
    assert Entry.objects.get(verb="need.asked").payload == {"person": str(expert.pk)}


def test_nobody_is_asked_about_a_closed_need_nor_during_a_pause_nor_about_their_own() -> None:
    need, resting = make_need(), make_member()
    pause(resting)

    assert open_requests_of({resting.pk, need.author_id}, need) == {}
    close_need(need, met=True, by=need.author)
    assert ask_those_likely_to_know(need) == []


def test_what_is_asked_about_cases_and_needs_counts_together() -> None:
    busy, case = make_member(), make_use_case()
    for _ in range(3):
        Giver.objects.create(need=make_need(), person=busy, state="asked")

    assert open_proposals_of({busy.pk}, case) == {busy.pk: 3}


def test_offering_and_passing_are_ones_own_choice() -> None:
    need, me = make_need(), make_member()
    Giver.objects.create(need=need, person=me, state="asked")

    decline(need, by=me)
    decline(need, by=me)
    after = Giver.objects.get().state
    for _ in range(2):
        offer(need, by=me)

    assert (after, Giver.objects.get().state, who_offers(need)) == ("declined", "offered", [me])
    assert verbs(need) == ["opened", "declined", "offered"]


def test_three_wishes_and_a_giver_make_a_workshop_in_one_click_once() -> None:
    need, giver = ripe()

    with clock.simulated(datetime(2026, 10, 22, 9, tzinfo=UTC)):  # a Thursday: a week later, after the change of hour
        first = propose_for(need, by=giver)
        again = propose_for(need, by=giver)

    assert (first.pk, first.host, first.title, first.circle) == (again.pk, giver, need.title, need.circle)
    assert first.starts_at == datetime(2026, 10, 29, 11, 30, tzinfo=UTC)  # half past twelve in Paris
    assert Entry.objects.get(verb="need.answered").payload == {"workshop": first.pk}


def test_workshop_proposed_on_a_saturday_waits_for_the_monday_after() -> None:
    need, giver = ripe()

    with clock.simulated(datetime(2026, 3, 14, 9, tzinfo=UTC)):
        workshop = propose_for(need, by=giver)

    assert workshop.starts_at.isoweekday() == 1


def test_cancelled_workshop_leaves_room_for_another() -> None:
    need, giver = ripe()
    first = propose_for(need, by=giver)
    cancel_workshop(first, "Malade", by=giver)

    assert propose_for(need, by=giver).pk != first.pk


def test_fewer_than_three_or_somebody_who_has_not_offered_makes_none() -> None:
    need, giver = make_need(), make_member()
    offer(need, by=giver)
    with pytest.raises(NotAllowed):
        propose_for(need, by=giver)

    need, _giver = ripe()
    with pytest.raises(NotAllowed):
        propose_for(need, by=make_member())


def test_only_those_who_asked_close_it_and_a_closed_need_takes_no_act() -> None:
    need, supporter, passer_by = make_need(), make_member(), make_member()
    wish(need, by=supporter)

    with pytest.raises(NotAllowed):
        close_need(need, met=True, by=passer_by)
    for met in (True, False):
        closed = close_need(need, met=met, by=supporter)

    assert (closed.met, verbs(need).count("closed")) == (True, 1)
    for act in (wish, offer, propose_for, stop_wishing):
        with pytest.raises(NotAllowed):
            act(need, by=supporter)


def test_wishes_go_with_their_person_and_a_need_nobody_has_is_closed() -> None:
    alone, shared, leaving = make_need(me := make_member()), make_need(me), make_member()
    wish(shared, by=leaving)
    wish(shared, by=(staying := make_member()))

    with delivered_at_once():
        leave_community(leaving)
        leave_community(me)

    assert (fresh(alone).met, verbs(alone)[-1]) == (False, "closed")
    assert (fresh(shared).closed_at, fresh(shared).wanted_count, who_wishes(shared)) == (None, 1, [staying])


def test_list_begins_with_my_circles_then_with_what_most_wish() -> None:
    me, near = make_member(), make_circle()
    join_circle(near, by=me)
    far, wanted, mine = make_need(), make_need(), make_need(circle=near)
    wish(wanted, by=me)
    close_need(closed := make_need(), met=True, by=closed.author)

    assert list(needs_for(me)) == [mine, wanted, far]
    assert list(needs_for(me, near.slug)) == [mine]
    assert need_for(me, wanted.pk).wished is True
    assert (list(needs_for(make_invited())), need_for(make_invited(), far.pk)) == ([], None)


def test_close_needs_are_found_while_one_types() -> None:
    need, viewer = make_need(title="Sceller un tube sans bulle"), make_member()

    assert similar_needs(viewer, "sceller un tube") == [need]
    assert [similar_needs(viewer, words) for words in ("sc", "calmer un client")] == [[], []]
    assert similar_needs(make_invited(), "sceller un tube") == []


def test_animators_are_asked_like_everybody_who_may_know() -> None:
    circle, animator = make_circle(), make_member()
    appoint_animator(circle, animator, by=None)

    with delivered_at_once():
        need = make_need(circle=circle)

    assert [giver.person for giver in need.givers.all()] == [animator]


def test_who_can_show_it_meets_who_asked_in_one_click_within_what_both_chose() -> None:
    need, giver = make_need(), make_member()
    offer(need, by=giver)
    with pytest.raises(NotAllowed, match="pas ouvert"):
        propose_exchange_for(need, by=giver)
    for person in (need.author, giver):
        open_to_exchanges(1, by=person)

    exchange = propose_exchange_for(need, by=giver)

    assert (exchange.asker, exchange.other, exchange.about, exchange.state) == (giver, need.author, need.title, "asked")
    with pytest.raises(NotAllowed, match="proposé"):
        propose_exchange_for(need, by=make_member())
