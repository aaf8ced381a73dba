"""The time of acts and the time of their recording.

Everything that happens asks `now()`. An import tells old facts with `acting_at`, which leaves the time of
recording alone; the demo lives in another time altogether with `simulated`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_act: ContextVar[datetime | None] = ContextVar("act", default=None)
_recording: ContextVar[datetime | None] = ContextVar("recording", default=None)


def now() -> datetime:
    """When the present act happens (UTC, aware)."""
    return acted() or recorded()


def acted() -> datetime | None:
    """When the act happened, if somebody tells it afterwards; None when it happens as it is written down."""
    return _act.get()


def recorded() -> datetime:
    """When it is written down; later than `now()` only while history is imported."""
    return _recording.get() or datetime.now(UTC)


def is_simulated() -> bool:
    """Whether this is a simulated time, in which nobody is written to."""
    return _recording.get() is not None


def today() -> date:
    """The UTC day of the present act: figures count days in UTC so that anybody can recompute them."""
    return now().date()


@contextmanager
def acting_at(moment: datetime) -> Iterator[None]:
    """Acts inside happened at `moment`, but are written down now (imports of history)."""
    token = _act.set(moment)
    try:
        yield
    finally:
        _act.reset(token)


@contextmanager
def simulated(moment: datetime) -> Iterator[None]:
    """Acts inside happen and are written down at `moment` (the demo, and tests)."""
    token = _recording.set(moment)
    try:
        with acting_at(moment):
            yield
    finally:
        _recording.reset(token)
