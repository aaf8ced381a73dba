"""What an initiative measures, as a picture."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from relais.core import clock
from relais.indicators import jobs
from relais.indicators.actions import figures as actions
from relais.indicators.charts import lines_over_time
from relais.indicators.courses import course_lines, course_scale, course_words, said
from relais.indicators.models import Picture
from relais.indicators.queries.courses import Course, courses, pictures_of
from relais.knowledge.actions.measures import keep_measure
from relais.knowledge.models import Indicator, Measure
from relais.ledger.subscriptions import delivered_at_once
from tests.factories import make_proposed, make_unit

START = date(2026, 1, 5)
NUMBERS = st.decimals(-100_000, 100_000, places=2)


def course(baseline: str = "40", values: dict[int, str] | None = None) -> Course:
    """Forty minutes at first, thirty a month later."""
    path = {START + timedelta(day): Decimal(value) for day, value in (values or {30: "30"}).items()}
    return Course(7, "Attente", "min", START, Decimal(baseline), path)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the pen, told by what it would say aloud; the pen itself is slow."""
    asked: list[str] = []

    def pen(charts: list[tuple[dict[str, Any], str]]) -> list[str]:
        asked.extend(spec["description"] for spec, _language in charts)
        return [f"<svg>{spec['width']}</svg>" for spec, _language in charts]

    monkeypatch.setattr(actions, "draw", pen)
    return asked


@given(NUMBERS, st.dictionaries(st.integers(1, 400), NUMBERS, min_size=1, max_size=9))
def test_the_scale_holds_every_value_and_is_never_flat(baseline: Decimal, values: dict[int, Decimal]) -> None:
    scale = course_scale(course(str(baseline), {day: str(value) for day, value in values.items()}))

    every = [float(value) for value in (baseline, *values.values())]
    assert scale.low <= min(every) <= max(every) <= scale.high
    assert scale.low < scale.high
    assert scale.low >= 0 or min(every) < 0


def test_the_picture_says_where_it_started_and_every_value() -> None:
    told = course(values={30: "32.5", 60: "30"})

    with translation.override("fr"):
        start, main = course_lines(told)
        words = course_words(told)

    assert (start.points, start.dashed) == ({START: 40.0, START + timedelta(60): 40.0}, True)
    assert (main.label, list(main.points.values())) == ("30", [40.0, 32.5, 30.0])
    assert words.description == "Attente, du 5 janvier 2026 au 6 mars 2026."
    assert [words.number(value) for value in (40.0, 32.5)] == ["40 min", "32,5 min"]


@pytest.mark.parametrize(("value", "unit", "words"), [("40", "min", "40 min"), ("1E+1", "", "10"), ("4.250", "/5", "4,25 /5")])
def test_values_are_written_as_people_write_them(value: str, unit: str, words: str) -> None:
    assert said(Decimal(value), unit) == words


@pytest.mark.parametrize(("days", "tick"), [(30, "%-d %b"), (300, "%b %y")])
def test_a_short_course_has_days_under_it_and_a_long_one_months(days: int, tick: str) -> None:
    told = course(values={days: "30"})

    chart = lines_over_time(course_lines(told), course_words(told), width=205, height=170, scale=course_scale(told))

    assert {layer["encoding"]["x"]["axis"]["format"] for layer in chart["layer"]} == {tick}
    assert {layer["encoding"]["y"]["axis"]["format"] for layer in chart["layer"]} == {",.2~f"}
    links = [value["to"] for layer in chart["layer"] for value in layer["data"]["values"] if "to" in value]
    assert links[0] == "#mesure-7-2026-01-05"


@pytest.mark.django_db
def test_a_measure_is_drawn_in_each_language_and_drawn_anew(drawn: list[str]) -> None:
    indicator = Indicator.objects.get(initiative=(initiative := make_proposed()))
    with delivered_at_once():
        keep_measure(indicator, clock.today(), Decimal(30), by=initiative.author)
        keep_measure(indicator, clock.today(), Decimal(31), by=initiative.author)

    assert len(drawn) == 8
    assert pictures_of("fr", [indicator.pk]) == {
        indicator.pk: '<div class="picture-wide"><svg>520</svg></div><div class="picture-narrow"><svg>205</svg></div>'
    }
    assert Picture.objects.count() == 2


@pytest.mark.django_db
def test_at_night_only_what_was_never_drawn_is(drawn: list[str]) -> None:
    indicator = Indicator.objects.get(initiative=(initiative := make_proposed()))
    with clock.simulated(clock.now()), delivered_at_once():
        keep_measure(indicator, clock.today(), Decimal(30), by=initiative.author)
    assert drawn == []

    for _ in range(2):
        jobs.nightly(0)

    assert len(drawn) == 4


@pytest.mark.django_db
def test_only_values_of_everybody_after_the_start_are_drawn() -> None:
    indicator = Indicator.objects.get(initiative=make_proposed())
    Measure.objects.create(indicator=indicator, on=indicator.baseline_on, value=3)
    Measure.objects.create(indicator=indicator, on=clock.today(), of=make_unit(), value=2)

    assert courses() == []
    assert courses([indicator.pk]) == []
    assert pictures_of("fr", [indicator.pk]) == {}


def test_the_picture_is_one_the_page_can_show() -> None:
    told = course()
    chart = lines_over_time(course_lines(told), course_words(told), width=205, height=170, scale=course_scale(told))

    [svg] = actions.draw([(chart, "fr")])

    assert re.findall(r'<a href="([^"]+)"><path aria-label="([^"]+)"', svg) == [
        ("#mesure-7-2026-01-05", "5 janvier 2026\xa0: 40 min"),
        ("#mesure-7-2026-02-04", "4 février 2026\xa0: 30 min"),
    ]
