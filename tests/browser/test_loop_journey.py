"""The closed loop: a new pilot asks where we start from, chooses a goal, pulls a lever, does its steps, and reads what it did."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest
from playwright.sync_api import expect

from relais.core import clock
from relais.indicators.actions.cards import draw_cards
from relais.indicators.actions.goals import draw_goals, refit_forecasts
from relais.indicators.actions.readings import foresee_use, read_uses
from relais.indicators.models import Goal, LeverUse, Snapshot
from relais.indicators.queries.panels import monday_of, week_of
from relais.ledger.models import Entry
from relais.maturity.models import Wave
from relais.people.models import Person, Role, Unit
from tests import factories
from tests.browser.conftest import NewContext, entered
from tests.browser.hands import Mouse
from tests.indicators.histories import arrived, fact
from tests.indicators.months import lived

TEAMS, SIZE, WEEKS_BEFORE, WEEKS = 8, 15, 26, 12


@pytest.fixture
def pilot(new_context: NewContext) -> Person:
    """A pilot on their first day, in a community that was told for half a year."""
    Goal.objects.all().delete()
    LeverUse.objects.all().delete()
    Snapshot.objects.all().delete()
    Wave.objects.all().delete()
    lived([20, 30, 45, 60, 80, 100], last=clock.today().replace(day=1) - timedelta(1))
    return factories.grant_role(factories.make_member("Léo Roy"), Role.PILOT, by=None)


def _teams() -> list[Unit]:
    """Teams whose people act one week in four, for half a year."""
    units, dice, entries, now = [], Random(3), [], week_of(clock.today())
    for number in range(TEAMS):
        unit = factories.make_unit(f"Agence {number}")
        people = [factories.make_member(unit=unit) for _ in range(SIZE)]
        units.append(unit)
        for person in people:
            entries.append(arrived(person.pk, datetime(2024, 1, 1, tzinfo=UTC), unit.pk))
            entries += [_act(person, now - ago) for ago in range(1, WEEKS_BEFORE) if dice.random() < 0.25]
    Entry.objects.bulk_create(entries)
    return units


def _act(person: Person, week: int) -> Entry:
    return fact("circle.joined", person.pk, datetime.combine(monday_of(week), time(12), UTC), "circle", "1")


def _later(use: LeverUse, units: list[Unit]) -> None:
    """Twelve weeks go by, in which the teams that began do more; then the night reads it."""
    dice, first = Random(5), week_of(use.starts_on)
    rows = []
    for unit in units:
        more = 0.45 if str(unit.pk) in use.starts else 0.0
        rows += [_act(person, week) for person in unit.people.all() for week in range(first, first + WEEKS) if dice.random() < 0.25 + more]
    Entry.objects.bulk_create(rows)
    with clock.simulated(datetime.combine(use.ends_on + timedelta(1), time(3), UTC)):
        read_uses()


def _goal(hands: Mouse) -> None:
    hands.open("/piloter/")
    hands.reads("Engagement has no goal.")
    hands.page.get_by_role("link", name=hands.said("Choose a goal"), exact=True).click()
    hands.page.locator("label", has_text="Cible").click()
    hands.press("Set this goal")
    hands.reads("The goal is set. Its path and its forecast are being drawn.")


def test_a_new_pilot_goes_round_the_loop(new_context: NewContext, base_url: str, pilot: Person) -> None:
    units, hands = _teams(), entered(new_context, base_url, pilot)

    hands.open("/piloter/")
    hands.reads("Where we start from is not known, or was asked more than six months ago.")
    _goal(hands)
    refit_forecasts()
    draw_goals()
    draw_cards()
    hands.open(f"/ou-en-est-on/objectifs/{Goal.objects.get().pk}/")
    expect(hands.page.locator("figure.figure svg:visible")).to_have_count(1)

    hands.open("/piloter/leviers/L16/")
    hands.page.get_by_role("link", name=hands.said("Pull this lever")).click()
    hands.page.get_by_label(hands.said("What should it move?")).select_option("active_share")
    hands.page.get_by_label(hands.said("By how much do you hope?")).fill("10")
    hands.page.locator("label", has_text=hands.said("Some teams begin, the others are compared with them")).click()
    for unit in units[: TEAMS // 2]:
        hands.page.get_by_label(unit.name, exact=True).check()
    hands.press("Take it, with its steps")
    hands.reads("The lever is taken. Its steps have their dates; you can hand them to colleagues.")
    use = foresee_use(LeverUse.objects.get())
    hands.page.reload()
    expect(hands.page.locator("main")).to_contain_text("Le plus petit effet visible ici est de")
    hands.page.get_by_role("button", name=hands.said("It is done")).first.click()
    hands.reads("Done. Thank you.")

    _later(use, units)
    hands.open(f"/leviers/{use.pk}/")
    expect(hands.page.locator("main")).to_contain_text("Gain probable")
    hands.open("/piloter/leviers/")
    expect(hands.page.locator("main")).to_contain_text("gain probable")
