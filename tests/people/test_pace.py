from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relais.core import clock
from relais.people.actions.pace import LIMITS, keep_pace
from relais.people.models import Pace
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_person_writes_thirty_times_a_minute_then_waits(moment: datetime) -> None:
    member = make_member()

    with clock.simulated(moment + timedelta(seconds=20)):
        waits = [keep_pace(member) for _ in range(LIMITS["write"].minute + 1)]

    assert waits == [0] * 30 + [40]


def test_next_minute_starts_again(moment: datetime) -> None:
    member = make_member()
    with clock.simulated(moment):
        for _ in range(31):
            keep_pace(member)

    with clock.simulated(moment + timedelta(minutes=1)):
        wait = keep_pace(member)

    assert (wait, str(Pace.objects.get())) == (0, f"{member.pk} write 1")


def test_hour_has_its_own_limit(moment: datetime) -> None:
    member = make_member()
    for minute in range(15):
        with clock.simulated(moment + timedelta(minutes=minute)):
            waits = [keep_pace(member) for _ in range(20)]

    with clock.simulated(moment + timedelta(minutes=16)):
        wait = keep_pace(member)

    assert (waits, wait) == ([0] * 20, 44 * 60)


def test_drafts_are_counted_apart(moment: datetime) -> None:
    member = make_member()
    with clock.simulated(moment):
        for _ in range(31):
            keep_pace(member)

        waits = [keep_pace(member, "draft") for _ in range(120)]

    assert waits == [0] * 120


def test_write_costs_one_query() -> None:
    member = make_member()

    with CaptureQueriesContext(connection) as queries:
        keep_pace(member)

    assert len(queries) == 1
