from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from relais.core import clock
from relais.knowledge.actions.people import choose_what_shows
from relais.knowledge.actions.pseudonyms import tell_quiet_acts
from relais.knowledge.actions.use_cases import choose_best, mark_solved, reopen, revise_use_case, withdraw_use_case
from relais.knowledge.models import QuietAct, UseCase
from relais.knowledge.queries.home import home_for
from relais.knowledge.queries.people import portrait_for
from relais.knowledge.queries.pseudonyms import asker_for
from relais.ledger.actions import seal_closed_days
from relais.ledger.models import Entry
from relais.ledger.queries import breaches, export
from relais.people.actions import leave_community
from relais.people.export import rows_of
from relais.people.models import Person
from tests.factories import make_answer, make_member, make_pseudonymous, make_unit, make_use_case, use_case_text

pytestmark = pytest.mark.django_db
HIDDEN = "Une personne de la communauté, sous pseudonyme"

ACTS: dict[str, Callable[[UseCase, Person], object]] = {
    "revised": lambda case, asker: revise_use_case(case, use_case_text(case.circle, title="Plus clair"), by=asker),
    "withdrawn": lambda case, asker: withdraw_use_case(case, by=asker),
    "solved": lambda case, asker: mark_solved(case, by=asker),
    "reopened": lambda case, asker: (mark_solved(case, by=asker), reopen(case, by=asker)),
    "best chosen": lambda case, asker: choose_best(make_answer(case), by=asker),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_no_fact_of_the_case_names_its_asker(act: Callable[[UseCase, Person], object]) -> None:
    case = make_pseudonymous(make_member(unit=make_unit()))
    asker = case.author

    act(case, asker)

    told = Entry.objects.filter(object_type="usecase", object_id=str(case.pk))
    assert told.count() >= 2
    assert set(told.values_list("actor", "unit")) == {(None, None)}
    assert [line for line in export() if str(asker.pk) in str(line) and line["verb"].startswith(("use_case", "best"))] == []


def test_what_colleagues_do_with_the_case_bears_their_name() -> None:
    case, supporter = make_pseudonymous(), make_member()

    answer = make_answer(case, author=supporter)

    assert Entry.objects.get(verb="answer.published").actor == supporter.pk
    assert answer.author == supporter


def test_asker_counts_the_night_after_without_the_case(moment: datetime) -> None:
    with clock.simulated(moment):
        case = make_pseudonymous()
        mark_solved(case, by=case.author)
        same_day = tell_quiet_acts()
    with clock.simulated(moment + timedelta(days=1)):
        told = tell_quiet_acts()

    entries = Entry.objects.filter(verb__startswith="pseudonym.").order_by("pk")
    assert (same_day, told, QuietAct.objects.count()) == (0, 2, 0)
    assert [(e.verb, e.actor, e.object_id, e.circle, e.payload, e.occurred_at) for e in entries] == [
        (verb, case.author_id, "", None, {}, datetime(2026, 3, 11, 12, tzinfo=UTC)) for verb in ("pseudonym.asked", "pseudonym.solved")
    ]


def test_facts_told_at_night_say_nothing_of_the_order_of_the_day(moment: datetime) -> None:
    askers = [make_member() for _ in range(6)]
    for minutes, asker in enumerate(askers):
        with clock.simulated(moment + timedelta(minutes=minutes)):
            make_pseudonymous(asker)

    with clock.simulated(moment + timedelta(days=1)):
        tell_quiet_acts()

    told = list(Entry.objects.filter(verb="pseudonym.asked").order_by("pk").values_list("actor", flat=True))
    assert told == sorted(asker.pk for asker in askers)


def test_ledger_still_holds_with_facts_told_late(moment: datetime) -> None:
    with clock.simulated(moment):
        make_pseudonymous()
        make_use_case()
    with clock.simulated(moment + timedelta(days=1)):
        tell_quiet_acts()
    with clock.simulated(moment + timedelta(days=2)):
        seal_closed_days()

    assert list(breaches()) == []


def test_asker_is_shown_to_nobody_but_themselves() -> None:
    case, open_case = make_pseudonymous(), make_use_case()

    shown = [asker_for(viewer, case).name for viewer in (make_member(), None, case.author)]

    assert shown == [HIDDEN, HIDDEN, "Vous, sous pseudonyme"]
    assert {asker_for(viewer, case).person for viewer in (make_member(), case.author)} == {None}
    assert asker_for(None, open_case).person == open_case.author


def test_two_cases_of_one_asker_look_like_those_of_two() -> None:
    asker, viewer = make_member(), make_member()

    shown = {asker_for(viewer, make_pseudonymous(author)) for author in (asker, asker, make_member())}

    assert len(shown) == 1


def test_choice_stands_when_the_case_is_revised() -> None:
    case = make_pseudonymous()

    revise_use_case(case, use_case_text(case.circle), by=case.author)

    assert UseCase.objects.get(pk=case.pk).pseudonym is True


def test_profile_keeps_silent_about_the_case() -> None:
    case = make_pseudonymous()
    mark_solved(case, by=case.author)
    choose_what_shows(passed_on=True, learned=True, by=case.author)

    assert portrait_for(make_member(), case.author_id).learned == []


def test_home_says_that_it_was_asked_under_a_pseudonym() -> None:
    make_pseudonymous()

    news = home_for(make_member(), clock.now())

    assert news.small is not None
    assert news.small.author == HIDDEN


def test_export_of_ones_own_data_holds_the_case() -> None:
    case, other = make_pseudonymous(), make_member()

    mine, theirs = rows_of(case.author), rows_of(other)

    assert [row["pseudonym"] for row in mine["knowledge.usecase"]] == [True]
    assert str(case.author_id) not in str(theirs)


def test_somebody_who_left_stays_under_their_pseudonym() -> None:
    case = make_pseudonymous()
    leave_community(case.author)

    shown = asker_for(make_member(), UseCase.objects.get(pk=case.pk))

    assert (shown.name, QuietAct.objects.count()) == (HIDDEN, 0)
