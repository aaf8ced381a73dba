from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from relais.indicators import words
from relais.indicators.queries.standing import Reading

AT = date(2026, 11, 22)


def reading(engaged: int | None, eligible: int | None = 600, *, days_ago: int = 0, **people: int | None) -> Reading:
    day = AT - timedelta(days_ago)
    counted = {"reached": 500, "active": 300, "transmitters": 250, "engaged_12_months": None} | people
    figures = {"use_cases": 10, "use_cases_answered": 10}
    return Reading(day, date(2025, 11, 22), counted | {"eligible": eligible, "engaged": engaged}, figures)


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (0.01, "moins d’une personne sur quarante s’engage"),
        (0.025, "une personne sur quarante s’engage"),
        (0.2, "une personne sur cinq s’engage"),
        (0.19, "près d’une personne sur cinq s’engage"),
        (0.21, "un peu plus d’une personne sur cinq s’engage"),
        (0.64, "près de deux personnes sur trois s’engagent"),
        (0.4, "deux personnes sur cinq s’engagent"),
        (0.42, "un peu plus de deux personnes sur cinq s’engagent"),
        (0.96, "presque tout le monde s’engage"),
    ],
)
def test_share_in_french(share: float, sentence: str) -> None:
    with translation.override("fr"):
        assert words.engaged_in_words(share) == sentence


@pytest.mark.parametrize(
    ("share", "sentence"),
    [(0.2, "one person in five is engaged"), (0.64, "nearly two people in three are engaged"), (0.99, "almost everybody is engaged")],
)
def test_share_in_english(share: float, sentence: str) -> None:
    with translation.override("en"):
        assert words.engaged_in_words(share) == sentence


@pytest.mark.parametrize(
    ("series", "sentence"),
    [
        ([], "It is too early to say where the community stands."),
        ([reading(None, None)], "It is too early to say where the community stands."),
        ([reading(None)], "Fewer than five people are engaged so far: too few to be told."),
        ([reading(120)], "One person in five is engaged."),
        ([reading(None, days_ago=180), reading(120)], "One person in five is engaged."),
        ([reading(60, days_ago=180), reading(120)], "One person in five is engaged, at least twice as many as in May 2026."),
        ([reading(80, days_ago=180), reading(120)], "One person in five is engaged, more than in May 2026."),
        ([reading(180, days_ago=180), reading(120)], "One person in five is engaged, fewer than in May 2026."),
        ([reading(115, days_ago=180), reading(120)], "One person in five is engaged, about as many as in May 2026."),
        ([reading(60, days_ago=60), reading(120)], "One person in five is engaged."),
    ],
)
def test_standing_is_one_sentence(series: list[Reading], sentence: str) -> None:
    with translation.override("en"):
        assert words.standing_in_words(series) == sentence


def test_chance_is_told_only_with_a_share() -> None:
    with translation.override("fr"):
        told, untold = words.sureness_in_words(reading(120)), words.sureness_in_words(reading(None))

    assert " ".join(told.split()) == "Avec cet effectif, le hasard seul ferait varier cette part entre 17 % et 23 % : c’est la bande pâle."
    assert untold == ""


@pytest.mark.parametrize(
    ("hours", "said"), [(0.4, "less than an hour"), (1.2, "1 hour"), (5.5, "6 hours"), (48, "2 days"), (70.7, "3 days")]
)
def test_delays_as_people_say_them(hours: float, said: str) -> None:
    with translation.override("en"):
        assert words.hours_in_words(hours) == said


@pytest.mark.parametrize(
    ("people", "seen"),
    [
        ({"transmitters": 100}, ["Many take part without passing anything on yet."]),
        ({"active": 100, "transmitters": 90}, ["Many come by without taking part yet."]),
        ({"reached": 200, "active": 180, "transmitters": 170}, ["Many colleagues have not come by this month."]),
        ({}, ["Many come by without taking part yet."]),
        ({"reached": 590, "active": 500, "transmitters": 450}, []),
        ({"reached": None, "active": None, "transmitters": None}, []),
    ],
)
def test_lever_answers_the_widest_gap(people: dict[str, int | None], seen: list[str]) -> None:
    with translation.override("en"):
        assert [lever.seen for lever in words.levers(reading(50, **people))] == seen


def test_waiting_cases_are_the_first_lever() -> None:
    today = reading(50, reached=590, active=500, transmitters=450)
    waiting = Reading(today.at, today.since, today.people, {"use_cases": 10, "use_cases_answered": 9})

    with translation.override("en"):
        assert [lever.seen for lever in words.levers(waiting)] == ["1 use case waits for its first answer."]


@pytest.mark.parametrize(("days", "share"), [(0, 0.0), (-10, 0.0), (365, 0.292)])
def test_reference_between_its_months(days: int, share: float) -> None:
    since = date(2025, 11, 22)

    assert round(words.reference_at(since, since + timedelta(days)), 3) == share
