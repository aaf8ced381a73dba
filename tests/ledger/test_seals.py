from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection

from relais.core import clock
from relais.knowledge.models import Circle
from relais.ledger.actions import record, seal_closed_days
from relais.ledger.jobs import seal
from relais.ledger.models import Entry, Seal
from relais.ledger.queries import FIRST_DIGEST, breaches, days_to_seal, export, last_digest, sealed_days
from relais.ledger.verbs import Verb

pytestmark = pytest.mark.django_db
DONE = Verb("test.done", "done")


@contextmanager
def tampering():
    """What somebody with the keys of the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")


@pytest.fixture
def three_days(moment):
    """Two facts a day, and the next night."""
    for day in range(3):
        with clock.simulated(moment + timedelta(day)):
            record(DONE, by=None, about=Circle(pk=1), payload={"day": day})
            record(DONE, by=None, about=Circle(pk=2))
    with clock.simulated(moment + timedelta(3)):
        seal_closed_days()
    return [moment.date() + timedelta(n) for n in range(3)]


def sentences() -> list[str]:
    return [breach.sentence for breach in breaches()]


def test_each_closed_day_is_sealed_and_chained_to_the_one_before(three_days):
    seals = list(Seal.objects.order_by("day"))

    assert [(seal.day, seal.count) for seal in seals] == [(day, 2) for day in three_days]
    assert len({seal.digest for seal in seals} | {FIRST_DIGEST}) == 4
    assert last_digest() == seals[-1].digest


def test_an_intact_ledger_has_no_breach_and_tells_how_far_it_is(three_days):
    steps = []

    found = list(breaches(after_each=lambda: steps.append(1)))

    assert (found, len(steps), sealed_days()) == ([], 3, 3)


def test_a_changed_entry_is_found_on_its_day_alone(three_days):
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_entry SET payload = '{\"day\": 9}' WHERE payload = '{\"day\": 1}'")

    assert sentences() == [f"{three_days[1]}: 2 entries as sealed, but their content or the seal itself was changed."]


def test_a_missing_entry_is_found(three_days):
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE payload = '{\"day\": 0}'")

    assert sentences() == [f"{three_days[0]}: 1 missing of the 2 entries sealed that day."]


def test_an_inserted_entry_is_found(three_days, moment):
    with clock.simulated(moment + timedelta(2)):
        record(DONE, by=None, about=Circle(pk=3))

    assert sentences() == [f"{three_days[2]}: 1 inserted besides the 2 entries sealed that day."]


def test_entries_slipped_in_before_the_first_sealed_day_are_found(three_days, moment):
    with clock.simulated(moment - timedelta(5)):
        record(DONE, by=None, about=Circle(pk=3))

    assert sentences() == [f"{moment.date() - timedelta(5)}: 1 inserted besides the 0 entries sealed that day."]


def test_a_seal_that_was_removed_is_found(three_days):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_seal DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM ledger_seal WHERE day = %s", [three_days[1]])
        cursor.execute("ALTER TABLE ledger_seal ENABLE TRIGGER USER")

    assert sentences() == [
        f"{three_days[1]}: 2 inserted besides the 0 entries sealed that day.",
        f"{three_days[2]}: 2 entries as sealed, but their content or the seal itself was changed.",
    ]


def test_sealing_twice_adds_nothing_and_empty_days_are_sealed_too(three_days, moment):
    with clock.simulated(moment + timedelta(3)):
        again = seal_closed_days()
    with clock.simulated(moment + timedelta(5)):
        seal(timestamp=0)

    assert again == 0
    assert list(Seal.objects.order_by("day").values_list("count", flat=True)) == [2, 2, 2, 0, 0]


def test_an_empty_ledger_has_nothing_to_seal(moment):
    assert days_to_seal(moment.date()) == []


def test_the_export_has_the_shape_others_rely_on(three_days, moment):
    entry = next(iter(export()))

    assert json.loads(json.dumps(entry)) == {
        "id": Entry.objects.order_by("pk").first().pk,
        "occurred_at": "2026-03-11T10:00:00.000000Z",
        "recorded_at": "2026-03-11T10:00:00.000000Z",
        "actor": None,
        "verb": "test.done",
        "object_type": "circle",
        "object_id": "1",
        "unit": None,
        "circle": None,
        "payload": {"day": 0},
    }


@pytest.mark.parametrize(("since", "count"), [(None, 6), (date(2026, 3, 12), 4), (date(2026, 3, 13), 2), (date(2026, 3, 14), 0)])
def test_the_export_starts_at_the_day_of_recording_asked(three_days, since, count):
    assert len(list(export(since))) == count
