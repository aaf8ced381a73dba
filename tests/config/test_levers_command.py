from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from relais.config.commands import levers
from relais.core.errors import Refused
from relais.indicators.levers import shipped, written
from relais.indicators.models import LeverUse, LeverVersion
from relais.people.models import Role
from tests.factories import make_member, make_with_role
from tests.indicators.months import use_of

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    with patch.object(levers, "prepare"):
        return CliRunner().invoke(levers.command, arguments, catch_exceptions=False)


def test_catalogue_goes_out_and_comes_in_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "levers.yaml"

    out, back = run("export", str(file)), run("import", str(file), "--apply")

    assert out.stdout.startswith("25 levers are in ")
    assert back.stdout == "Nothing to change: this is what is kept already.\n"


def test_import_says_what_would_change_before_it_does(tmp_path: Path) -> None:
    file = tmp_path / "levers.yaml"
    file.write_text(written([shipped()["L1"] | {"effort": 1}]), encoding="utf-8")

    seen, kept = run("import", str(file)), run("import", str(file), "--apply")

    assert seen.stdout == "Would change: L1.\nNothing is written. Run it again with --apply.\n"
    assert kept.stdout == "Kept: L1.\n"
    assert LeverVersion.objects.count() == 1


def test_record_of_a_use_is_printed_whole_or_refused_in_words() -> None:
    use = use_of(make_with_role(Role.PILOT), make_member())
    LeverUse.objects.update(record={"method": "effects-1"})

    assert json.loads(run("record", str(use.pk)).stdout) == {"method": "effects-1"}
    with pytest.raises(Refused, match="There is no record of a use numbered 999"):
        run("record", "999")
