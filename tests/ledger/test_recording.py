from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from relais.core import clock
from relais.ledger import subscriptions
from relais.ledger.actions import record
from relais.ledger.jobs import deliver
from relais.ledger.models import Entry, Seal
from relais.ledger.subscriptions import Subscription, delivered_at_once, on
from relais.ledger.verbs import Verb, known
from tests.factories import make_circle, make_member, make_unit

pytestmark = pytest.mark.django_db
TRIED = Verb("test.tried", "tried")
REMEMBERED = Verb("test.remembered", "remembered")


@pytest.fixture
def heard(monkeypatch):
    """Two subscribers for the time of a test: one of every fact, one of today's only."""
    monkeypatch.setattr(subscriptions, "_subscriptions", {})
    found = []

    @on(TRIED)
    def today_only(entry: Entry) -> None:
        found.append(("today_only", entry.pk))

    @on(TRIED, REMEMBERED, history=True)
    def history_too(entry: Entry) -> None:
        found.append(("history_too", entry.pk))

    return found


def jobs() -> list[dict[str, object]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="relais.ledger.jobs.deliver").order_by("pk")]


def test_an_entry_holds_who_what_where_and_when(moment):
    unit = make_unit()
    person, circle = make_member(unit=unit), make_circle()

    with clock.simulated(moment):
        entry = record(TRIED, by=person, about=circle, circle=circle.pk, payload={"answer": 42})

    assert Entry.objects.filter(pk=entry.pk).values().get() == {
        "id": entry.pk,
        "occurred_at": moment,
        "recorded_at": moment,
        "actor": person.pk,
        "verb": "test.tried",
        "object_type": "circle",
        "object_id": str(circle.pk),
        "unit": unit.pk,
        "circle": circle.pk,
        "payload": {"answer": 42},
    }


def test_a_fact_of_nobody_has_neither_actor_nor_unit():
    entry = record(TRIED, by=None, about=make_circle())

    assert (entry.actor, entry.unit, entry.payload) == (None, None, {})


def test_history_keeps_the_time_of_the_act_beside_the_time_of_recording(moment):
    circle = make_circle()

    with clock.simulated(moment), clock.acting_at(moment - timedelta(400)):
        entry = record(TRIED, by=None, about=circle)

    assert (entry.occurred_at, entry.recorded_at) == (moment - timedelta(400), moment)


def test_each_subscriber_gets_a_job_of_its_own(heard):
    entry = record(TRIED, by=None, about=make_circle())

    assert [(args["entry_id"], args["handler"].rsplit(".", 1)[1]) for args in jobs()] == [
        (entry.pk, "today_only"),
        (entry.pk, "history_too"),
    ]
    assert heard == []


def test_an_act_undone_enqueues_nothing(heard):
    circle = make_circle()

    with transaction.atomic():
        record(TRIED, by=None, about=circle)
        transaction.set_rollback(True)

    assert jobs() == []


def test_imported_facts_concern_only_who_asked_for_history(heard, moment):
    circle = make_circle()

    with clock.simulated(moment), clock.acting_at(moment - timedelta(400)):
        record(TRIED, by=None, about=circle)

    assert [args["handler"].rsplit(".", 1)[1] for args in jobs()] == ["history_too"]


def test_a_job_calls_its_subscriber_and_no_other_however_often_it_runs(heard):
    entry = record(TRIED, by=None, about=make_circle())
    args = jobs()[0]

    deliver(**args)
    deliver(**args)

    assert heard == [("today_only", entry.pk), ("today_only", entry.pk)]


def test_a_subscriber_that_no_longer_exists_is_left_out(heard):
    entry = record(TRIED, by=None, about=make_circle())

    deliver(entry_id=entry.pk, handler="relais.gone.jobs.away")

    assert heard == []


def test_a_subscriber_that_fails_is_tried_again_ever_later():
    strategy = deliver.retry_strategy

    assert (strategy.max_attempts, strategy.exponential_wait) == (8, 4)


def test_delivered_at_once_subscribers_run_when_the_act_is_done(heard, django_capture_on_commit_callbacks):
    circle = make_circle()

    with django_capture_on_commit_callbacks(execute=True), delivered_at_once():
        entry = record(REMEMBERED, by=None, about=circle)

    assert (heard, jobs()) == ([("history_too", entry.pk)], [])


def test_a_verb_is_declared_once():
    with pytest.raises(ValueError, match=r"test\.tried is declared twice"):
        Verb("test.tried", "again")


def test_a_subscription_is_named_by_its_function():
    assert Subscription(jobs, history=False).name == "tests.ledger.test_recording.jobs"


def test_what_is_known_reads_in_one_line(moment):
    with clock.simulated(moment):
        entry = record(TRIED, by=None, about=make_circle())

    assert str(entry) == f"2026-03-11 test.tried circle {entry.object_id}"
    assert str(Seal(day=moment.date(), count=2)) == "2026-03-11: 2"
    assert known()["test.tried"] is TRIED
