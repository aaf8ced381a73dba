from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.initiatives import (
    Start,
    add_indicator,
    decide_initiative,
    end_initiative,
    gather,
    join_initiative,
    launch_unanswered,
    open_initiative,
    propose_initiative,
    quit_initiative,
    revise_initiative,
)
from relais.knowledge.models import Initiative
from relais.knowledge.queries.initiatives import balance, initiative_for, initiatives_for, participants_of, thing_to_gather
from relais.ledger.models import Entry
from relais.people.models import Person, Role
from tests.factories import (
    initiative_text,
    make_answer,
    make_circle,
    make_content,
    make_initiative,
    make_invited,
    make_member,
    make_proposed,
    make_use_case,
    make_with_role,
    make_workshop,
)

pytestmark = pytest.mark.django_db
START = Start("Réclamations", Decimal(40), date(2026, 1, 5), "par semaine", "down")


def verbs(initiative: Initiative) -> list[str]:
    found = Entry.objects.filter(object_type="initiative", object_id=str(initiative.pk)).order_by("pk")
    return [entry.verb.removeprefix("initiative.") for entry in found]


def pilot() -> Person:
    return make_with_role(Role.PILOT)


def test_anybody_opens_one_once_and_takes_part_in_it() -> None:
    me, circle, key = make_member(), make_circle(), uuid4()

    first, again = (open_initiative(initiative_text(circle), by=me, sent_key=key) for _ in range(2))

    assert (first.pk, first.state, verbs(first), participants_of(first)) == (again.pk, "draft", ["opened"], [me])
    assert Entry.objects.get(verb="initiative.opened").payload == {"origin": "bottom_up"}


@pytest.mark.parametrize(("fields", "field"), [({"title": " "}, "title"), ({"what": " "}, "what")])
def test_what_is_missing_is_said_at_its_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_initiative(**fields)

    assert refusal.value.field == field


def test_those_who_have_not_joined_open_none() -> None:
    with pytest.raises(NotAllowed):
        make_initiative(make_invited())


