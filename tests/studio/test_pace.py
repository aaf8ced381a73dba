"""Never in the quiet hours, never more often in a week than chosen, and the digest always has its place."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.studio.pace import Pace, week_of

MONDAY = datetime(2026, 3, 9, tzinfo=UTC)
HOURS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
PACES = st.builds(Pace, st.integers(0, 5), st.none() | st.integers(0, 6), HOURS, HOURS)


@pytest.mark.parametrize(
    ("start", "end", "hour", "quiet"),
    [(19, 8, 20, True), (19, 8, 7, True), (19, 8, 8, False), (19, 8, 18, False), (12, 14, 13, True), (12, 14, 14, False), (8, 8, 8, False)],
)
def test_quiet_hours_may_pass_midnight(start: int, end: int, hour: int, quiet: bool) -> None:
    pace = Pace(2, 0, time(start), time(end))

    assert pace.is_quiet(MONDAY.replace(hour=hour)) is quiet


@given(PACES, st.lists(st.booleans(), min_size=1, max_size=200))
def test_any_week_keeps_to_what_was_chosen_whatever_happens(pace: Pace, news: list[bool]) -> None:
    written, digests, at = 0, 0, MONDAY

    for something in news:  # an hour each, within one week
        if at >= MONDAY + timedelta(7):
            break
        for digest in (True, False):
            may = pace.may_send_digest if digest else pace.may_write_at_once
            if (digest or something) and may(at, written=written, digest_left=digests > 0):
                assert not pace.is_quiet(at)
                written, digests = written + 1, digests + digest
        at += timedelta(hours=1)

    assert written <= pace.most
    assert digests <= (1 if pace.digest_on is not None and pace.most else 0)


@given(st.integers(1, 5), st.integers(0, 6), st.integers(0, 6))
def test_digest_always_finds_its_place_on_its_day_however_much_there_is_to_say(most: int, day: int, later: int) -> None:
    pace = Pace(most, day, time(0), time(0))
    written = 0
    while pace.may_write_at_once(MONDAY, written=written, digest_left=False):
        written += 1

    found = pace.may_send_digest(MONDAY + timedelta(max(day, later)), written=written, digest_left=False)

    assert (written, found) == (most - 1, True)


def test_digest_waits_for_its_day_and_leaves_once() -> None:
    pace = Pace(2, 2, time(19), time(8))

    days = [pace.may_send_digest(MONDAY + timedelta(day, hours=9), written=0, digest_left=False) for day in range(5)]

    assert days == [False, False, True, True, True]
    assert pace.may_send_digest(MONDAY + timedelta(2, hours=9), written=1, digest_left=True) is False


def test_week_has_one_name_from_monday_to_sunday() -> None:
    assert [week_of(MONDAY + timedelta(day)) for day in (-1, 0, 6, 7)] == [
        "digest 2026-10",
        "digest 2026-11",
        "digest 2026-11",
        "digest 2026-12",
    ]
