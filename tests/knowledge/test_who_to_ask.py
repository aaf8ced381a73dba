from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from relais.knowledge.routing import ASKED_AT_ONCE, MOST_OPEN, WEIGHTS, Act, choose, likelihood

ANNE, BRUNO, CHLOE = (UUID(int=n) for n in (1, 2, 3))
people = st.integers(1, 8).map(lambda n: UUID(int=n))
acts = st.lists(
    st.builds(Act, people, st.sampled_from(sorted(WEIGHTS)), st.floats(-1, 2, allow_nan=False), st.one_of(st.none(), st.integers(1, 9))),
    max_size=40,
)
loads = st.dictionaries(people, st.integers(0, 5))


def test_best_answer_to_the_closest_case_comes_first() -> None:
    chosen = choose([Act(ANNE, "answer", 0.9, 1), Act(BRUNO, "best", 0.9, 1), Act(CHLOE, "circle")], {ANNE: 0, BRUNO: 0, CHLOE: 0})

    assert [(choice.person, choice.reason, choice.because) for choice in chosen] == [
        (BRUNO, "best", 1),
        (ANNE, "answer", 1),
        (CHLOE, "circle", None),
    ]


def test_somebody_asked_often_lets_others_go_first() -> None:
    chosen = choose([Act(ANNE, "best", 1.0, 1), Act(BRUNO, "answer", 0.9, 2)], {ANNE: 2, BRUNO: 0})

    assert [choice.person for choice in chosen] == [BRUNO, ANNE]


def test_many_acts_on_one_case_count_once() -> None:
    once = likelihood([Act(ANNE, "answer", 1.0, 1)])

    assert likelihood([Act(ANNE, "answer", 1.0, 1)] * 5) == once
    assert likelihood([Act(ANNE, "answer", 1.0, 1), Act(ANNE, "answer", 1.0, 2)]) == once * 1.5


@given(acts, loads)
def test_nobody_is_asked_who_may_not_be(acts: list[Act], loads: dict[UUID, int]) -> None:
    chosen = choose(acts, loads)

    assert all(loads[choice.person] < MOST_OPEN for choice in chosen)
    assert len({choice.person for choice in chosen}) == len(chosen) <= ASKED_AT_ONCE


@given(acts, loads)
def test_choice_does_not_depend_on_the_order_of_acts(acts: list[Act], loads: dict[UUID, int]) -> None:
    assert [(c.person, c.reason) for c in choose(acts, loads)] == [(c.person, c.reason) for c in choose(acts[::-1], loads)]


@given(acts, loads, people)
def test_one_more_act_never_makes_somebody_less_likely(acts: list[Act], loads: dict[UUID, int], person: UUID) -> None:
    before = {choice.person: choice.score for choice in choose(acts, loads, count=100)}
    after = {choice.person: choice.score for choice in choose([*acts, Act(person, "best", 1.0, 1)], loads, count=100)}

    assert all(after[one] >= score - 1e-9 for one, score in before.items())


@given(acts, st.integers(0, 2))
def test_reason_told_is_one_of_the_person_s_own(acts: list[Act], load: int) -> None:
    chosen = choose(acts, {UUID(int=n): load for n in range(1, 9)})

    assert all(any((a.person, a.kind, a.use_case) == (c.person, c.reason, c.because) for a in acts) for c in chosen)
