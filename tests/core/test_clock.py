from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.core import clock
from relais.core.errors import NotAllowed, Refused, RelaisError

moments = st.datetimes(timezones=st.just(UTC))


def test_present_is_now_in_utc() -> None:
    before = datetime.now(UTC)

    present = clock.now()

    assert before <= present <= before + timedelta(minutes=1)
    assert present.tzinfo is UTC


@given(moments)
def test_import_tells_old_acts_and_records_them_now(moment: datetime) -> None:
    with clock.acting_at(moment):
        told = (clock.now(), clock.today())
        recorded = clock.recorded()

    assert told == (moment, moment.date())
    assert abs(datetime.now(UTC) - recorded) < timedelta(minutes=1)


@given(moments, moments)
def test_simulated_world_holds_both_times_and_gives_the_outer_ones_back(outer: datetime, inner: datetime) -> None:
    with clock.simulated(outer):
        with clock.acting_at(inner):
            within = (clock.now(), clock.recorded())
        after = (clock.now(), clock.recorded())

    assert (within, after) == ((inner, outer), (outer, outer))


def test_time_comes_back_after_a_failure(moment: datetime) -> None:
    with pytest.raises(RuntimeError), clock.simulated(moment):
        raise RuntimeError

    assert abs(datetime.now(UTC) - clock.now()) < timedelta(minutes=1)


def test_refusal_names_its_field() -> None:
    refusals: list[RelaisError] = [Refused("Too big.", field="picture"), Refused("No."), NotAllowed("Not yours.")]

    told = [(str(refusal), getattr(refusal, "field", None)) for refusal in refusals]

    assert told == [("Too big.", "picture"), ("No.", None), ("Not yours.", None)]
