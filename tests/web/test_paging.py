import pytest

from relais.people.models import Unit
from relais.web.paging import FURTHEST, Page, page_of
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def names(page: Page) -> list[str]:
    return [unit.name for unit in page]


def test_a_page_knows_what_comes_before_and_after() -> None:
    for name in "ABCDE":
        make_unit(name=name)
    units = Unit.objects.order_by("name")

    pages = [page_of(units, asked, 2) for asked in (None, "2", "3")]

    assert [names(page) for page in pages] == [["A", "B"], ["C", "D"], ["E"]]
    assert [(page.has_previous, page.has_next) for page in pages] == [(False, True), (True, True), (True, False)]
    assert (pages[1].previous_page_number, pages[1].next_page_number) == (1, 3)


def test_all_on_one_page_needs_no_pager() -> None:
    make_unit(name="A")

    page = page_of(Unit.objects.order_by("name"), "1", 2)

    assert (names(page), page.has_other_pages) == (["A"], False)


@pytest.mark.parametrize(("asked", "number"), [("x", 1), ("0", 1), ("-1", 1), ("²", 1), ("9" * 20, FURTHEST)])
def test_a_number_that_is_none_is_understood(asked: str, number: int) -> None:
    make_unit(name="A")

    page = page_of(Unit.objects.order_by("name"), asked, 2)

    assert page.number == number
