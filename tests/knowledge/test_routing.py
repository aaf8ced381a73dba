from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from relais.core import clock
from relais.core.errors import NotAllowed
from relais.knowledge import jobs
from relais.knowledge.actions.circles import appoint_animator, join_circle
from relais.knowledge.actions.reuse import report_application, tell_outcome
from relais.knowledge.actions.routing import close_proposals, decline_proposal, let_proposals_lapse, propose_use_case
from relais.knowledge.actions.use_cases import choose_best, mark_solved, withdraw_use_case
from relais.knowledge.models import Proposal
from relais.knowledge.queries.routing import proposal_for, use_cases_to_widen
from relais.ledger.models import Entry
from relais.ledger.subscriptions import delivered_at_once
from relais.people.actions import pause
from tests.factories import make_answer, make_circle, make_content, make_member, make_use_case

pytestmark = pytest.mark.django_db
TITLE = "Une porte qui frotte le sol"


def told(proposals: list[Proposal]) -> list[tuple[object, str, int | None]]:
    return [(proposal.person_id, proposal.reason, proposal.because_id) for proposal in proposals]


def test_case_is_put_to_those_who_helped_on_close_cases() -> None:
    circle, best, wrote, applied = make_circle(), make_member(), make_member(), make_member()
    close = make_use_case(title=TITLE)
    choose_best(make_answer(close, best), by=close.author)
    content = make_content(close, wrote)
    tell_outcome(report_application(content, by=applied), "yes", by=applied)
    asked = make_use_case(circle=circle, title="Ma porte frotte sur le sol")

    proposals = propose_use_case(asked)

    assert told(proposals) == [(best.pk, "best", close.pk), (wrote.pk, "content", close.pk), (applied.pk, "applied", close.pk)]
    facts = Entry.objects.filter(verb="proposal.made").order_by("pk")
    assert [(fact.actor, fact.payload["person"], fact.circle) for fact in facts] == [
        (None, str(person.pk), circle.pk) for person in (best, wrote, applied)
    ]


def test_the_animator_is_asked_when_nobody_helped_on_a_close_case() -> None:
    circle, animator, reader = make_circle(), make_member(), make_member()
    appoint_animator(circle, animator, by=None)
    join_circle(circle, by=reader)

    proposals = propose_use_case(make_use_case(circle=circle, title="Zèbre"))

    assert told(proposals) == [(animator.pk, "animates", None)]


def test_nobody_is_asked_who_asked_paused_answered_or_has_three_waiting() -> None:
    asker, resting, busy, answered = (make_member() for _ in range(4))
    close = make_use_case(title=TITLE)
    for person in (asker, resting, busy, answered):
        make_answer(close, person)
    pause(resting)
    for _ in range(3):
        Proposal.objects.create(use_case=make_use_case(), person=busy, reason="circle")
    asked = make_use_case(asker, title=TITLE)
    contribution = make_answer(asked, answered)
    contribution.use_case.__class__.objects.filter(pk=asked.pk).update(first_answer_at=None)

    assert propose_use_case(asked) == []


def test_proposing_twice_asks_once() -> None:
    close = make_use_case(title=TITLE)
    make_answer(close)
    asked = make_use_case(title=TITLE)

    assert len(propose_use_case(asked)) == 1
    assert propose_use_case(asked) == []


def test_answered_case_is_put_to_nobody() -> None:
    make_answer(make_use_case(title=TITLE))
    asked = make_use_case(title=TITLE)
    make_answer(asked)

    assert propose_use_case(asked) == []


