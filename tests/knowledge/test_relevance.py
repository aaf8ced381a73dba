from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.knowledge.relevance import SHOWN_FROM, bayesian_mean, shown_mean, told_ratings, wilson_lower_bound

means = st.floats(1, 5)


@st.composite
def rated(draw: st.DrawFn) -> tuple[int, int]:
    scores = draw(st.lists(st.integers(1, 5), min_size=SHOWN_FROM, max_size=200))
    return len(scores), sum(scores)


@given(st.lists(st.integers(1, 5), min_size=SHOWN_FROM, max_size=200), st.floats(3.86, 5))
def test_three_false_five_stars_move_the_shown_mean_by_less_than_035_whatever_the_content(scores: list[int], community: float) -> None:
    before = bayesian_mean(len(scores), sum(scores), community)

    after = bayesian_mean(len(scores) + 3, sum(scores) + 15, community)

    assert 0 <= after - before < 0.35


def test_three_perfect_ratings_beside_a_community_mean_of_42_make_438() -> None:
    assert round(bayesian_mean(3, 15, 4.2), 2) == 4.38


def test_thirty_perfect_ratings_are_needed_to_show_48() -> None:
    assert (round(bayesian_mean(30, 150, 4.2), 2), bayesian_mean(29, 145, 4.2) < 4.8) == (4.8, True)


@given(st.integers(0, SHOWN_FROM - 1))
def test_content_with_few_ratings_is_new(count: int) -> None:
    assert shown_mean(count, 5 * count, 4.2) is None


def test_content_with_enough_ratings_shows_its_mean() -> None:
    assert shown_mean(5, 25, 4.2) == pytest.approx(67 / 15)


def test_one_more_rating_tells_nothing_until_there_are_five_more() -> None:
    seen = [(told_ratings(count), shown_mean(count, 20 * (count // 5), 4.2)) for count in range(5, 11)]

    assert seen == [(5, pytest.approx(62 / 15))] * 5 + [(10, pytest.approx(82 / 20))]


def test_no_score_can_be_worked_out_by_watching_a_mean_unless_all_agree() -> None:
    """Six colleagues rate, one after the other; the page is read after each: who knows every reading knows no score."""
    known: dict[tuple[float | None, ...], list[set[int]]] = {}
    for scores in product(range(1, 6), repeat=6):
        told = [shown_mean(n, sum(scores[: told_ratings(n)]), 4.2) for n in range(1, 7)]
        seen = tuple(mean and round(mean, 1) for mean in told)
        for possible, score in zip(known.setdefault(seen, [set() for _ in scores]), scores, strict=True):
            possible.add(score)

    agreeing = {round(shown_mean(5, total, 4.2) or 0, 1) for total in (5, 25)}
    assert [seen for seen, possible in known.items() if min(map(len, possible)) < 2 and seen[-1] not in agreeing] == []


@given(rated(), means)
def test_shown_mean_stays_on_the_scale(counted: tuple[int, int], community: float) -> None:
    assert 1 <= bayesian_mean(*counted, community) <= 5


@pytest.mark.parametrize(("worked", "told", "bound"), [(3, 3, 0.44), (9, 10, 0.60), (28, 30, 0.79), (95, 100, 0.89), (0, 0, 0.0)])
def test_lower_bound_of_what_worked_is_the_one_of_the_method(worked: int, told: int, bound: float) -> None:
    assert round(wilson_lower_bound(worked, told), 2) == pytest.approx(bound, abs=0.005)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_lower_bound_never_exceeds_the_share(counted: tuple[int, int]) -> None:
    worked, told = counted

    assert 0 <= wilson_lower_bound(worked, told) <= worked / told + 1e-9
