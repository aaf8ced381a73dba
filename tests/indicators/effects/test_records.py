"""A record is enough for another statistician to find the same numbers."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.indicators.effects.cells import Cell
from relais.indicators.effects.designs import Design, Draw, draw_order
from relais.indicators.effects.records import METHOD, record, redo
from tests.indicators.effects.made import COMMUNITIES, STARTS, TEAMS, cells

DRAW = Draw(seed=5, first=3, step=1, waves=3)
STARTED = {
    Design.STEPPED: draw_order(TEAMS, **asdict(DRAW)),
    Design.DIFFERENCES: STARTS,
    Design.INTERRUPTED: dict.fromkeys(TEAMS, 5),
    Design.MESSAGES: {"ash": 4},
    Design.BEFORE_AFTER: dict.fromkeys(TEAMS, 4),
}


def written(design: Design, lived: dict[str, list[int]]) -> dict[str, Any]:
    starts, counted = STARTED[design], cells(lived)
    first = min(starts.values())
    return record(
        design, [cell for cell in counted if cell.period < first], counted, starts, after=8 - first, expected=0.05,
        draw=DRAW if design is Design.STEPPED else None, set_aside=(6,) if design is Design.BEFORE_AFTER else (),
    )  # fmt: skip


@settings(max_examples=25)
@given(COMMUNITIES, st.sampled_from(Design))
def test_it_is_redone_from_its_file_to_the_same_numbers(lived: dict[str, list[int]], design: Design) -> None:
    kept = written(design, lived)

    read = json.loads(json.dumps(kept, allow_nan=False))

    assert read == kept
    assert redo(read) == kept


@pytest.mark.parametrize("design", Design)
def test_it_says_what_was_written_before_and_what_was_found(design: Design) -> None:
    lived = {team: [20 + 7 * place % 10 + 3 * (period % (place + 2)) for period in range(8)] for place, team in enumerate(TEAMS)}

    kept = written(design, lived)

    assert (kept["method"], kept["design"], kept["expected"], len(kept["cells"])) == (METHOD, design.value, 0.05, 48)
    assert kept["estimate"]["design"] == design.value
    assert (kept["detectable"] is None) == (design is Design.BEFORE_AFTER)
    assert (kept["verdict"] == "not_measurable") == (design is Design.BEFORE_AFTER)


def test_before_the_start_there_is_no_effect_yet() -> None:
    known = [cell for cell in cells({team: [20 + place, 25, 21 + place, 30] for place, team in enumerate(TEAMS)}) if cell.period < 4]

    kept = record(Design.DIFFERENCES, known, known, STARTS, after=4, expected=0.05)

    assert (kept["estimate"], kept["verdict"], kept["draw"]) == (None, "not_measurable", None)
    assert kept["detectable"] > 0


def test_a_date_that_was_not_drawn_shows() -> None:
    kept = written(Design.STEPPED, {team: [20, 25, 22, 31, 20, 28, 25, 33] for team in TEAMS})
    team = max(kept["starts"], key=kept["starts"].__getitem__)

    changed = {**kept, "starts": {**kept["starts"], team: 3}}

    assert redo(changed)["starts"] == kept["starts"] != changed["starts"]


def test_the_order_of_cells_changes_nothing() -> None:
    counted = [Cell(team, period, 20, (3 * place + period) % 7) for place, team in enumerate(TEAMS) for period in range(8)]

    one, other = (record(Design.DIFFERENCES, some, some, STARTS, after=4, expected=0) for some in (counted, counted[::-1]))

    assert one == other
