"""The pace of the year: working days, quiet August and Christmas, and the trajectory of METHOD 3.1 (Bass)."""

from __future__ import annotations

from datetime import date, timedelta

P, Q, CEILING = 0.03, 0.25, 0.40  # per month; 4.4% at M3, 11.5% at M6, 20.6% at M9, 29.2% at M12
DAYS_A_MONTH = 365 / 12
_BY_WEEKDAY = (1.0, 1.05, 1.0, 1.05, 0.85, 0.12, 0.02)
_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


def first_day(today: date, months: int) -> date:
    """The Monday on which a demo of so many months begins, so that it ends yesterday."""
    first = today - timedelta(round(months * DAYS_A_MONTH))
    return first - timedelta(first.weekday())


def pace(day: date) -> float:
    """How busy people are with the community on that day, 1 on an ordinary one."""
    if (day.month, day.day) in _HOLIDAYS:
        return 0.03
    quiet = 0.3 if day.month == 8 and day.day <= 24 else 1.0
    if (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 3):
        quiet = 0.2
    return _BY_WEEKDAY[day.weekday()] * quiet


def bass(month: float) -> float:
    """The share of those who will ever engage that are engaged after so many months, counted month by month."""
    whole, part = divmod(month, 1)
    share = 0.0
    for _month in range(int(whole)):
        share += _step(share)
    return share + part * _step(share)


def _step(share: float) -> float:
    return (P + Q * share) * (1 - share)


def bass_day(share: float) -> float:
    """The day on which `bass` reaches that share."""
    month, reached = 0, 0.0
    while reached + _step(reached) < share:
        reached += _step(reached)
        month += 1
    return (month + (share - reached) / _step(reached)) * DAYS_A_MONTH
