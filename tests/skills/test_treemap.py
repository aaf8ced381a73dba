import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.skills.treemap import treemap

sizes = st.lists(st.integers(1, 60), min_size=1, max_size=50).map(lambda found: sorted(found, reverse=True))


@given(sizes)
def test_areas_tell_sizes_and_fill_the_picture(found: list[int]) -> None:
    boxes = treemap(found, 960, 600)

    for size, box in zip(found, boxes, strict=True):
        assert box.width * box.height == pytest.approx(960 * 600 * size / sum(found))
        assert box.x >= -0.01
        assert box.y >= -0.01
        assert box.x + box.width <= 960.01
        assert box.y + box.height <= 600.01


@given(sizes)
def test_boxes_never_overlap(found: list[int]) -> None:
    boxes = treemap(found, 960, 600)

    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = (
                one.x + one.width <= other.x + 0.01
                or other.x + other.width <= one.x + 0.01
                or one.y + one.height <= other.y + 0.01
                or other.y + other.height <= one.y + 0.01
            )
            assert apart


def test_nothing_is_drawn_of_nothing() -> None:
    assert treemap([], 960, 600) == []
