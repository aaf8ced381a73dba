from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from relais.studio.ranking import AT_MOST, Item, best

NOW = datetime(2026, 3, 11, 9, tzinfo=UTC)
ITEMS = st.lists(
    st.builds(
        Item,
        kind=st.sampled_from(["notice", "usecase", "contribution", "workshop", "need"]),
        pk=st.integers(1, 10_000),
        title=st.just("Un cas"),
        at=st.integers(0, 200).map(lambda hours: NOW - timedelta(hours=hours)),
        mine=st.booleans(),
        in_my_circles=st.booleans(),
        near=st.booleans(),
    ),
    max_size=40,
    unique_by=lambda item: (item.kind, item.pk),
)


def item(kind: str, pk: int, **columns: bool) -> Item:
    return Item(kind, pk, "Un cas", NOW - timedelta(hours=pk), **columns)


@given(ITEMS)
def test_digest_holds_seven_things_at_most_all_given_and_none_twice(items: list[Item]) -> None:
    found = best(items, NOW)

    assert len(found) == min(len(items), AT_MOST)
    assert set(found) <= set(items)
    assert max(Counter((one.kind, one.pk) for one in found).values(), default=1) == 1


@given(ITEMS)
def test_nothing_of_mine_gives_way_to_what_is_not(items: list[Item]) -> None:
    found = best(items, NOW)

    left_out = [one for one in items if one.mine and one not in found]
    assert not left_out or all(one.mine for one in found)


def test_seven_things_are_not_seven_times_the_same() -> None:
    cases, contents = [item("usecase", pk, in_my_circles=True) for pk in range(1, 9)], [item("contribution", 20), item("need", 21)]

    found = Counter(one.kind for one in best([*cases, *contents], NOW))

    assert found == {"usecase": 5, "contribution": 1, "need": 1}


def test_what_is_near_comes_before_what_is_far_and_the_latest_before_the_oldest() -> None:
    far, near, circle = item("usecase", 3), item("need", 5, near=True), item("workshop", 4, in_my_circles=True)

    assert best([far, near, circle], NOW) == [circle, near, far]
