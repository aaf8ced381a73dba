"""Goals set, refused with the nearest, followed and ended; forecasts made once a month."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.indicators import jobs
from relais.indicators.actions.goals import draw_goals, end_goal, refit_forecasts, set_goal
from relais.indicators.catalogue import BY_KEY
from relais.indicators.goal_words import state_of
from relais.indicators.models import ForecastMade, Goal, Picture
from relais.indicators.queries.goals import deadline_in, followed, months_apart, open_goals, standing_of
from relais.ledger.models import Entry
from relais.maturity.actions import Facts, answer_wave, close_wave, open_wave, tell_means
from relais.people.models import Person, Role
from tests.factories import make_member, make_with_role
from tests.indicators.months import LAST, MORNING, lived

pytestmark = pytest.mark.django_db
RISING = [20, 30, 45, 60, 80, 100]
A_YEAR = date(2027, 2, 28)


@pytest.fixture
def pilot() -> Person:
    return make_with_role(Role.PILOT)


def set_in_march(pilot: Person, value: float = 0.28, key: str = "engagement", deadline: date = A_YEAR) -> Goal:
    with clock.simulated(MORNING):
        return set_goal(key, value, deadline, pilot, by=pilot)


def test_goal_keeps_its_baseline_path_owner_and_definition(pilot: Person) -> None:
    lived(RISING)

    goal = set_in_march(pilot)

    assert (goal.baseline, goal.baseline_n, goal.started_on, goal.definitions, goal.owner) == (0.1667, 600, LAST, 1, pilot)
    assert (len(goal.path), goal.path[-1], str(goal)) == (12, 0.28, "engagement 0.28")
    assert goal.path == sorted(goal.path)
    entry = Entry.objects.get(verb="goal.set")
    assert (entry.actor, entry.payload["value"], entry.payload["deadline"]) == (pilot.pk, 0.28, "2027-02-28")


def test_goal_beyond_known_trajectories_is_refused_with_the_nearest(pilot: Person) -> None:
    lived(RISING)

    with pytest.raises(Refused, match=r"presque aucune communauté connue n’y arrive\. D’ici là, \d+.%") as refusal:
        set_in_march(pilot, 0.9)

    assert refusal.value.field == "value"
    assert not Goal.objects.exists()


def test_goal_that_only_comes_too_soon_is_told_its_month(pilot: Person) -> None:
    lived(RISING)

    with pytest.raises(Refused, match=r"n’y arrive si vite\. D’ici là, .* cet objectif, d’ici \w+ 202\d\."):
        set_in_march(pilot, 0.33, deadline=date(2026, 4, 30))


@pytest.mark.parametrize("value", [0.1, 0.1667])
def test_goal_no_better_than_today_is_refused(pilot: Person, value: float) -> None:
    lived(RISING)

    with pytest.raises(Refused, match="pas mieux que là où nous en sommes"):
        set_in_march(pilot, value)


@pytest.mark.parametrize("deadline", [date(2026, 2, 28), date(2026, 6, 15), date(2030, 6, 30)])
def test_goal_ends_with_a_month_within_three_years(pilot: Person, deadline: date) -> None:
    lived(RISING)

    with pytest.raises(Refused, match="Choisissez une fin de mois"):
        set_in_march(pilot, deadline=deadline)


def test_an_indicator_has_one_goal_at_a_time(pilot: Person) -> None:
    lived(RISING)
    set_in_march(pilot)

    with pytest.raises(Refused, match="a un objectif en cours"):
        set_in_march(pilot, 0.3)


@pytest.mark.parametrize("key", ["relevance", "skills_detected", "reciprocity"])
def test_what_cannot_be_told_or_only_grows_has_no_goal(pilot: Person, key: str) -> None:
    lived(RISING)

    with pytest.raises(Refused, match="un objectif a besoin d’un départ"):
        set_in_march(pilot, key=key)


def test_pilots_alone_set_and_end_goals(pilot: Person) -> None:
    lived(RISING)
    goal = set_in_march(pilot)

    with pytest.raises(NotAllowed):
        set_in_march(make_member())
    with pytest.raises(NotAllowed):
        end_goal(goal, "dropped", "Pour voir", by=make_member())


def test_delay_is_judged_by_the_pace_it_kept_here(pilot: Person) -> None:
    hours = [60.0, 58.0, 50.0, 48.0, 46.0, 40.0]
    lived(RISING, median_hours_to_first_answer=hours, use_cases_answered=[30] * 6)

    goal = set_in_march(pilot, 30.0, "median_hours_to_first_answer", date(2026, 6, 30))

    assert (goal.baseline, goal.path) == (40.0, [37.5, 35.0, 32.5, 30.0])
    end_goal(goal, "dropped", "Trop lent", by=pilot)
    with pytest.raises(Refused, match="presque aucune communauté"):
        set_in_march(pilot, 5.0, "median_hours_to_first_answer", date(2026, 4, 30))


def test_two_months_do_not_tell_a_pace(pilot: Person) -> None:
    lived([20, 30], median_hours_to_first_answer=[60.0, 50.0], use_cases_answered=[30] * 2)

    with pytest.raises(Refused, match="Trop peu de mois sont connus"):
        set_in_march(pilot, 40.0, "median_hours_to_first_answer")


def test_maturity_and_means_are_part_of_the_start(pilot: Person) -> None:
    lived(RISING)
    people = [make_member() for _ in range(6)]
    with clock.simulated(MORNING):
        opened = open_wave("whole", date(2026, 3, 20), by=pilot)
        for person in people:
            answer_wave(opened, dict.fromkeys(range(24), 3), "", by=person)
        close_wave(opened, by=pilot)
        tell_means(Facts(600, 60, 9, "", ""), by=pilot)

    standing = standing_of(BY_KEY["engagement"])

    assert standing is not None
    assert standing.start is not None
    assert (standing.start.stage, standing.start.hours, standing.start.people) == (2, 18.0, 600)
    assert standing.start.growth == pytest.approx(0.3, abs=0.05)


def test_goal_ends_once_with_a_reason_unless_it_is_reached(pilot: Person) -> None:
    lived(RISING)
    goal = set_in_march(pilot)
    with pytest.raises(Refused, match="Dites pourquoi"):
        end_goal(goal, "changed", " ", by=pilot)

    ended = end_goal(goal, "reached", "", by=pilot)
    again = end_goal(goal, "dropped", "Trop tard", by=pilot)

    assert (ended.ending, again.ending, Goal.objects.get().is_open) == ("reached", "reached", False)
    assert Entry.objects.filter(verb="goal.ended").count() == 1


def test_forecasts_are_made_once_a_month_of_what_can_be_told() -> None:
    assert refit_forecasts() == 0
    lived(RISING)

    made, again = refit_forecasts(), refit_forecasts()

    kept = ForecastMade.objects.get(indicator="engagement")
    assert (made, again) == (5, 0)
    assert (kept.made_on, kept.known, len(kept.middle), str(kept)) == (LAST, 6, 12, "engagement 2026-02-28")


def test_two_months_forecast_nothing() -> None:
    lived([20, 30])

    assert refit_forecasts() == 0


@pytest.mark.parametrize(
    ("later", "value", "words"),
    [
        ([125], 0.28, "En chemin"),
        ([90], 0.28, "Un peu en retard"),
        ([100, 80, 60, 50, 40, 30, 30, 20], 0.28, "Hors de son chemin"),
        ([170], 0.28, "L’objectif est atteint"),
    ],
)
def test_state_says_whether_the_goal_holds(pilot: Person, later: list[int], value: float, words: str) -> None:
    lived(RISING)
    set_in_march(pilot, value)
    ends = [deadline_in(n + 1, LAST) for n in range(len(later))]
    for day, engaged in zip(ends, later, strict=True):
        lived([engaged], last=day)
    refit_forecasts()

    [each] = followed(open_goals())

    assert words in state_of(each)


def test_goal_just_set_has_just_begun_and_one_without_figures_cannot_be_told(pilot: Person) -> None:
    lived(RISING)
    goal = set_in_march(pilot)

    [begun] = followed([goal])
    goal.definitions = 0
    [untold] = followed([goal])

    assert (state_of(begun), state_of(untold)) == ("Il vient de commencer.", "Il ne peut pas être dit en ce moment.")


def test_goals_are_drawn_in_both_languages_when_set_and_at_night(pilot: Person) -> None:
    lived(RISING)
    goal = set_in_march(pilot)

    jobs.draw_new_goal(Entry())

    pictures = Picture.objects.filter(name=f"goal-{goal.pk}")
    assert sorted(picture.language for picture in pictures) == ["en", "fr"]
    assert all("28" in picture.svg for picture in pictures)


def test_nothing_is_drawn_in_a_simulated_year_nor_without_goals() -> None:
    with clock.simulated(MORNING), patch("relais.indicators.actions.goals.draw_all") as pen:
        jobs.draw_new_goal(Entry())
        draw_goals()

    assert pen.call_args_list == [(([],),)]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 2, 28), date(2026, 2, 28), 0),
        (date(2026, 2, 28), date(2026, 3, 31), 1),
        (date(2026, 3, 10), date(2026, 3, 31), 1),
        (date(2026, 3, 10), date(2026, 3, 20), 0),
        (date(2026, 2, 28), date(2026, 3, 30), 0),
        (date(2025, 12, 31), date(2027, 1, 31), 13),
    ],
)
def test_months_are_counted_by_their_ends(first: date, last: date, months: int) -> None:
    assert months_apart(first, last) == months