def test_case_widens_after_a_day_to_others(moment: datetime) -> None:
    with clock.simulated(moment - timedelta(days=1)):
        close = make_use_case(title=TITLE)
        asker = make_answer(close).author  # has written before: a first case would not wait for a day
        for _ in range(5):
            make_answer(close)
    with clock.simulated(moment):
        asked = make_use_case(asker, title=TITLE)
        first = propose_use_case(asked)
    with clock.simulated(moment + timedelta(hours=23)):
        jobs.widen(0)
    assert Proposal.objects.count() == 3
    with clock.simulated(moment + timedelta(hours=25)):
        jobs.widen(0)
        jobs.widen(0)

    second = Proposal.objects.filter(use_case=asked, wave=2)
    assert second.count() == 2
    assert not {one.person_id for one in first} & {one.person_id for one in second}


def test_widening_thinks_of_those_who_only_follow_the_circle(moment: datetime) -> None:
    circle, followers = make_circle(), [make_member() for _ in range(2)]
    for follower in followers:
        join_circle(circle, by=follower)
    with clock.simulated(moment):
        asked = make_use_case(circle=circle, title="Zèbre")
        first = propose_use_case(asked)

    with clock.simulated(moment + timedelta(hours=25)):
        jobs.widen(0)

    assert first == []
    asked_now = Proposal.objects.filter(use_case=asked).values_list("person_id", "reason", "wave")
    assert sorted(asked_now) == sorted((follower.pk, "circle", 2) for follower in followers)


def test_old_silence_is_left_to_the_animator(moment: datetime) -> None:
    with clock.simulated(moment):
        make_use_case()

    assert list(use_cases_to_widen(moment + timedelta(days=8))) == []


def test_declining_is_one_act_and_told_once() -> None:
    person, asked = make_member(), make_use_case()
    proposal = Proposal.objects.create(use_case=asked, person=person, reason="circle")

    with pytest.raises(NotAllowed):
        decline_proposal(proposal, by=make_member())
    decline_proposal(proposal, by=person)
    decline_proposal(proposal, by=person)

    proposal.refresh_from_db()
    assert (proposal.state, proposal_for(person, proposal.pk)) == (Proposal.State.DECLINED, proposal)
    assert Entry.objects.filter(verb="proposal.declined", actor=person.pk).count() == 1


def test_answering_frees_everybody(django_capture_on_commit_callbacks: pytest.FixtureRequest) -> None:
    asked, answers, waits = make_use_case(), make_member(), make_member()
    for person in (answers, waits):
        Proposal.objects.create(use_case=asked, person=person, reason="circle")

    with delivered_at_once(), django_capture_on_commit_callbacks(execute=True):
        make_answer(asked, answers)

    states = dict(Proposal.objects.values_list("person", "state"))
    assert states == {answers.pk: "answered", waits.pk: "closed"}
    assert close_proposals(asked, answered_by=answers.pk) == 0


@pytest.mark.parametrize("end", [mark_solved, withdraw_use_case])
def test_a_case_that_is_over_frees_everybody(end: object, django_capture_on_commit_callbacks: pytest.FixtureRequest) -> None:
    asked = make_use_case()
    Proposal.objects.create(use_case=asked, person=make_member(), reason="circle")

    with delivered_at_once(), django_capture_on_commit_callbacks(execute=True):
        end(asked, by=asked.author)

    assert Proposal.objects.get().state == Proposal.State.CLOSED


def test_asking_puts_the_case_to_somebody(django_capture_on_commit_callbacks: pytest.FixtureRequest) -> None:
    helper = make_answer(make_use_case(title=TITLE)).author

    with delivered_at_once(), django_capture_on_commit_callbacks(execute=True):
        make_use_case(title=TITLE)

    assert Proposal.objects.get().person == helper


def test_a_proposal_nobody_took_up_makes_room(moment: datetime) -> None:
    with clock.simulated(moment):
        Proposal.objects.create(use_case=make_use_case(), person=make_member(), reason="circle")
    with clock.simulated(moment + timedelta(days=13)):
        assert let_proposals_lapse() == 0
    with clock.simulated(moment + timedelta(days=14)):
        jobs.lapse(0)

    assert Proposal.objects.get().state == Proposal.State.CLOSED
