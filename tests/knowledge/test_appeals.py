from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from relais.core import clock
from relais.core.errors import NotAllowed, Refused, RelaisError
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.moderation import appeal, decide, judge_appeal, report_thing
from relais.knowledge.models import Ruling
from relais.knowledge.queries import moderation as queries
from relais.knowledge.queries.home import home_for
from relais.ledger.models import Entry
from relais.people.models import Person, Role
from tests.factories import (
    make_circle,
    make_member,
    make_pseudonymous,
    make_use_case,
    make_with_role,
)
from tests.knowledge.house import REASONS, House, judged, make_animator, make_house, seen, the

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.mark.parametrize(
    ("stands", "verdict", "shown"),
    [((True, True), "upheld", False), ((True, False), "overturned", True), ((False, False), "overturned", True)],
)
def test_decision_stands_only_if_both_judges_uphold_it(house: House, stands: tuple[bool, bool], verdict: str, shown: bool) -> None:
    ruling = judged(house.appealed(), house.judges, *stands)

    assert (ruling.verdict, seen(make_member(), house.answer)) == (verdict, [shown] * 3)
    closed = Entry.objects.get(verb="appeal.closed")
    assert (closed.actor, closed.payload) == (None, {"ruling": ruling.pk, "overturned": shown})
    assert [thing.reason for thing in home_for(house.author, clock.now()).waiting] == [verdict]


def test_overturned_request_to_change_leaves_the_text_as_it_is(house: House) -> None:
    ruling = judged(house.appealed("amend"), house.judges, False, False)

    assert (ruling.verdict, seen(make_member(), house.answer)) == ("overturned", [True] * 3)


def test_first_judge_is_not_read_before_the_second_has_spoken(house: House) -> None:
    ruling = judge_appeal(house.appealed(), upholds=True, reasons=REASONS, by=house.judges[0])
    before = queries.voices_on(ruling)

    ruling = judge_appeal(ruling, upholds=True, reasons=REASONS, by=house.judges[1])

    assert (before, [voice.person for voice in queries.voices_on(ruling)]) == ([], house.judges)


@pytest.mark.parametrize(("days", "taken"), [(14, True), (15, False)])
def test_appeal_is_made_within_fifteen_days(house: House, moment: datetime, days: int, taken: bool) -> None:
    with clock.simulated(moment):
        ruling = house.decided()
    with clock.simulated(moment + timedelta(days)), suppress(RelaisError):
        appeal(ruling, "Ce n’est pas un nom.", by=house.author)

    assert (Ruling.objects.get().appealed_at is not None) == taken


def test_appeal_is_the_authors_once_in_words_and_against_what_weighs_on_them(house: House) -> None:
    ruling = house.decided()
    with pytest.raises(NotAllowed):
        appeal(ruling, "Pour lui.", by=make_member())
    with pytest.raises(Refused):
        appeal(ruling, "  ", by=house.author)
    appeal(ruling, "Ce n’est pas un nom.", by=house.author)
    with pytest.raises(NotAllowed):
        appeal(ruling, "Encore.", by=house.author)

    kept = make_use_case()
    report_thing(the(kept), "unkind", by=house.reporter)
    with pytest.raises(NotAllowed):
        appeal(decide(the(kept), "keep", REASONS, by=make_with_role(Role.PILOT)), "Merci.", by=kept.author)


@pytest.mark.parametrize("who", ["decider", "author", "reporter", "same_circle", "member", "judged_already"])
def test_appeal_is_judged_by_others(house: House, who: str) -> None:
    ruling = house.appealed()
    elsewhere = make_circle()
    people = {
        "decider": house.animator,
        "author": house.author,
        "reporter": house.reporter,
        "same_circle": make_animator(house.answer.use_case.circle),
        "member": make_member(),
        "judged_already": house.judges[0],
    }
    if who in ("author", "reporter"):
        appoint_animator(elsewhere, people[who], by=None)
    if who == "judged_already":
        judge_appeal(ruling, upholds=True, reasons=REASONS, by=people[who])
    person = Person.objects.get(pk=people[who].pk)

    with pytest.raises(NotAllowed):
        judge_appeal(ruling, upholds=True, reasons=REASONS, by=person)

    assert queries.appeals_for(person) == []


