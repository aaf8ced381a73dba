"""The two waves of the demo."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from relais.demo.stage import Stage
from relais.demo.themes import maturity
from relais.demo.year import planned
from relais.maturity.items import ITEMS
from relais.maturity.models import Means, Ticket, Wave
from relais.people.models import Role
from tests.demo.conftest import play


def test_year_asks_twice_and_answers_a_little_better_the_second_time() -> None:
    planner = planned(120, 365, date(2025, 11, 24), 1)

    sheets = {about: [] for about in (act.about for act in planner.acts if act.what == "wave_open")}
    for act in planner.acts:
        if act.what == "wave_answer":
            sheets[act.about].append(act.value[0])

    first, second = (
        [6 - a if ITEMS[n].reversed else a for sheet in wave for n, a in sheet.items() if a is not None] for wave in sheets.values()
    )
    assert 50 < len(sheets["questions du jour 2"]) < 90
    assert sum(second) / len(second) - sum(first) / len(first) > 0.2


def test_short_year_asks_nothing() -> None:
    planner = planned(60, 91, date(2026, 1, 5), 1)
    before = len(planner.acts)

    maturity.tell(planner, Random(1))

    assert len(planner.acts) == before


@pytest.mark.django_db
def test_wave_is_opened_answered_by_those_who_are_asked_and_closed(stage: Stage) -> None:
    play(stage, ("role", 0, Role.PILOT), ("means", 0, "", maturity.FACTS), ("wave_open", 0, "w", 14))
    Ticket.objects.filter(person=stage.people[4]).delete()
    sheet = dict.fromkeys(range(24), 4)

    play(stage, *[("wave_answer", who, "w", (sheet, "")) for who in range(6)], ("wave_close", None, "w"))

    assert (Wave.objects.get().figures["answers"], Means.objects.get().minutes) == (5, 60)
