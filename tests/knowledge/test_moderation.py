from __future__ import annotations

from typing import Any

import pytest

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.contributions import add_co_author, also_answer, withdraw_contribution
from relais.knowledge.actions.moderation import appeal, decide, read_reports, read_ruling, report_thing
from relais.knowledge.actions.use_cases import choose_best, withdraw_use_case
from relais.knowledge.models import Proposal, Report, Ruling, UseCase
from relais.knowledge.queries import moderation as queries
from relais.knowledge.queries.contributions import contribution_for
from relais.knowledge.queries.home import home_for
from relais.knowledge.queries.things import thing_to_report
from relais.knowledge.queries.use_cases import use_case_for, use_cases_for
from relais.ledger.models import Entry
from relais.people.models import Person, Role
from tests.factories import (
    make_answer,
    make_content,
    make_invited,
    make_member,
    make_need,
    make_proposed,
    make_use_case,
    make_with_role,
    make_workshop,
)
from tests.knowledge.house import REASONS, House, make_animator, make_house, seen, the, waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


# Reporting


def test_report_reaches_those_who_look_after_the_circle_and_pilots(house: House) -> None:
    pilot = make_with_role(Role.PILOT)

    queues = [
        [matter.thing.pk for matter in queries.matters_for(person)] for person in (house.animator, pilot, *house.judges, make_member())
    ]

    assert queues == [[house.answer.pk], [house.answer.pk], [], [], []]
    assert Entry.objects.get(verb="thing.reported").payload["kind"] == "personal"


def test_report_said_twice_is_said_once(house: House) -> None:
    report_thing(the(house.answer), "unkind", by=house.reporter)

    assert (Report.objects.count(), Entry.objects.filter(verb="thing.reported").count()) == (1, 1)


def test_same_thing_may_be_reported_again_after_a_decision(house: House) -> None:
    house.decided("keep")

    report_thing(the(house.answer), "unkind", by=house.reporter)

    assert [matter.thing.pk for matter in queries.matters_for(house.animator)] == [house.answer.pk]


