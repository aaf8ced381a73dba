"""The ledger condensed into days: what is new is read once, late words find their day, and twice is once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings

from relais.indicators.actions import days
from relais.indicators.actions.days import keep_days
from relais.indicators.models import Mark, PersonDay
from relais.ledger.models import Entry
from tests.indicators.histories import fact, histories

pytestmark = pytest.mark.django_db
ANNE = UUID(int=1)
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def rows() -> list[tuple[object, ...]]:
    columns = ("person", "day", "visited", "voluntary", "value", "given", "received", "completes_from")
    return list(PersonDay.objects.order_by("person", "day").values_list(*columns))


def test_a_day_counts_what_its_entries_are_worth() -> None:
    acts = [("person.visited", "person"), ("answer.published", "contribution"), ("contribution.rated", "contribution")]
    Entry.objects.bulk_create([fact(verb, ANNE, MORNING, kind, "7", {"use_case": 1}) for verb, kind in acts])

    moved = keep_days()

    assert moved == date(2026, 3, 2)
    assert rows() == [(ANNE, date(2026, 3, 2), True, 2, 1, 1, 0, date(2026, 3, 2))]


def test_what_nobody_did_and_what_counts_for_nothing_make_no_day() -> None:
    Entry.objects.bulk_create(
        [
            fact("use_case.asked", None, MORNING, "usecase", "1"),
            fact("use_case.withdrawn", ANNE, MORNING, "usecase", "1"),
        ]
    )

    keep_days()

    assert rows() == []


def test_a_late_word_completes_the_day_of_its_application() -> None:
    Entry.objects.bulk_create([fact("application.reported", ANNE, MORNING, "contribution", "7")])
    keep_days()
    before = rows()
    told = fact("application.told", ANNE, MORNING + timedelta(15), "contribution", "7", {"outcome": "yes"})
    Entry.objects.bulk_create([told])

    with patch.object(days, "OVERLAP", 0):
        moved = keep_days()

    assert moved == date(2026, 3, 17)
    assert [(row[1], row[6], row[7]) for row in before] == [(date(2026, 3, 2), 1, None)]
    assert [(row[1], row[6], row[7]) for row in rows()] == [(date(2026, 3, 2), 1, date(2026, 3, 17)), (date(2026, 3, 17), 0, None)]


def test_nothing_new_moves_nothing() -> None:
    Entry.objects.bulk_create([fact("person.visited", ANNE, MORNING, "person", "1")])
    keep_days()

    assert keep_days() is None
    assert Mark.objects.count() == 1
    assert str(Mark.objects.get()) == str(Entry.objects.latest("pk").pk)


def test_a_number_drawn_before_the_mark_and_committed_after_it_is_found() -> None:
    Entry.objects.bulk_create([fact("person.visited", ANNE, MORNING, "person", "1")])
    keep_days()
    slow = fact("person.visited", ANNE, MORNING + timedelta(1), "person", "1")
    slow.pk = Entry.objects.latest("pk").pk - 1  # its number is older than the mark

    Entry.objects.bulk_create([slow])
    keep_days()

    assert [str(day) for day in PersonDay.objects.order_by("day")] == [f"2026-03-02 {ANNE}", f"2026-03-03 {ANNE}"]


@settings(max_examples=25, deadline=None)
@given(histories())
def test_bit_by_bit_or_all_at_once_gives_the_same_days(history: tuple[date, list[Entry]]) -> None:
    _at, entries = history
    parts: list[float] = []

    with transaction.atomic(), patch.object(days, "OVERLAP", 0):
        for start in range(0, len(entries), 40):
            Entry.objects.bulk_create(entries[start : start + 40])
            keep_days()
        bit_by_bit = rows()
        PersonDay.objects.all().delete()
        keep_days(again=True, progress=parts.append)
        at_once = rows()
        transaction.set_rollback(True)

    assert at_once == bit_by_bit
    assert parts == sorted(parts)
    assert parts[-1] == 1
