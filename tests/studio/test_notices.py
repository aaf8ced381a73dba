"""Those whom a fact concerns find it, once, in the words of today; nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from relais.core import clock
from relais.knowledge.actions.contributions import add_co_author, withdraw_contribution
from relais.knowledge.actions.exchanges import answer_exchange
from relais.knowledge.actions.initiatives import decide_initiative
from relais.knowledge.actions.moderation import decide, report_thing
from relais.knowledge.actions.needs import offer, propose_for, wish
from relais.knowledge.actions.prompts import answer_prompt, prompt_those_who_know
from relais.knowledge.actions.reuse import question_contribution, report_application
from relais.knowledge.actions.use_cases import choose_best
from relais.knowledge.queries.things import KINDS, Thing
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once
from relais.people.actions import leave_community
from relais.people.models import Person, Role
from relais.skills.actions.confirmations import ask_confirmation, confirm, name_panelist
from relais.skills.actions.proposals import answer_proposal, claim_skill
from relais.skills.actions.vocabulary import Wording, add_skills
from relais.skills.models import Evidence, PersonSkill, Tag
from relais.studio import jobs
from relais.studio.actions.notices import read_everything, read_notice
from relais.studio.models import Notice
from relais.studio.queries.notices import address_of, lines_for, notices_for, unread_for
from tests.factories import (
    make_answer,
    make_content,
    make_exchange,
    make_member,
    make_need,
    make_proposed,
    make_unit,
    make_use_case,
    make_with_role,
)

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[tuple[str, str]]:
    """What this person reads, the first first."""
    with translation.override("en"):
        return [(line.said, line.title) for line in reversed(lines_for(person, notices_for(person)))]


def test_asker_is_told_of_answers_and_contents_and_not_of_their_own() -> None:
    case = make_use_case()

    with delivered_at_once():
        make_answer(case, author=make_member("Inès Robert"))
        make_content(case, author=make_member("Marc Petit"), title="Sceller un tube")
        make_answer(case, author=case.author)

    assert told(case.author) == [("Inès Robert answers your case", case.title), ("Marc Petit answers your case", "Sceller un tube")]
    assert Notice.objects.count() == 2


def test_author_is_told_of_what_becomes_of_their_answer() -> None:
    answer = make_answer()
    content = make_content(author=(reader := make_member()), title="Coller")

    with delivered_at_once():
        choose_best(answer, by=answer.use_case.author)
        report_application(answer, by=reader)
        question_contribution(answer, "outdated", by=reader)
        add_co_author(content, answer.author, by=reader)

    assert [said for said, _title in told(answer.author)] == [
        "Your answer was brought forward",
        "A colleague applied what you shared",
        "A remark on what you shared",
        "A content is in your hands too",
    ]


def test_exchange_is_told_to_whoever_is_asked_then_to_the_asker_with_the_name_of_the_other() -> None:
    with delivered_at_once():
        exchange = make_exchange()
        answer_exchange(exchange, accepted=True, by=exchange.other)

    assert told(exchange.other) == [(f"An exchange with {exchange.asker.name}", exchange.about)]
    assert told(exchange.asker) == [(f"An exchange with {exchange.other.name}", exchange.about)]


def test_those_who_wished_to_learn_are_told_of_the_workshop() -> None:
    need, giver = make_need(), make_member()
    wishers = [need.author, make_member(), make_member()]
    for person in wishers[1:]:
        wish(need, by=person)
    offer(need, by=giver)

    with delivered_at_once():
        propose_for(need, by=giver)

    assert [told(person) for person in [*wishers, giver]] == [[("You wished to learn it: a workshop is proposed", need.title)]] * 3 + [[]]


def test_decisions_are_told_to_those_they_are_about_and_what_is_left_as_it_is_to_nobody() -> None:
    initiative = make_proposed()
    kept, hidden = make_use_case(), make_use_case()
    pilot = make_with_role(Role.PILOT)
    for case in (kept, hidden):
        report_thing(Thing(KINDS["usecase"], case), "unkind", by=make_member())

    with delivered_at_once():
        decide_initiative(initiative, accepted=True, by=pilot)
        decide(Thing(KINDS["usecase"], kept), "keep", "Rien ne blesse personne ici.", by=pilot)
        decide(Thing(KINDS["usecase"], hidden), "hide", "Une phrase blesse un collègue.", by=pilot)

    said = "A decision: read it, with its reasons"
    assert [told(person) for person in (initiative.author, kept.author, hidden.author)] == [[(said, initiative.title)], [], [(said, "")]]


def test_what_is_no_longer_shown_has_no_line() -> None:
    with delivered_at_once():
        answer = make_answer()
        exchange = make_exchange()
        withdraw_contribution(answer, by=answer.author)
        leave_community(exchange.asker)

    assert (told(answer.use_case.author), told(exchange.other)) == ([], [])


def test_fact_told_twice_or_long_ago_is_told_once_or_not_at_all() -> None:
    with delivered_at_once():
        answer = make_answer()
        for entry in Entry.objects.filter(verb="answer.published"):
            jobs.tell_those_concerned(entry)
        with clock.simulated(clock.now() - timedelta(days=61)):
            make_answer()
        with clock.simulated(clock.now() - timedelta(days=59)):
            simulated = make_answer()

    assert {notice.person: notice.mailed_at is None for notice in Notice.objects.filter(kind="answered")} == {
        answer.use_case.author: True,
        simulated.use_case.author: False,
    }


def test_notices_are_read_one_by_one_or_all_at_once_by_their_person_only() -> None:
    with delivered_at_once():
        case = make_use_case()
        for _ in range(3):
            make_answer(case)
    first = notices_for(case.author)[0]

    read_notice(first, by=make_member())
    before = unread_for(case.author)
    read_notice(first, by=case.author)

    assert (before, unread_for(case.author), read_everything(by=case.author), unread_for(case.author)) == (3, 2, 2, 0)


def test_whoever_a_text_names_is_told_by_whom() -> None:
    friend = make_member("Zoé Pâris")

    with delivered_at_once():
        answer = make_answer(author=make_member("Inès Robert"), body="<p>Vois avec @Zoé Pâris.</p>")

    assert told(friend) == [("Inès Robert names you", answer.use_case.title)]


def test_skill_is_told_to_whom_is_asked_and_to_its_owner_once_certified() -> None:
    anne, colleague = make_member("Anne Roux", make_unit()), make_member("Zoé Petit", make_unit())
    [skill] = add_skills([Wording((("fr", "preferred", "Souder"), ("en", "preferred", "Welding")))], by=None)
    mine = claim_skill(skill, by=anne)
    name_panelist(skill, colleague, by=make_with_role(Role.PILOT))
    seen = Evidence.objects.create(person_skill=mine, what="observed", on=clock.today(), note="Au banc")

    with delivered_at_once():
        ask_confirmation(mine, colleague, by=anne)
        for person in (colleague, make_member(unit=make_unit()), make_member(unit=make_unit())):
            confirm(mine, seen, by=person)

    assert told(colleague) == [("Anne Roux asks you to confirm a skill", "Welding")]
    assert told(anne) == [("A skill of yours has another level", "Welding")]
    assert [address_of(notice) for notice in Notice.objects.order_by("pk")] == [
        f"/competences/confirmer/{mine.pk}/",
        f"/competences/les-miennes/{mine.pk}/",
    ]
    answer_proposal(mine, "refused", by=anne)
    assert told(colleague) == []


def test_who_knows_is_told_that_colleagues_wait() -> None:
    anne = make_member("Anne Roux")
    [skill] = add_skills([Wording((("fr", "preferred", "Souder"), ("en", "preferred", "Welding")))], by=None)
    mine = claim_skill(skill, by=anne)
    PersonSkill.objects.filter(pk=mine.pk).update(level=3)
    with clock.simulated(clock.now() - timedelta(days=3)):
        case = make_use_case()
    Tag.objects.create(skill=skill, object_type="usecase", object_id=case.pk, chance=0.9)

    with delivered_at_once():
        [prompt] = prompt_those_who_know()

    assert told(anne) == [("Colleagues wait for what you know", "Welding")]
    assert address_of(notices_for(anne)[0]) == "/competences/les-miennes/"
    answer_prompt(prompt, "later", by=anne)
    assert told(anne) == []
