"""Piloting, page by page: what waits, choosing a goal, being refused without losing anything, ending it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relais.core import clock
from relais.indicators.actions.goals import refit_forecasts, set_goal
from relais.indicators.models import Goal
from relais.indicators.queries.goals import deadline_in
from relais.maturity.actions import answer_wave, close_wave, open_wave
from relais.people.models import Person, Role
from tests.factories import make_member, make_with_role
from tests.indicators.months import LAST, MORNING, goal_of, lived

pytestmark = pytest.mark.django_db
RISING = [20, 30, 45, 60, 80, 100]
COCKPIT, SET = "/piloter/", "/piloter/objectifs/engagement/fixer/"


def text_of(content: bytes) -> str:
    main = content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def pilot() -> Person:
    return make_with_role(Role.PILOT)


@pytest.fixture
def at_desk(client: Client, pilot: Person) -> Client:
    client.force_login(pilot)
    return client


def test_new_programme_is_led_to_its_first_decision(at_desk: Client) -> None:
    page = text_of(at_desk.get(COCKPIT).content)

    assert "D’où nous partons n’est pas connu" in page
    assert "Il n’y en a pas encore. Un seul suffit pour commencer : l’engagement." in page
    assert "L’engagement n’a pas d’objectif." not in page


def test_community_that_can_be_told_is_asked_for_a_goal(at_desk: Client) -> None:
    lived(RISING)

    assert "L’engagement n’a pas d’objectif. Choisir un objectif" in text_of(at_desk.get(COCKPIT).content)


def test_recent_questions_and_a_goal_on_its_way_leave_nothing_waiting(at_desk: Client, pilot: Person) -> None:
    goal_of(pilot)
    people = [make_member() for _ in range(6)]
    wave = open_wave("whole", clock.today() + timedelta(7), by=pilot)
    for person in people:
        answer_wave(wave, dict.fromkeys(range(24), 3), "", by=person)
    close_wave(wave, by=pilot)

    page = text_of(at_desk.get(COCKPIT).content)

    assert "Rien ne vous attend. Prenez le temps de remercier quelqu’un." in page
    assert "Nous en sommes à 50 sur 100" in page
    assert "Engagement : de 17 % à 28 % d’ici" in page


@pytest.mark.parametrize(
    ("engaged", "words"),
    [(180, ": il est atteint. Le dire, et choisir le suivant"), (20, ": la prévision n’y arrive plus. Regarder et décider")],
)
def test_goal_reached_or_out_of_its_way_waits_for_a_decision(at_desk: Client, pilot: Person, engaged: int, words: str) -> None:
    lived(RISING)
    with clock.simulated(MORNING):
        set_goal("engagement", 0.28, deadline_in(4, LAST), pilot, by=pilot)
        lived([engaged], last=date(2026, 3, 31))
        refit_forecasts()

        page = text_of(at_desk.get(COCKPIT).content)

    assert words in page


def test_goal_whose_day_is_past_waits_for_its_end(at_desk: Client, pilot: Person) -> None:
    lived(RISING)
    with clock.simulated(MORNING):
        set_goal("engagement", 0.28, deadline_in(4, LAST), pilot, by=pilot)

    assert "son échéance est passée. Le terminer, et dire pourquoi" in text_of(at_desk.get(COCKPIT).content)


def test_three_scenarios_follow_the_day_chosen(at_desk: Client) -> None:
    lived(RISING)

    near, far = (text_of(at_desk.get(f"{SET}?pour={deadline_in(months, LAST)}").content) for months in (3, 12))

    found = [re.search(r"Cible : (\d+).%", page) for page in (near, far)]
    values = [int(match.group(1)) for match in found if match]
    assert len(values) == 2
    assert 16 < values[0] < values[1]
    assert "une sur deux sous la cible" in far


def test_a_scenario_becomes_a_goal_looked_after_by_a_colleague(at_desk: Client) -> None:
    lived(RISING)
    colleague = make_member("Aïcha Benali")
    scenario = re.findall(r'value="(0\.\d+)"', at_desk.get(SET).content.decode())[1]

    answer = at_desk.post(SET, {"scenario": scenario, "owner_email": str(colleague.email)}, follow=True)

    goal = Goal.objects.get()
    assert (goal.value, goal.owner, goal.deadline) == (float(scenario), colleague, deadline_in(12, LAST))
    assert "Aïcha Benali veille sur cet objectif." in text_of(answer.content)


def test_a_goal_out_of_reach_is_refused_and_what_was_typed_is_kept(at_desk: Client) -> None:
    lived(RISING)

    answer = at_desk.post(SET, {"scenario": "own", "value": "90,5"})

    assert "presque aucune communauté connue n’y arrive" in text_of(answer.content)
    assert 'value="90,5"' in answer.content.decode()
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"scenario": "own"}, "Tapez la valeur que vous souhaitez atteindre"),
        ({"scenario": "own", "value": "beaucoup"}, "Saisissez un nombre"),
        ({"scenario": "own", "value": "25", "owner_email": "personne@example.org"}, "Personne ici n’a cette adresse."),
    ],
)
def test_bad_input_is_told_in_words(at_desk: Client, sent: dict[str, str], words: str) -> None:
    lived(RISING)

    assert words in text_of(at_desk.post(SET, sent).content)


def test_a_value_of_ones_own_is_read_in_percent_or_in_the_unit(at_desk: Client, pilot: Person) -> None:
    hours = [60.0, 58.0, 50.0, 48.0, 46.0, 40.0]
    lived(RISING, median_hours_to_first_answer=hours, use_cases_answered=[30] * 6)
    address = "/piloter/objectifs/median_hours_to_first_answer/fixer/"

    at_desk.post(SET, {"scenario": "own", "value": "25"})
    page = text_of(at_desk.get(address).content)
    at_desk.post(f"{address}?pour={deadline_in(6, LAST)}", {"scenario": "own", "value": "30"})

    assert {goal.indicator: goal.value for goal in Goal.objects.all()} == {"engagement": 0.25, "median_hours_to_first_answer": 30.0}
    assert "ce qui peut être atteint est jugé au rythme qu’il a tenu ici" in page


def test_indicator_that_cannot_be_told_says_so_and_unknown_ones_are_not_found(at_desk: Client) -> None:
    answers = [at_desk.get(f"/piloter/objectifs/{key}/fixer/") for key in ("relevance", "skills_detected", "performance")]

    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert "un objectif a besoin d’un départ" in text_of(answers[0].content)


def test_page_of_a_goal_shows_path_forecast_and_start(client: Client, pilot: Person) -> None:
    goal = goal_of(pilot)
    refit_forecasts()
    client.force_login(make_with_role(Role.SPONSOR))

    page = text_of(client.get(f"/ou-en-est-on/objectifs/{goal.pk}/").content)

    assert "Départ : 17 % au" in page
    assert "(entre 14 % et 20 % par le seul hasard), n = 600. Prévision faite au" in page
    assert "à partir de 6 mois : quatre fois sur cinq, elle tombe dans la bande pâle." in page
    assert "Terminer cet objectif" not in page


def test_goal_that_changes_leads_to_the_next_and_says_why(at_desk: Client, pilot: Person) -> None:
    goal = goal_of(pilot)
    address = f"/ou-en-est-on/objectifs/{goal.pk}/"
    end = f"/piloter/objectifs/{goal.pk}/terminer/"

    silent, nameless = at_desk.post(end, {"ending": "changed"}), at_desk.post(end, {})
    told = at_desk.post(end, {"ending": "changed", "reason": "Trop haut pour nos heures."})

    assert (silent.status_code, nameless.status_code) == (422, 422)
    assert "Dites pourquoi en une phrase" in text_of(silent.content)
    assert told["Location"] == SET
    assert "changé pour un autre. Trop haut pour nos heures." in text_of(at_desk.get(address).content)


def test_goal_dropped_leads_back_and_one_that_never_was_is_not_found(at_desk: Client, pilot: Person) -> None:
    goal = goal_of(pilot)

    dropped = at_desk.post(f"/piloter/objectifs/{goal.pk}/terminer/", {"ending": "dropped", "reason": "Plus d’heures."})

    assert dropped["Location"] == COCKPIT
    assert at_desk.get("/ou-en-est-on/objectifs/999/").status_code == 404
    assert at_desk.post("/piloter/objectifs/999/terminer/", {"ending": "reached"}).status_code == 404


def test_start_without_an_interval_says_what_it_knows(at_desk: Client, pilot: Person) -> None:
    hours = [60.0, 58.0, 50.0, 48.0, 46.0, 40.0]
    lived(RISING, median_hours_to_first_answer=hours, use_cases_answered=[30] * 6)
    with clock.simulated(MORNING):
        goal = set_goal("median_hours_to_first_answer", 30.0, deadline_in(6, LAST), pilot, by=pilot)
        goal.baseline_n = None
        goal.save()

    page = text_of(at_desk.get(f"/ou-en-est-on/objectifs/{goal.pk}/").content)

    assert "Départ : 40 heures au 28 février 2026. Pas encore de prévision : il faut trois mois qui puissent être dits." in page


@pytest.mark.parametrize("goals", [1, 3])
def test_queries_do_not_grow_with_goals(
    at_desk: Client, pilot: Person, django_assert_num_queries: DjangoAssertNumQueries, goals: int
) -> None:
    answered = [20, 24, 28, 32, 36, 40]
    lived(RISING, use_cases=[80] * 6, use_cases_answered=answered, median_hours_to_first_answer=[5.0] * 6)
    with clock.simulated(MORNING):
        for key, value in (("engagement", 0.28), ("use_cases_answered_share", 0.6), ("transmitters_share", 0.25))[:goals]:
            set_goal(key, value, deadline_in(18, LAST), pilot, by=pilot)
    at_desk.get(COCKPIT)

    with django_assert_num_queries(14):
        at_desk.get(COCKPIT)