def test_what_is_not_appealed_is_not_judged(house: House) -> None:
    with pytest.raises(Refused):
        judge_appeal(house.decided(), upholds=True, reasons=REASONS, by=house.judges[0])


def test_judges_give_their_reasons(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        judge_appeal(house.appealed(), upholds=True, reasons="Oui", by=house.judges[0])

    assert refusal.value.field == "reasons"


def test_one_judge_at_least_comes_from_another_team_if_somebody_can(house: House) -> None:
    team = house.animator.unit
    near = [make_animator(unit=team) for _ in range(2)]
    ruling = judge_appeal(house.appealed(), upholds=True, reasons=REASONS, by=near[0])

    with pytest.raises(NotAllowed):
        judge_appeal(ruling, upholds=True, reasons=REASONS, by=near[1])

    assert judge_appeal(ruling, upholds=True, reasons=REASONS, by=house.judges[0]).verdict == "upheld"


def test_one_team_judges_where_nobody_else_could(house: House) -> None:
    for judge in house.judges:
        Person.objects.filter(pk=judge.pk).update(roles=[])
    near = [make_animator(unit=house.animator.unit) for _ in range(2)]

    assert judged(house.appealed(), near, True, True).verdict == "upheld"


def test_moderator_waits_for_the_judges_before_showing_again(house: House) -> None:
    house.appealed()

    with pytest.raises(Refused):
        decide(the(house.answer), "restore", REASONS, by=house.animator)


def test_asker_under_a_pseudonym_appeals_without_a_name(house: House) -> None:
    case = make_pseudonymous(circle=house.answer.use_case.circle)
    report_thing(the(case), "secret", by=house.reporter)

    ruling = appeal(decide(the(case), "hide", REASONS, by=house.animator), "Ce n’est pas secret.", by=case.author)

    assert (Entry.objects.get(verb="appeal.made").actor, str(case.author_id) in str(Ruling.objects.values().get(pk=ruling.pk))) == (
        None,
        False,
    )
    assert the(case).signed(house.animator) == "Une personne de la communauté, sous pseudonyme"


def test_home_shows_each_what_waits_for_them(house: House) -> None:
    kinds = [
        [waiting.kind for waiting in home_for(person, clock.now()).waiting] for person in (house.animator, house.judges[0], house.reporter)
    ]
    house.appealed()
    later = [[waiting.kind for waiting in home_for(person, clock.now()).waiting] for person in (house.animator, house.judges[0])]

    assert kinds == [["to_moderate"], [], []]
    assert later == [[], ["to_judge"]]


def test_decisions_of_ones_circles_are_found_again(house: House) -> None:
    ruling = house.decided()

    found = [[one for one, _about in queries.lately_decided(person)] for person in (house.animator, house.judges[0], make_member())]

    assert found == [[ruling], [], []]


def test_decision_about_something_gone_is_nobodys(house: House) -> None:
    lost = Ruling.objects.create(
        object_type="usecase", object_id=0, circle=house.answer.use_case.circle, person=house.animator, decision="hide", reasons=REASONS
    )

    with pytest.raises(NotAllowed):
        appeal(lost, "Où est-ce ?", by=house.author)

    assert (queries.ruling_for(house.animator, lost.pk), queries.ruling_for(house.animator, 0)) == (None, None)


@pytest.mark.parametrize(
    "columns",
    [{"reasons": ""}, {"appeal": "Non"}, {"verdict": "upheld"}],
    ids=["no reasons", "appeal without a date", "verdict without appeal"],
)
def test_database_refuses_what_the_actions_never_write(house: House, columns: dict[str, str]) -> None:
    ruling = house.decided()

    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.filter(pk=ruling.pk).update(**columns)
