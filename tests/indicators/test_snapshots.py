from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from relais.core import clock
from relais.indicators import jobs
from relais.indicators.actions import figures as actions
from relais.indicators.actions.figures import figures_at
from relais.indicators.models import Picture, Snapshot
from relais.indicators.queries.standing import in_table, readings, standing
from relais.ledger.models import Entry
from tests.indicators.community import LAST, NOW, make_community
from tests.indicators.histories import arrived, fact

pytestmark = pytest.mark.django_db


def test_nothing_is_kept_of_a_community_without_acts() -> None:
    with clock.simulated(NOW):
        taken = actions.refresh_figures()

    assert (taken, Snapshot.objects.count(), Picture.objects.count()) == (0, 0, 0)


def test_series_starts_with_the_first_act_and_units_with_month_ends() -> None:
    units = make_community()

    with clock.simulated(NOW):
        taken = actions.take_snapshots()

    days = [date(2026, 2, 8), date(2026, 2, 15), date(2026, 2, 22), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 8), LAST]
    assert taken == 7
    assert list(Snapshot.objects.filter(unit=Snapshot.WHOLE).order_by("at").values_list("at", flat=True)) == days
    by_unit = Snapshot.objects.exclude(unit=Snapshot.WHOLE).order_by("unit")
    assert [(kept.at, kept.unit, kept.figures["ladder"]["engaged"]) for kept in by_unit] == [
        (date(2026, 2, 28), units[0].pk, 12),
        (date(2026, 2, 28), units[1].pk, 8),
    ]


def test_snapshot_keeps_the_figures_of_its_day() -> None:
    make_community()

    with clock.simulated(NOW):
        actions.take_snapshots()

    kept = Snapshot.objects.get(at=LAST, unit=Snapshot.WHOLE)
    assert kept.figures["figures"] == figures_at(LAST)
    assert (kept.figures["since"], kept.taken_at) == ("2026-02-02", NOW)


def test_next_night_takes_anew_what_a_late_fact_moves_and_drops_the_day_that_was_last() -> None:
    make_community()
    with clock.simulated(NOW):
        actions.take_snapshots()
    late = fact("use_case.asked", None, datetime(2026, 2, 10, tzinfo=UTC), "usecase", "999")
    Entry.objects.bulk_create([late])

    with clock.simulated(NOW + timedelta(1)):
        taken = actions.take_snapshots()

    kept = Snapshot.objects.filter(unit=Snapshot.WHOLE).order_by("at")
    assert taken == 6  # not the day before the late fact
    assert [k.figures["figures"]["use_cases"] for k in kept] == [20, 21, 21, 21, 21, 21, 21]
    assert LAST not in {k.at for k in kept}


def test_nothing_new_takes_nothing_but_for_an_import() -> None:
    make_community()
    later = NOW + timedelta(120)
    with clock.simulated(later):
        first, second, again = actions.take_snapshots(), actions.take_snapshots(), actions.take_snapshots(again=True)

    assert (first, second, again) == (18, 0, 18)


def test_people_without_a_unit_stand_together() -> None:
    make_community()
    Entry.objects.bulk_create([arrived(UUID(int=900), NOW - timedelta(200))])

    with clock.simulated(NOW):
        actions.take_snapshot(date(2026, 2, 28), since=LAST)

    assert Snapshot.objects.get(unit=Snapshot.NOWHERE).figures["ladder"]["eligible"] == 1


@pytest.mark.parametrize("run", [lambda: jobs.nightly(0), lambda: jobs.refresh(Entry())])
def test_jobs_take_figures_and_draw_in_each_language(run: Callable[[], None]) -> None:
    make_community()

    with clock.simulated(NOW):
        run()

    pictures = {picture.language: picture.svg for picture in Picture.objects.filter(name="ladder")}
    assert sorted(pictures) == ["en", "fr"]
    assert "s’engagent</text>" in pictures["fr"]
    assert "engaged</text>" in pictures["en"]
    assert [svg.count("<svg ") for svg in pictures.values()] == [2, 2]
    assert set(Picture.objects.filter(name="card-engagement").values_list("language", flat=True)) == {"en", "fr"}


def test_what_is_kept_names_itself() -> None:
    assert [str(Snapshot(at=LAST, unit=3)), str(Picture(name="ladder", language="fr"))] == ["2026-03-10 3", "ladder fr"]


def test_numbers_of_people_are_told_in_fives() -> None:
    make_community({"Agences": (41, 12), "Ateliers": (31, 6)})
    with clock.simulated(NOW):
        actions.take_snapshots()

    latest = readings()[-1]

    assert (latest.people["eligible"], latest.people["engaged"], latest.engagement) == (70, 20, 0.2857)


def test_small_numbers_of_a_unit_are_hidden_with_the_next_smallest() -> None:
    make_community({"Agences": (41, 12), "Ateliers": (33, 13), "Siège": (22, 3)})
    with clock.simulated(NOW):
        actions.take_snapshots()

    told = [(row.name, row.cell.people, row.cell.marked) for row in standing().units]

    assert told == [("Agences", 40, 10), ("Ateliers", 35, None), ("Siège", 20, None)]


def test_table_holds_month_ends_and_the_latest_day() -> None:
    make_community()
    with clock.simulated(NOW):
        actions.take_snapshots()

    assert [reading.at for reading in in_table(readings())] == [LAST, date(2026, 2, 28)]
