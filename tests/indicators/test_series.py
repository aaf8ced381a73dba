from datetime import date

import pytest

from relais.indicators.series import days_kept, month_end, tops


@pytest.mark.parametrize(
    ("day", "end"),
    [(date(2024, 2, 1), date(2024, 2, 29)), (date(2026, 12, 31), date(2026, 12, 31)), (date(2026, 4, 30), date(2026, 4, 30))],
)
def test_month_ends_on_its_last_day(day: date, end: date) -> None:
    assert month_end(day) == end


def test_series_keeps_month_ends_late_sundays_and_the_last_day() -> None:
    days = days_kept(date(2026, 3, 11), date(2026, 1, 20))

    sundays = [
        date(2026, 1, 25),
        date(2026, 2, 1),
        date(2026, 2, 8),
        date(2026, 2, 15),
        date(2026, 2, 22),
        date(2026, 3, 1),
        date(2026, 3, 8),
    ]
    assert days == sorted([*sundays, date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 11)])


def test_series_that_ends_with_a_month_keeps_it_once() -> None:
    days = days_kept(date(2026, 3, 31), date(2026, 3, 30))

    assert days == [date(2026, 3, 31)]


def test_long_series_holds_two_years_of_months_and_a_quarter_of_sundays() -> None:
    days = days_kept(date(2026, 3, 11), date(2020, 1, 1))

    assert (days[0], len(days)) == (date(2024, 3, 31), 24 + 13 + 1)


def test_units_belong_to_what_stands_under_a_single_root() -> None:
    top = tops({1: None, 2: 1, 3: 2, 4: 3, 5: 1})

    assert top == {1: 1, 2: 2, 3: 2, 4: 2, 5: 5}


def test_units_belong_to_their_root_when_there_are_several() -> None:
    top = tops({1: None, 2: 1, 3: 2, 4: None})

    assert top == {1: 1, 2: 1, 3: 1, 4: 4}
