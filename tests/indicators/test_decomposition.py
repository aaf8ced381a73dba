"""Why a share moved: each group's part, and all of them together the whole change, exactly."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from relais.indicators.decomposition import Counts, decompose, whole

TABLES = st.dictionaries(
    st.sampled_from("abcde"), st.integers(0, 60).flatmap(lambda people: st.tuples(st.just(people), st.integers(0, people)))
)


def rate(table: dict[str, Counts]) -> Fraction:
    people, marked = whole(table)
    return Fraction(marked, people)


@example({"a": (0, 0), "b": (5, 1)}, {"a": (0, 0), "b": (5, 2)})
@given(TABLES, TABLES)
def test_parts_add_up_to_the_whole_change(before: dict[str, Counts], after: dict[str, Counts]) -> None:
    parts = decompose(before, after)

    if whole(before)[0] and whole(after)[0]:
        assert sum((part.total for part in parts), Fraction(0)) == rate(after) - rate(before)
    else:
        assert parts == []


@given(TABLES.filter(lambda table: whole(table)[0] > 0))
def test_nothing_moves_when_every_group_grows_alike(table: dict[str, Counts]) -> None:
    doubled = {group: (2 * people, 2 * marked) for group, (people, marked) in table.items()}

    assert {part.total for part in decompose(table, doubled)} == {Fraction(0)}


def test_a_change_inside_one_group_is_its_rate() -> None:
    [moved, still] = decompose({"a": (50, 10), "b": (50, 10)}, {"a": (50, 20), "b": (50, 10)})

    assert (moved.group, moved.rate, moved.mix) == ("a", Fraction(1, 10), 0)
    assert (still.group, still.total) == ("b", 0)


def test_a_group_that_grows_without_changing_is_all_mix() -> None:
    parts = decompose({"a": (10, 8), "b": (90, 9)}, {"a": (30, 24), "b": (90, 9)})

    assert [part.rate for part in parts] == [0, 0]
    assert sum(part.mix for part in parts) == Fraction(33, 120) - Fraction(17, 100)


def test_a_group_seen_on_one_day_only_is_all_mix() -> None:
    parts = {part.group: part for part in decompose({"a": (20, 5), "old": (20, 15)}, {"a": (20, 5), "new": (20, 10)})}

    assert {name: part.rate for name, part in parts.items()} == {"a": 0, "old": 0, "new": 0}
