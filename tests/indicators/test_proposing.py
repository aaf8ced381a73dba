"""Three levers at most, each for one indicator, never what runs or was just tried."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relais.indicators.proposing import MOST, REST_DAYS, Candidate, Past, propose

KEYS, INDICATORS, HANDS = "abcdefgh", ("one", "two", "three", "four"), ("pilot", "animators")
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        key=st.sampled_from(KEYS),
        moves=st.lists(st.sampled_from(INDICATORS), min_size=1, max_size=3, unique=True),
        evidence=st.sampled_from("ABC"),
        effort=st.sampled_from([1, 2, 3]),
        by=st.sampled_from(HANDS),
        advised=st.booleans(),
    ),
    unique_by=lambda each: each.key,
)
GAPS = st.dictionaries(st.sampled_from(INDICATORS), st.floats(0, 1))
PASTS = st.builds(
    Past,
    running=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(HANDS), max_size=2),
    rested=st.dictionaries(st.sampled_from(KEYS), st.integers(0, 200), max_size=3),
    verdicts=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["probable_gain", "unclear", "probable_loss"]), max_size=3),
)


@given(CANDIDATES, GAPS, PASTS, st.randoms(use_true_random=False))
def test_few_rested_advised_and_whatever_the_order(candidates: list[Candidate], gaps: dict[str, float], past: Past, dice: object) -> None:
    found = propose(candidates, gaps, past)

    shuffled = list(candidates)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    known = {each.key: each for each in candidates}
    assert propose(shuffled, gaps, past) == found
    assert len(found) <= MOST
    assert len({each.indicator for each in found}) == len(found)
    for each in found:
        assert known[each.key].advised
        assert each.key not in past.running
        assert past.rested.get(each.key, REST_DAYS) >= REST_DAYS
        assert gaps[each.indicator] > 0
        assert each.indicator in known[each.key].moves


def test_the_widest_gap_the_surest_and_the_lightest_come_first() -> None:
    gaps = {"one": 0.6, "two": 0.2}
    levers = [
        Candidate("sure", ["one"], "A", 1, "pilot"),
        Candidate("heavy", ["one"], "A", 3, "pilot"),
        Candidate("narrow", ["two"], "A", 1, "pilot"),
    ]

    assert [each.key for each in propose(levers, gaps, Past())] == ["sure", "narrow"]


def test_what_worked_here_is_preferred_and_what_harmed_is_not() -> None:
    levers = [Candidate("gained", ["one"], "C", 1, "pilot"), Candidate("new", ["one"], "C", 1, "pilot")]

    gained = propose(levers, {"one": 0.5}, Past(verdicts={"gained": "probable_gain"}))
    harmed = propose(levers, {"one": 0.5}, Past(verdicts={"gained": "probable_loss"}))

    assert [(each.key, each.proven_here) for each in gained] == [("gained", True)]
    assert [each.key for each in harmed] == ["new"]


def test_busy_hands_are_spared() -> None:
    levers = [Candidate("theirs", ["one"], "A", 1, "animators"), Candidate("mine", ["one"], "B", 1, "pilot")]

    assert [each.key for each in propose(levers, {"one": 0.5}, Past(running={"x": "animators"}))] == ["mine"]
