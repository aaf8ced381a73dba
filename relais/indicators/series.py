"""Which days are kept: month ends, the Sundays of late, and the last closed day."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date, timedelta

MONTHS = 24
WEEKS = 13


def month_end(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1)


def months_between(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Each month from that of one day to that of another: its first day, and the first day of the next."""
    start = first.replace(day=1)
    while start <= last:
        after = month_end(start) + timedelta(1)
        yield start, after
        start = after


def is_month_end(day: date) -> bool:
    return day == month_end(day)


def days_kept(last: date, first: date) -> list[date]:
    """The days of the series that ends with the closed day `last` and starts no earlier than `first`."""
    days = {last, *(last - timedelta(last.isoweekday() % 7 + 7 * week) for week in range(WEEKS))}
    end = month_end(last) if is_month_end(last) else last.replace(day=1) - timedelta(1)
    for _month in range(MONTHS):
        days.add(end)
        end = end.replace(day=1) - timedelta(1)
    return sorted(day for day in days if first <= day <= last)


def months_since(start: date, day: date) -> float:
    """How many months lie between two days."""
    return (day - start).days / 30.4375


def tops[Unit: Hashable](parents: Mapping[Unit, Unit | None]) -> dict[Unit, Unit]:
    """The top level each unit belongs to: the roots, or what stands right under the root when there is only one."""
    roots = [unit for unit, parent in parents.items() if parent is None]
    top: dict[Unit, Unit] = {}
    for unit in parents:
        current: Unit = unit
        above = parents[unit]
        while above is not None and not (len(roots) == 1 and above == roots[0]):
            current, above = above, parents[above]
        top[unit] = current
    return top
