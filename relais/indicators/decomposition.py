"""Why a share moved: groups that changed size (the mix), and groups that changed themselves (the rate). Pure computation.

Kitagawa's decomposition (1955): with weights w and rates r of each group before (0) and after (1), and R the mean of the two overall
rates, a group's mix is (w1 − w0)·((r0 + r1)/2 − R) and its rate (r1 − r0)·(w0 + w1)/2. All of them add up to the whole change, exactly.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Counts = tuple[int, int]  # people, and how many of them are marked


@dataclass(frozen=True)
class Part[Group: Hashable]:
    """What one group added to the change, in share points from -1 to 1."""

    group: Group
    mix: Fraction
    rate: Fraction

    @property
    def total(self) -> Fraction:
        return self.mix + self.rate


def _rate(counts: Counts) -> Fraction:
    people, marked = counts
    return Fraction(marked, people)


def whole[Group: Hashable](table: Mapping[Group, Counts]) -> Counts:
    """The sums of a table."""
    return sum(people for people, _marked in table.values()), sum(marked for _people, marked in table.values())


def decompose[Group: Hashable](before: Mapping[Group, Counts], after: Mapping[Group, Counts]) -> list[Part[Group]]:
    """Each group's part, largest first; nothing when one of the two days counts nobody. A group seen on one day only is all mix."""
    (people_before, _), (people_after, _) = totals = whole(before), whole(after)
    if not people_before or not people_after:
        return []
    middle = sum(map(_rate, totals), Fraction(0)) / 2
    parts = []
    for group in dict.fromkeys([*before, *after]):
        then, now = before.get(group, (0, 0)), after.get(group, (0, 0))
        rates = [_rate(counts) for counts in (then, now) if counts[0]]
        if rates:
            weights = Fraction(then[0], people_before), Fraction(now[0], people_after)
            mix = (weights[1] - weights[0]) * (sum(rates, Fraction(0)) / len(rates) - middle)
            parts.append(Part(group, mix, (rates[-1] - rates[0]) * sum(weights) / 2))
    return sorted(parts, key=lambda part: (-abs(part.total), str(part.group)))
