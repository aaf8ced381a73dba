from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from relais.core import clock
from relais.knowledge import jobs
from relais.knowledge.actions.circles import appoint_animator
from relais.knowledge.actions.contributions import withdraw_contribution
from relais.knowledge.actions.reuse import question_contribution, rate, report_application
from relais.knowledge.actions.routing import propose_use_case
from relais.knowledge.actions.use_cases import choose_best, mark_solved, support_use_case
from relais.knowledge.models import Circle, Contribution, Proposal, UseCase
from relais.knowledge.queries.contributions import contribution_for
from relais.knowledge.queries.home import home_for
from relais.knowledge.queries.newcomers import cases_to_welcome, posted_before, texts_to_welcome
from relais.knowledge.queries.use_cases import use_case_for
from relais.people.models import Person
from tests.factories import make_answer, make_circle, make_content, make_member, make_pseudonymous, make_use_case

pytestmark = pytest.mark.django_db
TITLE = "Une porte qui frotte le sol"
HOUR = timedelta(hours=1)


@pytest.fixture
def circle() -> Circle:
    return make_circle()


def animator_of(circle: Circle) -> Person:
    person = make_member()
    appoint_animator(circle, person, by=None)
    return Person.objects.get(pk=person.pk)


def welcomes(person: Person, now: datetime) -> list[tuple[str, int]]:
    """What the home page says of first posts."""
    return [(thing.kind, thing.count) for thing in home_for(person, now).waiting if thing.kind == "to_welcome"]


def old_hand(circle: Circle, moment: datetime) -> Person:
    """Somebody who has written here before."""
    with clock.simulated(moment - timedelta(days=90)):
        return make_answer(make_use_case(circle=circle)).author


def test_case_is_a_first_post_until_its_author_has_written_before(circle: Circle, moment: datetime) -> None:
    reader, known = make_member(), old_hand(circle, moment)
    with clock.simulated(moment):
        first, later = make_use_case(circle=circle), make_use_case(known, circle)

        assert [use_case_for(reader, case.pk).first for case in (first, later)] == [True, False]


def test_answer_is_a_first_post_until_its_author_has_written_before(circle: Circle, moment: datetime) -> None:
    reader, known = make_member(), old_hand(circle, moment)
    with clock.simulated(moment):
        first, later = make_answer(), make_answer(author=known)

        assert [contribution_for(reader, text.pk).first for text in (first, later)] == [True, False]


@pytest.mark.parametrize(("days", "first"), [(13, True), (14, False)])
def test_first_post_is_told_as_one_for_two_weeks(moment: datetime, days: int, first: bool) -> None:
    with clock.simulated(moment):
        case = make_use_case()
    with clock.simulated(moment + timedelta(days)):
        assert use_case_for(make_member(), case.pk).first is first


def test_case_under_a_pseudonym_is_never_told_to_be_a_first_one(circle: Circle, moment: datetime) -> None:
    with clock.simulated(moment):
        case = make_pseudonymous(circle=circle)
        named = make_use_case(case.author, circle)

        assert [use_case_for(make_member(), one.pk).first for one in (case, named)] == [False, True]
    assert list(cases_to_welcome([circle.pk], moment + HOUR)) == [named]
    assert welcomes(animator_of(circle), moment + 5 * HOUR) == [("to_welcome", 1)]


MEETINGS: dict[str, Callable[[UseCase], object]] = {
    "answered": make_answer,
    "given a content": make_content,
    "supported": lambda case: support_use_case(case, by=make_member()),
    "solved": lambda case: mark_solved(case, by=case.author),
}


@pytest.mark.parametrize("meet", MEETINGS.values(), ids=MEETINGS)
def test_first_case_waits_until_somebody_meets_it(circle: Circle, moment: datetime, meet: Callable[[UseCase], object]) -> None:
    animator, known = animator_of(circle), old_hand(circle, moment)
    with clock.simulated(moment):
        case = make_use_case(circle=circle)
        make_use_case(known, circle)
        make_use_case()
    before = list(cases_to_welcome([circle.pk], moment + 5 * HOUR)), welcomes(animator, moment + 5 * HOUR)

    with clock.simulated(moment + 2 * HOUR):
        meet(case)

    assert before == ([case], [("to_welcome", 1)])
    assert list(cases_to_welcome([circle.pk], moment + 5 * HOUR)) == []


THANKS: dict[str, Callable[[Contribution], object]] = {
    "applied": lambda text: report_application(text, by=make_member()),
    "rated": lambda text: rate(text, 4, by=make_member()),
    "questioned": lambda text: question_contribution(text, "incomplete", by=make_member()),
    "chosen": lambda text: choose_best(text, by=text.use_case.author),
    "withdrawn": lambda text: withdraw_contribution(text, by=text.author),
}


@pytest.mark.parametrize("thank", THANKS.values(), ids=THANKS)
def test_first_answer_waits_until_somebody_takes_it_up(circle: Circle, moment: datetime, thank: Callable[[Contribution], object]) -> None:
    animator, asker = animator_of(circle), old_hand(circle, moment)
    with clock.simulated(moment):
        text = make_answer(make_use_case(asker, circle))
        make_answer()
    later = moment + 5 * HOUR
    before = list(texts_to_welcome([circle.pk], later)), welcomes(animator, later)

    with clock.simulated(moment + HOUR):
        thank(text)

    assert before == ([text], [("to_welcome", 1)])
    assert (list(texts_to_welcome([circle.pk], later)), welcomes(animator, later)) == ([], [])


@pytest.mark.parametrize(("hours", "told"), [(3, []), (4, [("to_welcome", 1)]), (47, [("to_welcome", 1)]), (48, [])])
def test_home_tells_the_animator_after_a_few_hours_and_then_as_any_unanswered_case(
    circle: Circle, moment: datetime, hours: int, told: list[tuple[str, int]]
) -> None:
    animator = animator_of(circle)
    with clock.simulated(moment):
        make_use_case(circle=circle)

    assert welcomes(animator, moment + hours * HOUR) == told


def test_ones_own_first_post_and_other_circles_wait_for_others(circle: Circle, moment: datetime) -> None:
    animator = animator_of(circle)
    with clock.simulated(moment):
        make_use_case(animator, circle)
        make_use_case()

    assert [welcomes(person, moment + 5 * HOUR) for person in (animator, make_member())] == [[], []]


@pytest.mark.parametrize(("hours", "first", "widened"), [(3, True, False), (5, True, True), (5, False, False)])
def test_first_case_is_put_to_more_people_sooner(moment: datetime, hours: int, first: bool, widened: bool) -> None:
    with clock.simulated(moment - timedelta(days=30)):
        close = make_use_case(title=TITLE)
        known = make_answer(close).author
        for _ in range(5):
            make_answer(close)
    with clock.simulated(moment):
        case = make_use_case(make_member() if first else known, title=TITLE)
        propose_use_case(case)
    with clock.simulated(moment + hours * HOUR):
        jobs.widen(0)

    assert Proposal.objects.filter(use_case=case, wave=2).exists() == widened


def test_who_has_written_is_no_longer_welcomed_to_the_charter() -> None:
    asked, answered, secret = make_use_case().author, make_answer().author, make_pseudonymous().author

    assert [posted_before(person) for person in (make_member(), asked, answered, secret)] == [False, True, True, True]
