from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from random import Random

from relais.demo.calendar import bass, bass_day, first_day, pace
from relais.demo.company import address
from relais.demo.happenings import ALSO_ANSWERS
from relais.demo.plan import Piece, Planner
from relais.demo.stories import stories
from relais.demo.themes import kind
from relais.demo.year import planned

FIRST = date(2025, 11, 17)
CHOSEN = {"ask", "contribute", "support", "apply", "tell", "rate", "solve"}


@cache
def year() -> Planner:
    return planned(600, 371, FIRST, 1)


def test_plan_is_the_same_for_the_same_seed() -> None:
    one, other = planned(60, 91, FIRST, 7), planned(60, 91, FIRST, 7)

    assert [(act.at, act.what, act.who, act.about) for act in one.acts] == [(act.at, act.what, act.who, act.about) for act in other.acts]
    assert [member.id for member in one.members] == [member.id for member in other.members]


def test_plan_differs_for_another_seed() -> None:
    one, other = planned(60, 91, FIRST, 7), planned(60, 91, FIRST, 8)

    assert [member.id for member in one.members] != [member.id for member in other.members]


def test_plan_of_a_year_tells_every_case_in_order() -> None:
    planner = year()

    assert sum(act.what == "ask" for act in planner.acts) == len(stories()) == 115
    assert [act.at for act in planner.acts] == sorted(act.at for act in planner.acts)
    assert len({member.email for member in planner.members}) == len(planner.members)


def test_sachant_passes_on_clearly_more_than_anybody_across_circles() -> None:
    planner = year()
    sachant = planner.cast.sachant.index
    passed_on = Counter(piece.author for piece in planner.pieces)
    (first, most), (_second, next_most) = passed_on.most_common(2)

    circles = {piece.circle for piece in planner.pieces if piece.author == sachant}
    teams = {planner.members[who].place.code for who, key in planner.applied if any(p.text.key == key for p in written_by(sachant))}

    assert (first, most >= 25, most >= 2 * next_most) == (sachant, True, True)
    assert (len(circles) >= 4, len(teams) >= 15) == (True, True)


def written_by(who: int) -> list[Piece]:
    return [piece for piece in year().pieces if piece.author == who]


def test_nobody_answers_a_case_twice_nor_their_own() -> None:
    planner = year()
    asked = {act.about: act.who for act in planner.acts if act.what == "ask"}
    answers = [(piece.text.key.split("/")[0], piece.author) for piece in planner.pieces if piece.text.kind == "answer"]

    assert [pair for pair, times in Counter(answers).items() if times > 1] == []
    assert [case for case, author in answers if asked[case] == author] == []


def test_holidays_show_in_what_people_do() -> None:
    months = Counter((FIRST + timedelta(int(act.at))).strftime("%m") for act in year().acts if act.what in CHOSEN)

    assert months["08"] < 0.9 * min(months["07"], months["09"])
    assert months["12"] < months["01"]


def test_contents_are_linked_co_written_and_revised() -> None:
    told = Counter(act.what for act in year().acts)

    assert (told["link"] >= 5, told["co_author"] >= 3, told["mend"] >= 6) == (True, True, True)
    assert set(ALSO_ANSWERS) <= {text.key for story in stories() for text in story.texts}
    assert set(ALSO_ANSWERS.values()) <= {story.key for story in stories()}


def test_newcomer_is_made_when_nobody_joined_lately() -> None:
    planner = planned(60, 91, FIRST, 7)
    for member in planner.members:
        member.joins = None

    asker = planner.members[planner._newcomer(80.5)]

    assert (asker.place.family, asker.joins, asker.circles) == ("agence", 74, ["relation-client"])


def test_trajectory_is_the_one_of_the_method() -> None:
    reached = [round(0.4 * bass(month), 3) for month in (3, 6, 9, 12)]

    assert reached == [0.044, 0.115, 0.206, 0.292]
    assert round(bass_day(bass(6))) == 182


def test_pace_is_quiet_in_august_at_christmas_and_on_holidays() -> None:
    paces = [pace(date(2026, 3, 10)), pace(date(2026, 8, 11)), pace(date(2025, 12, 30)), pace(date(2026, 7, 14))]

    assert paces == sorted(paces, reverse=True)


def test_demo_begins_on_a_monday() -> None:
    begun = first_day(date(2026, 11, 23), 12)

    assert begun == FIRST


def test_address_has_no_accent() -> None:
    written = address("Zoé Le Guérin")

    assert written == "zoe.le.guerin@brevin.example"


def test_kind_house_has_quiet_cases_two_reports_and_an_appeal() -> None:
    told = Counter(act.what for act in year().acts)

    asked = {act.about: act.who for act in year().acts if act.what == "ask_quietly"}
    answered = {(act.value[0], act.who) for act in year().acts if act.what == "reply"}
    assert {what: told[what] for what in ("ask_quietly", "report", "rule", "contest", "judge", "first_key", "second_key")} == {
        "ask_quietly": 5, "report": 2, "rule": 1, "contest": 1, "judge": 2, "first_key": 1, "second_key": 1,
    }  # fmt: skip
    assert answered & set(asked.items()) == set()


def test_quiet_case_is_left_out_where_nobody_could_ask_or_report_it() -> None:
    planner, rng = Planner(Random(1), year().cast, FIRST, 371), Random(1)
    planner.members = []

    kind.tell(planner, rng)
    kind._contested(planner, rng, year().members[0])

    assert {act.what for act in planner.acts} == {"quiet_night"}