def test_without_purpose_it_is_not_proposed_and_says_what_to_do() -> None:
    initiative = make_initiative()
    add_indicator(initiative, START, by=initiative.author)

    with pytest.raises(Refused) as refusal:
        propose_initiative(initiative, by=initiative.author)

    assert (refusal.value.field, "clients ou les collègues" in str(refusal.value)) == ("serves", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(state="launched")


def test_without_a_start_it_is_not_proposed_either() -> None:
    initiative = make_initiative(for_employees=True)

    with pytest.raises(Refused) as refusal:
        propose_initiative(initiative, by=initiative.author)
    add_indicator(initiative, START, by=initiative.author)

    assert (refusal.value.field, propose_initiative(initiative, by=initiative.author).state) == ("name", "proposed")


@pytest.mark.parametrize(
    ("start", "field"), [(Start(" ", Decimal(1), date(2026, 1, 5)), "name"), (Start("Délai", Decimal(1), date(2999, 1, 1)), "baseline_on")]
)
def test_start_has_a_name_and_a_day_that_has_come(start: Start, field: str) -> None:
    initiative = make_initiative()

    with pytest.raises(Refused) as refusal:
        add_indicator(initiative, start, by=initiative.author)

    assert refusal.value.field == field


def test_nobody_refuses_what_serves_without_a_written_reason() -> None:
    initiative, decider = make_proposed(), pilot()

    with pytest.raises(Refused) as refusal:
        decide_initiative(initiative, accepted=False, reason=" ", by=decider)
    refused = decide_initiative(initiative, accepted=False, reason="Déjà fait à Nantes : rejoignez-les.", by=decider)

    assert (refusal.value.field, refused.state, refused.reason) == ("reason", "refused", "Déjà fait à Nantes : rejoignez-les.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(reason="")


def test_yes_needs_no_words_and_is_said_once() -> None:
    initiative, decider = make_proposed(), pilot()

    accepted = decide_initiative(initiative, accepted=True, by=decider)

    assert (accepted.state, accepted.decided_by, verbs(initiative)) == ("launched", decider, ["opened", "revised", "proposed", "accepted"])
    with pytest.raises(NotAllowed):
        decide_initiative(initiative, accepted=True, by=decider)


def test_pilots_and_the_circles_animators_decide_and_nobody_on_their_own() -> None:
    initiative = make_proposed()
    appoint_animator(initiative.circle, animator := make_member(), by=None)
    animator.refresh_from_db()
    own = make_proposed(animator, initiative.circle)

    for person, thing in ((make_member(), initiative), (animator, own)):
        with pytest.raises(NotAllowed):
            decide_initiative(thing, accepted=True, by=person)

    assert decide_initiative(initiative, accepted=True, by=animator).state == "launched"


def test_ten_days_of_silence_never_stop_what_serves() -> None:
    initiative = make_proposed()

    with pytest.raises(NotAllowed):
        launch_unanswered(initiative, by=initiative.author)
    with clock.simulated(clock.now() + timedelta(days=10)):
        launched = launch_unanswered(initiative, by=initiative.author)

    assert (launched.state, verbs(initiative)[-1]) == ("launched", "launched")


def test_refused_initiative_is_revised_into_a_draft_and_proposed_again() -> None:
    initiative = make_proposed()
    decide_initiative(initiative, accepted=False, reason="Trop vaste.", by=pilot())

    smaller = initiative_text(initiative.circle, title="Une agence d'abord", for_customers=True)
    revised = revise_initiative(initiative, smaller, by=initiative.author)
    again = propose_initiative(revised, by=initiative.author)

    assert (revised.state, again.state, again.reason) == ("draft", "proposed", "")
    assert revise_initiative(again, smaller, by=initiative.author).state == "proposed"


def test_purpose_is_not_taken_away_once_it_is_proposed() -> None:
    initiative = make_proposed()

    with pytest.raises(Refused) as refusal:
        revise_initiative(initiative, initiative_text(initiative.circle), by=initiative.author)

    assert refusal.value.field == "serves"


def test_whoever_opened_it_alone_leads_it() -> None:
    initiative, other = make_proposed(), make_member()
    acts: list[Callable[[], object]] = [
        lambda: revise_initiative(initiative, initiative_text(initiative.circle, for_customers=True), by=other),
        lambda: add_indicator(initiative, START, by=other),
        lambda: propose_initiative(initiative, by=other),
        lambda: launch_unanswered(initiative, by=other),
        lambda: end_initiative(initiative, by=other),
        lambda: end_initiative(initiative, by=initiative.author),  # it is not under way yet
    ]

    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_one_joins_and_leaves_freely_but_whoever_opened_it_ends_it() -> None:
    initiative, me = make_proposed(), make_member()

    for act in (join_initiative, join_initiative, quit_initiative, quit_initiative):
        act(initiative, by=me)

    assert verbs(initiative)[-2:] == ["joined", "quit"]
    with pytest.raises(NotAllowed):
        quit_initiative(initiative, by=initiative.author)
    with pytest.raises(NotAllowed):
        join_initiative(make_initiative(me), by=me)
    decide_initiative(initiative, accepted=True, by=pilot())
    assert end_initiative(initiative, by=initiative.author).state == "ended"


def test_those_who_take_part_gather_cases_contents_and_workshops() -> None:
    initiative, me = make_proposed(), make_member()
    things = [make_use_case(), make_content(), make_workshop()]
    with pytest.raises(NotAllowed):
        gather(initiative, things[0], by=me)
    join_initiative(initiative, by=me)

    for thing in things:
        gather(initiative, thing, by=me)

    found = initiative_for(me, initiative.pk)
    assert found is not None
    assert [[*found.use_cases.all()], [*found.contents.all()], [*found.workshops.all()]] == [[thing] for thing in things]


def test_things_are_found_by_their_page_and_only_those_one_sees() -> None:
    me, case, content, workshop, answer = make_member(), make_use_case(), make_content(), make_workshop(), make_answer()

    assert [thing_to_gather(me, word, thing.pk) for word, thing in (("cas", case), ("apport", content), ("atelier", workshop))] == [
        case,
        content,
        workshop,
    ]
    assert thing_to_gather(me, "apport", answer.pk) is None
    assert thing_to_gather(make_invited(), "atelier", workshop.pk) is None


def test_drafts_are_ones_own_and_the_balance_counts_the_others_by_origin() -> None:
    me = make_member()
    mine, _theirs = make_initiative(me), make_initiative()
    far = make_proposed(origin="across")
    make_proposed(origin="top_down")

    assert [*initiatives_for(me, state="draft")] == [mine]
    assert [*initiatives_for(me, circle=far.circle.slug)] == [far]
    assert balance(me) == {"top_down": 1, "bottom_up": 0, "across": 1}
    assert ([*initiatives_for(make_invited())], initiative_for(make_member(), mine.pk)) == ([], None)
    assert len(initiatives_for(pilot())) == 2