@pytest.mark.parametrize(("kind", "note", "field"), [("", "", "kind"), ("rude", "", "kind"), ("other", " ", "note")])
def test_report_says_what_is_wrong(kind: str, note: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        report_thing(the(make_use_case()), kind, note, by=make_member())

    assert refusal.value.field == field


def test_nobody_reports_their_own_text_nor_what_they_cannot_see(house: House) -> None:
    gone = make_use_case()
    withdraw_use_case(gone, by=gone.author)

    for about, by in ((house.answer, house.author), (gone, make_member()), (house.answer, make_invited())):
        with pytest.raises(NotAllowed):
            report_thing(the(about), "unkind", by=by)


@pytest.mark.parametrize("make", [make_use_case, make_answer, make_content, make_workshop, make_proposed])
def test_every_kind_of_thing_can_be_reported_decided_and_contested(make: Any) -> None:
    row = make()
    about = the(row)
    report_thing(about, "astray", by=make_member())

    ruling = appeal(
        decide(about, "amend", REASONS, by=make_with_role(Role.PILOT)),
        "Je ne vois pas en quoi.",
        by=Person.objects.get(pk=min(about.authors)),
    )

    assert (about.title != "", about.signed(make_member()) != "", about.html.startswith("<p>") or about.html == "") == (True, True, True)
    assert [waiting for waiting, _about in queries.appeals_for(make_animator())] == [ruling]


def test_what_cannot_be_seen_cannot_be_reported_by_its_address(house: House) -> None:
    member = make_member()

    found = [thing_to_report(member, word, pk) for word, pk in (("apport", house.answer.pk), ("apport", 0), ("personne", house.answer.pk))]

    assert [about and about.row for about in found] == [house.answer, None, None]


# Deciding


def test_withheld_text_is_met_by_nobody(house: House) -> None:
    reader = make_member()
    before = seen(reader, house.answer)

    house.decided()

    assert (before, seen(reader, house.answer), seen(house.reporter, house.answer)) == ([True] * 3, [False] * 3, [False] * 3)
    assert UseCase.objects.get(pk=house.answer.use_case_id).answers_count == 0


def test_author_and_moderators_read_what_is_withheld_and_why(house: House) -> None:
    ruling = house.decided()

    readers = [queries.ruling_for(person, ruling.pk) is not None for person in (house.author, house.animator, make_member(), *house.judges)]

    assert readers == [True, True, False, False, False]
    assert [matter.kind for matter in home_for(house.author, clock.now()).waiting] == ["ruling"]


def test_reporter_learns_what_came_of_it_and_the_author_not_who_reported(house: House) -> None:
    ruling = house.decided()

    assert [(report.ruling, about.row) for report, about in queries.reports_of(house.reporter)] == [(ruling, house.answer)]
    assert Entry.objects.get(verb="ruling.made").payload == {"ruling": ruling.pk, "decision": "hide"}


def test_withheld_text_is_shown_again_as_it_was(house: House) -> None:
    choose_best(house.answer, by=house.answer.use_case.author)
    before = UseCase.objects.filter(pk=house.answer.use_case_id).values().get()
    house.decided()

    decide(the(house.answer), "restore", REASONS, by=make_with_role(Role.PILOT))

    assert UseCase.objects.filter(pk=house.answer.use_case_id).values().get() == before
    assert seen(make_member(), house.answer) == [True] * 3


def test_withheld_case_goes_with_what_was_written_under_it_and_comes_back_with_it(house: House) -> None:
    case, elsewhere = house.answer.use_case, make_use_case()
    also_answer(make_content(case), elsewhere, by=make_member())
    withdrawn = make_answer(case)
    withdraw_contribution(withdrawn, by=withdrawn.author)
    report_thing(the(case), "secret", by=house.reporter)
    reader = make_member()

    decide(the(case), "hide", REASONS, by=house.animator)
    hidden = [use_case_for(reader, case.pk), case in use_cases_for(reader), *seen(reader, house.answer)]
    counted = UseCase.objects.get(pk=elsewhere.pk).contents_count
    decide(the(case), "restore", REASONS, by=house.animator)

    assert (hidden, counted) == ([None, False, False, False, False], 0)
    assert (use_case_for(reader, case.pk), seen(reader, house.answer)) == (case, [True] * 3)
    assert UseCase.objects.get(pk=elsewhere.pk).contents_count == 1
    assert contribution_for(reader, withdrawn.pk) is None


def test_proposal_does_not_quote_a_withheld_case(house: House) -> None:
    case, asked = house.answer.use_case, make_member()
    Proposal.objects.create(use_case=make_use_case(), person=asked, reason="answer", because=case)
    report_thing(the(case), "secret", by=house.reporter)

    quoted = [home_for(asked, clock.now()).waiting[0].because]
    decide(the(case), "hide", REASONS, by=house.animator)
    quoted.append(home_for(asked, clock.now()).waiting[0].because)

    assert quoted == [case.title, ""]


@pytest.mark.parametrize("who", ["author", "co_author", "reporter", "member", "other_animator", "sponsor"])
def test_nobody_decides_about_their_own_text_their_own_report_or_elsewhere(house: House, who: str) -> None:
    circle = house.answer.use_case.circle
    person = {
        "author": house.author,
        "co_author": (co_author := make_member()),
        "reporter": house.reporter,
        "member": make_member(),
        "other_animator": house.judges[0],
        "sponsor": make_with_role(Role.SPONSOR),
    }[who]
    add_co_author(house.answer, co_author, by=house.author)
    if who in ("author", "co_author", "reporter"):
        appoint_animator(circle, person, by=None)

    with pytest.raises(NotAllowed):
        decide(the(house.answer), "keep", REASONS, by=Person.objects.get(pk=person.pk))

    assert [matter.thing.pk for matter in queries.matters_for(Person.objects.get(pk=person.pk))] == []


@pytest.mark.parametrize(
    ("decision", "reasons", "field"), [("hide", "", "reasons"), ("hide", "Non.", "reasons"), ("burn", REASONS, "decision")]
)
def test_decision_has_reasons(house: House, decision: str, reasons: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        decide(the(house.answer), decision, reasons, by=house.animator)

    assert (refusal.value.field, Ruling.objects.count()) == (field, 0)


def test_what_was_decided_is_not_decided_again(house: House) -> None:
    house.decided("keep")

    with pytest.raises(Refused):
        house.decided("hide")


def test_workshop_is_not_withheld_but_its_host_may_be_asked_to_change_it() -> None:
    workshop = make_workshop()
    report_thing(the(workshop), "astray", by=make_member())

    with pytest.raises(Refused) as refusal:
        decide(the(workshop), "hide", REASONS, by=make_with_role(Role.PILOT))

    assert refusal.value.field == "decision"


@pytest.mark.parametrize("decision", ["hide", "amend"])
def test_text_that_its_author_withdrew_meanwhile_is_left(house: House, decision: str) -> None:
    withdraw_contribution(house.answer, by=house.author)

    with pytest.raises(Refused):
        house.decided(decision)

    assert house.decided("keep").decision == "keep"


def test_only_what_is_withheld_is_restored(house: House) -> None:
    with pytest.raises(Refused):
        house.decided("restore")


def test_reporter_is_told_once_that_it_was_looked_at(house: House) -> None:
    before = waiting_for(house.reporter)
    house.decided("keep")
    told = waiting_for(house.reporter)

    read = read_reports(by=house.reporter), read_reports(by=house.reporter)

    assert (before, told, read, waiting_for(house.reporter)) == ([], ["reported"], (1, 0), [])


@pytest.mark.parametrize("make", [make_use_case, make_answer, make_content, make_workshop, make_need, make_proposed])
def test_author_of_every_kind_of_thing_is_told_by_its_title(make: Any) -> None:
    about = the(make())
    report_thing(about, "astray", by=make_member())

    decide(about, "amend", REASONS, by=make_with_role(Role.PILOT))

    [told] = home_for(Person.objects.get(pk=min(about.authors)), clock.now()).waiting
    assert (told.kind, told.reason, told.title in (about.title, about.row.text if hasattr(about.row, "text") else "")) == (
        "ruling",
        "amend",
        True,
    )


def test_author_says_that_they_have_read(house: House) -> None:
    ruling = house.decided()
    with pytest.raises(NotAllowed):
        read_ruling(ruling, by=house.reporter)

    read_ruling(ruling, by=house.author)

    assert home_for(house.author, clock.now()).waiting == []
