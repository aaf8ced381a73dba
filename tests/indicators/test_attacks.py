"""An attacker who reads every page, remembers it, and knows how numbers are hidden: no small group may be worked out.

Three ways. *Inversion*: all the communities that are told in the same way are put side by side; a number that is between 1 and 4 in all
of them is worked out, whatever the method. *Twins*: two communities that differ only inside what is told in fives give the same pages,
letter for letter, so no page says more than its numbers in fives. *Arithmetic*: whatever is added or taken away, numbers in fives never
make one of 1 to 4; neither do numbers of two days, two units, two pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import asdict
from datetime import date
from itertools import chain, combinations
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relais.core import clock
from relais.core.suppression import Cell, published, told
from relais.indicators import words
from relais.indicators.actions.figures import take_snapshots
from relais.indicators.definitions import (
    DEFINITIONS,
    Initiatives,
    Knowledge,
    Ladder,
    Meetings,
    Ratings,
    Welcome,
    figures,
    no_shows,
)
from relais.indicators.models import Snapshot
from relais.indicators.queries.standing import readings, standing
from relais.indicators.series import is_month_end, tops
from relais.people.actions import grant_role
from relais.people.models import Role
from relais.web.indicators.page import page_of
from tests.factories import make_member
from tests.indicators.community import NOW, make_community

SMALL = {1, 2, 3, 4}
Table = tuple[tuple[int, int], ...]


def worked_out(
    communities: Iterator[Any], view: Callable[[Any], Hashable], counts: Callable[[Any], dict[Hashable, int]], whole: Callable[[Any], bool]
) -> list[tuple[Hashable, Hashable, set[int]]]:
    """The counts that what is told leaves between 1 and 4; `whole` says which views no community outside the search shares."""
    known: dict[Hashable, dict[Hashable, set[int]]] = defaultdict(lambda: defaultdict(set))
    for community in communities:
        found = known[view(community)]
        for name, count in counts(community).items():
            found[name].add(count)
    return [(seen, name, values) for seen, found in known.items() if whole(seen) for name, values in found.items() if values <= SMALL]


def tables(units: int, people: int) -> Iterator[Table]:
    """Every table of so many units and at most so many people, some units empty."""
    if not units:
        yield ()
        return
    for size in range(people + 1):
        for rest in tables(units - 1, people - size):
            for marked in range(size + 1):
                yield ((size, marked), *rest)


def told_by_unit(table: Table) -> tuple[int | None, int | None, tuple[tuple[int, int, int | None], ...]]:
    """The ladder of the whole beside the table by unit, as the page has them."""
    people, marked = (sum(column) for column in zip(*table, strict=True))
    cells = published(dict(enumerate(table)))
    return told(people), told(marked), tuple((unit, cell.people, cell.marked) for unit, cell in cells.items())


def every_group(table: Table) -> dict[Hashable, int]:
    """People, engaged and not engaged, of each unit and of units taken together."""
    names = range(len(table))
    groups = chain.from_iterable(combinations(names, size) for size in range(1, len(table) + 1))
    found: dict[Hashable, int] = {}
    for group in groups:
        people, marked = (sum(table[unit][column] for unit in group) for column in (0, 1))
        found |= {(group, "people"): people, (group, "marked"): marked, (group, "left"): people - marked}
    return found


@pytest.mark.parametrize(("units", "people"), [(1, 24), (2, 24), (3, 14), (4, 9)])
def test_no_small_group_can_be_worked_out_from_anything_published(units: int, people: int) -> None:
    def within(seen: Any) -> bool:
        return seen[0] is None or bool(seen[0] + 2 <= people)

    assert worked_out(tables(units, people), told_by_unit, every_group, within) == []


def test_attacker_works_out_what_exact_numbers_tell() -> None:
    """The attack has teeth: exact numbers hidden in the same way are worked out."""

    def exactly(table: Table) -> Hashable:
        people, marked = (sum(column) for column in zip(*table, strict=True))
        hidden = {unit for unit, cell in published(dict(enumerate(table))).items() if cell.marked is None}
        shown = published(dict(enumerate(table)))
        return people, marked, tuple((u, table[u][0], None if u in hidden else table[u][1]) for u in shown)

    found = worked_out(tables(2, 14), exactly, every_group, lambda _seen: True)

    assert len(found) > 100


def nested(top: int) -> Iterator[tuple[int, int, int]]:
    """Every whole, part, and part of the part."""
    return ((e, r, a) for e in range(top + 1) for r in range(e + 1) for a in range(r + 1))


def test_rungs_one_inside_the_other_tell_no_small_gap() -> None:
    """Eligible, reached, active; eligible, engaged in 12 months, engaged: those of one rung who miss the next."""
    found = worked_out(
        nested(24),
        lambda rungs: tuple(map(told, rungs)),
        lambda rungs: {"missing": rungs[0] - rungs[1], "between": rungs[1] - rungs[2], "far": rungs[0] - rungs[2], "last": rungs[2]},
        lambda seen: seen[0] is None or seen[0] <= 22,
    )

    assert found == []


def test_first_posts_tell_no_small_number_of_those_nobody_met() -> None:
    def read(pair: tuple[int, int]) -> Hashable:
        """As the page has them, from the dictionary of the day."""
        figures = Welcome(*pair).figures
        return told(figures["first_posts"] or 0), told(figures["first_posts_met"] or 0)

    pairs = ((posts, met) for posts in range(25) for met in range(posts + 1))

    found = worked_out(pairs, read, lambda pair: {"unmet": pair[0] - pair[1]}, lambda seen: seen[0] is None or seen[0] <= 22)

    assert found == []


def test_no_small_number_of_absent_people_is_worked_out_when_places_are_known() -> None:
    """Who had a place stands on the page of each workshop; one workshop more, a day later, tells nobody's absence, unless
    fewer than five came to one of them (`docs/decisions/0016-numbers-in-fives.md`)."""
    histories = (
        (first, second, absent, later)
        for first in (4, 5, 12, 20)
        for second in (0, 3, 6, 12)
        for absent in range(first + 1)
        for later in range(second + 1)
    )

    def seen(history: tuple[int, int, int, int]) -> Hashable:
        first, second, absent, later = history
        held = [("short", first, first - absent), ("short", second, second - later)]
        return first, second, *(Meetings(held=held[:day]).figures["no_show_share"] for day in (1, 2))

    def counts(history: tuple[int, int, int, int]) -> dict[Hashable, int]:
        first, second, absent, later = history
        return {
            "first": absent,
            "later": later,
            "kept": first - absent,
            "deserted": int(first - absent < 5 or second >= 5 > second - later),
        }

    found = worked_out(histories, seen, counts, lambda _seen: True)

    deserted = {view for view, name, _values in found if name == "deserted"}
    assert [one for one in found if one[0] not in deserted] == []


def test_formats_tell_no_small_number_of_absent_people() -> None:
    held = ((a, b, c) for a in range(13) for b in range(9) for c in range(9))

    def seen(absent: tuple[int, ...]) -> Hashable:
        groups = {name: (places, places - gone) for name, places, gone in zip("abc", (12, 8, 8), absent, strict=True)}
        whole = Meetings(held=[(name, *counts) for name, counts in groups.items()]).figures
        return whole["no_show_share"], tuple(no_shows(groups).items())

    found = worked_out(held, seen, lambda absent: dict(zip("abc", absent, strict=True)), lambda _seen: True)

    assert found == []


LADDERS = st.builds(
    lambda e, parts: Ladder(e, *(e * part // 100 for part in parts)),
    st.integers(0, 90),
    st.lists(st.integers(0, 100), min_size=5, max_size=5),
)
DAYS = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 10)]
Community = list[tuple[Ladder, dict[int, tuple[int, int]], dict[str, int]]]  # of each day: the whole, the units, other numbers of people


def another(number: int, draw: st.DrawFn) -> int:
    """Another number that is told in the same way."""
    read = told(number)
    return draw(st.integers(0, 4) if read is None else st.integers(max(5, read - 2), read + 2))


@st.composite
def twins(draw: st.DrawFn) -> tuple[Community, Community]:
    """Three days of a community, and of another one whose numbers are told in the same way."""
    units = st.dictionaries(st.integers(1, 4), st.integers(0, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
    others = st.fixed_dictionaries(
        {"first_posts": st.integers(0, 30), "first_posts_met": st.integers(0, 30), "ratings": st.integers(5, 30)}
    )
    one, other = [], []
    for _day in DAYS:
        whole, parts, rest = draw(LADDERS), draw(units), draw(others)
        twin = {unit: tuple(another(count, draw) for count in counts) for unit, counts in parts.items()}
        if published(twin) != published(parts):
            twin = parts
        one.append((whole, parts, rest))
        others_read = {name: another(count, draw) for name, count in rest.items()}
        everybody, *rungs = (another(count, draw) for count in asdict(whole).values())
        other.append((Ladder(everybody, *(min(everybody, count) for count in rungs)), twin, others_read))
    return one, other


def read_everything(community: Community) -> list[Any]:
    """All that pages, tables and pictures print of it, in both languages."""
    Snapshot.objects.all().delete()
    for day, (whole, parts, rest) in zip(DAYS, community, strict=True):
        told_of = figures(day, whole, Knowledge(12, 9, 4, 20, 6, (1, 2)), Ratings(6, 0, [(5, 21, 1)])) | Meetings().figures
        told_of |= Initiatives().figures | rest
        rows = {Snapshot.WHOLE: {"ladder": asdict(whole), "figures": told_of, "since": "2026-01-02"}}
        if is_month_end(day):
            rows |= {unit: {"ladder": asdict(Ladder(size, engaged=engaged))} for unit, (size, engaged) in parts.items()}
        Snapshot.objects.bulk_create(Snapshot(at=day, unit=unit, definitions=DEFINITIONS, figures=kept) for unit, kept in rows.items())
    found: list[Any] = []
    for language in ("fr", "en"):
        with translation.override(language):
            found += [page_of(standing()), words.ladder_lines(readings()), words.picture_words(readings()).description]
    return found


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(twins())
def test_communities_that_differ_within_a_five_read_the_same(pair: tuple[Community, Community]) -> None:
    one, other = (read_everything(community) for community in pair)

    assert one == other


@pytest.mark.django_db
def test_everybody_reads_the_same_page_whatever_they_are() -> None:
    make_community({"Agences": (41, 12), "Ateliers": (33, 13), "Siège": (3, 3)})
    with clock.simulated(NOW):
        take_snapshots()
    readers = [make_member(), *(grant_role(make_member(), role, by=None) for role in Role)]

    pages = set()
    for reader in readers:
        client = Client()
        client.force_login(reader)
        pages.add(client.get("/ou-en-est-on/").text.partition("<main")[2].partition("</main>")[0])

    assert len(pages) == 1


@st.composite
def years(draw: st.DrawFn) -> list[tuple[int | None, int | None, dict[int, Cell]]]:
    """What four months tell of a tree of units that grows, shrinks and is moved about, with its whole beside it."""
    months = []
    for _month in range(4):
        parents: dict[int, int | None] = {0: None} | {unit: draw(st.integers(0, unit - 1)) for unit in range(1, draw(st.integers(2, 9)))}
        top, summed = tops(parents), defaultdict(lambda: (0, 0))
        for unit in parents:
            size = draw(st.integers(0, 25))
            marked = draw(st.integers(0, size))
            people, engaged = summed[top[unit]]
            summed[top[unit]] = people + size, engaged + marked
        people, engaged = (sum(column) for column in zip(*summed.values(), strict=True))
        months.append((told(people), told(engaged), published(summed)))
    return months


@given(years())
def test_no_sum_or_difference_of_what_is_told_is_a_small_group(year: list[tuple[int | None, int | None, dict[int, Cell]]]) -> None:
    """Units taken from the whole, a month from another, engaged from people, up to four numbers at a time."""
    numbers = {number for people, engaged, _cells in year for number in (people, engaged) if number is not None}
    numbers |= {number for *_whole, cells in year for cell in cells.values() for number in (cell.people, cell.marked) if number is not None}

    made = {0}
    for _number in range(4):
        made |= {total + sign * number for total in made for number in numbers for sign in (1, -1)}

    assert {abs(total) for total in made} & SMALL == set()
    for people, engaged, cells in year:
        left = [
            (people or 0) - sum(cell.people for cell in cells.values()),
            (engaged or 0) - sum(cell.marked or 0 for cell in cells.values()),
        ]
        assert {abs(number) for number in left} & SMALL == set()
