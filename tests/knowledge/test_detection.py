"""What is published is handed to the skills floor, as the facts of the ledger tell it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from relais.core import clock
from relais.knowledge.actions import detection
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.contributions import withdraw_contribution
from relais.knowledge.actions.reuse import report_application, tell_outcome
from relais.knowledge.actions.use_cases import choose_best, withdraw_use_case
from relais.knowledge.models import Circle, Proposal
from relais.knowledge.queries.detection import act_of, texts_of
from relais.knowledge.queries.skills import cases_waiting_about, demand_by_skill, needs_open_about, shared_about
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once
from relais.people.models import Person
from relais.skills.actions.starter import add_starter_vocabulary
from relais.skills.models import Evidence, PersonSkill, Skill, Tag
from relais.skills.starter import starter_skills
from tests.factories import make_answer, make_circle, make_member, make_need, make_use_case, make_workshop

pytestmark = pytest.mark.django_db
TITLE = "Comment faire un tableau croisé dynamique dans Excel ?"


@pytest.fixture
def sheet() -> Skill:
    add_starter_vocabulary()
    return Skill.objects.get(pk=starter_skills()[0].key)


@pytest.fixture
def circle() -> Circle:
    return make_circle()


@pytest.fixture
def author() -> Person:
    return make_member("Anne")


def test_a_case_tells_what_is_asked_for(sheet: Skill, circle: Circle) -> None:
    with delivered_at_once():
        case = make_use_case(circle=circle, title=TITLE)

    assert demand_by_skill()[sheet.pk] == 1
    assert cases_waiting_about(make_member(), sheet) == [case]


def test_a_case_of_long_ago_is_tagged_and_put_to_nobody(sheet: Skill, circle: Circle, author: Person) -> None:
    appoint_animator(circle, author, by=None)

    with delivered_at_once(), clock.acting_at(clock.now() - timedelta(400)):
        make_use_case(circle=circle, title=TITLE)

    assert Tag.objects.filter(skill=sheet, object_type="usecase").exists()
    assert not Proposal.objects.exists()


def test_an_answer_shows_its_author_what_they_know(sheet: Skill, circle: Circle, author: Person) -> None:
    case = make_use_case(circle=circle, title=TITLE)

    with delivered_at_once():
        answer = make_answer(case, author=author)

    mine = PersonSkill.objects.get(person=author, skill=sheet)
    assert (mine.state, mine.evidences.get().what) == ("proposed", "published")
    assert shared_about(make_member(), sheet) == [answer]


def test_what_helped_is_told_to_the_skills_it_rests_on(sheet: Skill, circle: Circle, author: Person) -> None:
    asker, reader = make_member(), make_member()
    case = make_use_case(author=asker, circle=circle, title=TITLE)
    with delivered_at_once():
        answer = make_answer(case, author=author)
        choose_best(answer, by=asker)
        application = report_application(answer, by=reader)
        with clock.simulated(clock.now() + timedelta(15)):
            tell_outcome(application, "yes", minutes_saved=15, by=reader)

    whats = set(Evidence.objects.filter(person_skill__person=author, person_skill__skill=sheet).values_list("what", flat=True))
    assert whats == {"published", "accepted", "applied"}


def test_what_did_not_work_shows_nothing(sheet: Skill, circle: Circle, author: Person) -> None:
    reader = make_member()
    answer = make_answer(make_use_case(circle=circle, title=TITLE), author=author)
    with delivered_at_once():
        application = report_application(answer, by=reader)
        with clock.simulated(clock.now() + timedelta(15)):
            tell_outcome(application, "no", minutes_saved=0, by=reader)

    assert not Evidence.objects.exists()


def test_a_rated_workshop_shows_what_its_hosts_know(sheet: Skill, circle: Circle, author: Person) -> None:
    workshop = make_workshop(author, circle, title="Excel : tableau croisé dynamique")
    detection.tag_thing("workshop", workshop.pk)

    detection.rest_on(Entry(verb="workshop.rated", object_id=str(workshop.pk), occurred_at=clock.now(), payload={}))

    assert Evidence.objects.filter(person_skill__person=author, what="rated", person_skill__skill=sheet).exists()


def test_a_need_is_demand_until_it_is_closed(sheet: Skill, circle: Circle, author: Person) -> None:
    with delivered_at_once():
        need = make_need(author, circle, title="Les tableaux croisés dynamiques d'Excel")

    assert demand_by_skill()[sheet.pk] == 1
    assert needs_open_about(author, sheet) == [need]


def test_what_is_withdrawn_is_counted_no_more(sheet: Skill, circle: Circle, author: Person) -> None:
    with delivered_at_once():
        answer = make_answer(make_use_case(circle=circle, title=TITLE), author=author)
        assert Skill.objects.get(pk=sheet.pk).things_count == 1
        withdraw_contribution(answer, by=author)

    assert Skill.objects.get(pk=sheet.pk).things_count == 0
    assert not Tag.objects.filter(object_type="contribution").exists()


def test_what_was_withdrawn_is_looked_at_no_more(sheet: Skill, circle: Circle, author: Person) -> None:
    case = make_use_case(author=author, circle=circle, title=TITLE)
    answer = make_answer(case, author=author)
    withdraw_contribution(answer, by=author)
    withdraw_use_case(case, by=author)

    detection.tag_thing("contribution", answer.pk)
    detection.propose_to_author(answer.pk)

    assert [act_of("usecase", case.pk), act_of("workshop", 404), act_of("need", 404)] == [None, None, None]
    assert texts_of([("contribution", answer.pk)]) == {}
    assert not Tag.objects.exists()
