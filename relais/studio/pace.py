"""When somebody may be written to: never in their quiet hours, and never more often in a week than they chose. No Django here.

A week runs from Monday to Sunday on the person's own clock. Of what they accept in a week, one place is kept for the digest
until it has left, so that what waits always leaves with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True)
class Pace:
    """What somebody chose: mails a week at most, the weekday of the digest (0 is Monday; None: no digest), the quiet hours."""

    most: int
    digest_on: int | None
    quiet_from: time
    quiet_until: time

    def is_quiet(self, local: datetime) -> bool:
        """Whether this moment of their day lies in the quiet hours; the same hour twice means: none."""
        now, start, end = local.time(), self.quiet_from, self.quiet_until
        return start <= now < end if start <= end else now >= start or now < end

    def may_write_at_once(self, local: datetime, *, written: int, digest_left: bool) -> bool:
        """Whether a mail may leave now, `written` having left this week, the digest among them or not."""
        kept = 1 if self.digest_on is not None and not digest_left else 0
        return not self.is_quiet(local) and written + kept < self.most

    def may_send_digest(self, local: datetime, *, written: int, digest_left: bool) -> bool:
        """Whether the digest of the week leaves now: on its day or after, so that a server that slept catches up."""
        due = self.digest_on is not None and local.weekday() >= self.digest_on and not digest_left
        return due and not self.is_quiet(local) and written < self.most


def week_of(local: datetime) -> str:
    """The week of a moment, as its digest is known by: ISO year and week."""
    year, week, _day = local.isocalendar()
    return f"digest {year}-{week:02}"
