"""What a page may import brings neither the statistics library nor, being pure, Django."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIGHT = ("cells", "designs", "verdicts", "posteriors")
HEAVY = ("estimates", "detectable", "records")


@pytest.mark.parametrize(("modules", "brought"), [(LIGHT, "set()"), (HEAVY, "{'scipy'}")])
def test_modules_bring_what_the_package_says(modules: tuple[str, ...], brought: str) -> None:
    code = ";".join(f"import relais.indicators.effects.{module}" for module in modules)

    said = subprocess.run(
        [sys.executable, "-c", f"{code};import sys;print({{'scipy', 'statsmodels', 'django'}} & set(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == brought
