from __future__ import annotations

import pytest

from relais.knowledge.models import UseCase
from relais.web.paging import FURTHEST, Page, page_of
from tests.factories import make_use_case

pytestmark = pytest.mark.django_db


def pages_shown(*, rows: int, size: int) -> list[tuple[int, bool, bool]]:
    for _ in range(rows):
        make_use_case()
    pages = [page_of(UseCase.objects.order_by("pk"), str(number), size) for number in (1, 2, 3)]
    return [(len(page.rows), page.has_previous, page.has_next) for page in pages]


def test_pages_follow_one_another_without_counting() -> None:
    shown = pages_shown(rows=5, size=2)

    assert shown == [(2, False, True), (2, True, True), (1, True, False)]


def test_a_last_page_that_is_full_has_no_next() -> None:
    shown = pages_shown(rows=4, size=2)

    assert shown == [(2, False, True), (2, True, False), (0, True, False)]


def test_neighbours_are_named() -> None:
    page = Page([], 4, has_next=True)

    assert (page.previous_page_number, page.next_page_number, page.has_other_pages) == (3, 5, True)


def test_a_single_page_has_no_others() -> None:
    assert Page([], 1, has_next=False).has_other_pages is False


@pytest.mark.parametrize(("asked", "number"), [(None, 1), ("", 1), ("0", 1), ("-3", 1), ("x", 1), ("²", 1), ("3", 3), ("9" * 30, FURTHEST)])
def test_what_is_no_page_is_the_first_and_what_is_too_far_is_the_last(asked: str | None, number: int) -> None:
    assert page_of(UseCase.objects.order_by("pk"), asked, 10).number == number
