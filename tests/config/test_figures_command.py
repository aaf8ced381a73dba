from __future__ import annotations

import json
from datetime import date
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from relais.config.commands import figures
from relais.core import clock
from relais.indicators.actions.figures import figures_at, take_snapshots
from relais.indicators.models import PersonDay, Snapshot
from tests.indicators.community import LAST, NOW, make_community

pytestmark = pytest.mark.django_db
PROMISED = ["at", "eligible", "reached", "active", "engaged", "transmitters", "engagement", "engaged_12_months", "use_cases"]
PROMISED += ["use_cases_answered", "median_hours_to_first_answer", "answers", "contents", "ratings", "relevance"]


def run(*arguments: str) -> str:
    with patch.object(figures, "prepare"):
        result = CliRunner().invoke(figures.command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_json_is_the_promised_dictionary_with_later_figures_after() -> None:
    make_community()

    printed = json.loads(run("--at", "2026-03-10", "--json"))

    assert printed == figures_at(date(2026, 3, 10))
    assert list(printed)[: len(PROMISED)] == PROMISED


def test_table_shows_a_dash_for_what_is_not_told() -> None:
    lines = dict(line.split(maxsplit=1) for line in run("--at", "2026-03-10").splitlines())

    assert (lines["at"], lines["eligible"], lines["answers"]) == ("2026-03-10", "—", "0")


def test_today_is_the_default() -> None:
    assert json.loads(run("--json"))["at"] == figures.clock.today().isoformat()


def test_impossible_date_is_refused_in_words() -> None:
    result = CliRunner().invoke(figures.command, ["--at", "31/03/2026"])

    assert result.exit_code == 2
    assert "'31/03/2026' does not match the format '%Y-%m-%d'" in result.stderr


def test_everything_is_taken_anew_from_the_ledger_when_asked() -> None:
    make_community()
    with clock.simulated(NOW):
        take_snapshots()
    PersonDay.objects.update(value=0)
    Snapshot.objects.update(figures={})

    with clock.simulated(NOW):
        printed = json.loads(run("--at", "2026-03-10", "--json", "--rebuild"))

    assert printed["engaged"] == 20
    assert Snapshot.objects.get(at=LAST, unit=Snapshot.WHOLE).figures["figures"] == printed
