import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.skills.detection.ranker import (
    NEVER,
    Example,
    Weights,
    learn_order,
    learn_tag,
    read_weights,
    threshold_for,
    with_scores,
    write_weights,
)

SEEN = np.array([[3.0, 0.0], [1.0, 1.0], [0.0, 0.0]])
EXAMPLES = [Example(SEEN, np.array([1.0, 0.5, 0.0])), Example(SEEN[::-1], np.array([0.0, 0.0, 1.0]))]


def weights() -> Weights:
    order = learn_order(EXAMPLES)
    tag = learn_tag([Example(with_scores(one.seen, order(one.seen)), one.truth) for one in EXAMPLES])
    return Weights(("a", "b"), order, tag, 0.5)


def test_what_is_right_comes_first() -> None:
    scores, chances = weights().judge(SEEN)

    assert scores.argmax() == 0
    assert chances[0] > chances[2]


def test_weights_are_read_back_from_their_file() -> None:
    told = weights()

    read = read_weights(write_weights({"fast": told}))["fast"]

    np.testing.assert_allclose(read.judge(SEEN)[1], told.judge(SEEN)[1], atol=1e-3)


@pytest.mark.parametrize(
    "told", ['{"fast": {}}', '{"fast": 3}', "[", '{"fast": {"features": ["a"], "threshold": 1, "order": 1, "tag": 1}}']
)
def test_a_file_that_holds_no_weights_is_refused(told: str) -> None:
    with pytest.raises((ValueError, AttributeError)):
        read_weights(told)


def test_weights_of_other_features_are_refused() -> None:
    told = weights().to_json() | {"features": ["a"]}

    with pytest.raises(ValueError, match="do not go together"):
        Weights.from_json(told)


def test_threshold_is_where_enough_was_accepted() -> None:
    chance = np.array([0.9, 0.8, 0.7, 0.6])
    evenly = np.ones(4)

    assert threshold_for(chance, np.array([1.0, 1.0, 0.0, 0.0]), evenly, 0.9) == 0.8
    assert threshold_for(chance, np.zeros(4), evenly, 0.9) == NEVER


@given(st.lists(st.floats(-5, 5), max_size=6))
def test_score_is_told_with_its_share_and_its_lead(scores: list[float]) -> None:
    told = with_scores(np.zeros((len(scores), 1)), np.array(scores))

    assert told.shape == (len(scores), 4)
    if scores:
        assert told[:, 2].sum() == pytest.approx(1)
        assert (told[:, 3] >= 0).all()
