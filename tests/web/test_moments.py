from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from relais.core import clock
from relais.web.moments import full, said

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=PARIS)  # a Wednesday


@pytest.mark.parametrize(
    ("moment", "french", "english"),
    [
        (NOW, "à l’instant", "just now"),
        (NOW + timedelta(seconds=30), "dans un instant", "in a moment"),
        (NOW - timedelta(minutes=1), "il y a 1 minute", "1 minute ago"),
        (NOW - timedelta(minutes=59), "il y a 59 minutes", "59 minutes ago"),
        (NOW + timedelta(minutes=12), "dans 12 minutes", "in 12 minutes"),
        (NOW + timedelta(hours=4), "aujourd’hui à 14 h", "today at 2 PM"),
        (NOW - timedelta(hours=2, minutes=30), "aujourd’hui à 7 h 30", "today at 7:30 AM"),
        (NOW + timedelta(days=1, hours=4), "demain à 14 h", "tomorrow at 2 PM"),
        (NOW - timedelta(days=1), "hier à 10 h", "yesterday at 10 AM"),
        (NOW + timedelta(days=5), "lundi à 10 h", "on Monday at 10 AM"),
        (NOW - timedelta(days=2), "lundi dernier", "last Monday"),
        (NOW + timedelta(days=7), "le 18 mars à 10 h", "on 18 March at 10 AM"),
        (NOW - timedelta(days=10), "le 1er mars", "on 1 March"),
        (NOW - timedelta(days=100), "le 1er décembre 2025", "on 1 December 2025"),
        (NOW - timedelta(days=400), "le 4 février 2025", "on 4 February 2025"),
        (date(2026, 3, 12), "demain", "tomorrow"),
        (date(2026, 5, 2), "le 2 mai", "on 2 May"),
    ],
)
def test_moment_is_said_as_people_say_it(moment: date, french: str, english: str) -> None:
    with translation.override("fr"):
        in_french = said(moment, NOW).replace("\xa0", " ")
    with translation.override("en"):
        in_english = said(moment, NOW)

    assert (in_french, in_english) == (french, english)


@pytest.mark.parametrize(
    ("moment", "french"),
    [
        (datetime(2026, 3, 11, 14, 5, tzinfo=PARIS), "mercredi 11 mars 2026 à 14 h 05"),
        (date(2026, 5, 1), "vendredi 1er mai 2026"),
    ],
)
def test_full_date_has_weekday_and_year(moment: date, french: str) -> None:
    with translation.override("fr"):
        assert full(moment).replace("\xa0", " ") == french


def rendered(moment: object) -> str:
    with translation.override("fr"), timezone.override(PARIS), clock.simulated(NOW):
        return Template("{{ moment|when }}").render(Context({"moment": moment})).replace("\xa0", " ")


def test_filter_gives_the_moment_in_the_person_s_time_zone() -> None:
    page = rendered(datetime(2026, 3, 12, 13, 0, tzinfo=ZoneInfo("UTC")))

    assert page == '<time datetime="2026-03-12T14:00:00+01:00" title="jeudi 12 mars 2026 à 14 h">demain à 14 h</time>'


def test_filter_gives_a_day() -> None:
    assert rendered(date(2026, 3, 10)) == '<time datetime="2026-03-10" title="mardi 10 mars 2026">hier</time>'


def test_filter_of_no_moment_says_nothing() -> None:
    assert rendered(None) == ""
