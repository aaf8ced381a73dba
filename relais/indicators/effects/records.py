"""The whole record of a measure, so that another statistician can redo it (F33). Pure.

Written in two times, with the same function: before the start (no cell after it: no estimate yet), then at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any

from relais.indicators.effects.cells import Cell, Estimate
from relais.indicators.effects.designs import Design, Draw, draw_order
from relais.indicators.effects.detectable import detectable
from relais.indicators.effects.estimates import estimate
from relais.indicators.effects.verdicts import verdict

METHOD = "effects-1"  # to be raised whenever the same cells would give other numbers


def record(
    design: Design,
    before: Iterable[Cell],
    cells: Iterable[Cell],
    starts: Mapping[str, int],
    *,
    after: int,
    expected: float,
    draw: Draw | None = None,
    set_aside: Collection[int] = (),
) -> dict[str, Any]:
    """Plain JSON: what was counted, how it was compared, what was expected, what could be seen, what is said.

    `before`: the cells known when the lever started, from which the detectable effect was computed; `cells`: all those of the estimate.
    `expected`: the effect written down before the start. `draw`: what the order was drawn with; it then says the starts again.
    """
    known, counted = _sorted(before), _sorted(cells)
    smallest = detectable(design, known, starts, after, set_aside=set_aside)
    found = estimate(design, counted, starts, set_aside=set_aside)
    return {
        "method": METHOD,
        "design": str(design),
        "draw": asdict(draw) if draw else None,
        "starts": dict(sorted(starts.items())),
        "set_aside": sorted(set_aside),
        "after": after,
        "expected": expected,
        "before": [asdict(cell) for cell in known],
        "cells": [asdict(cell) for cell in counted],
        "detectable": smallest,
        "estimate": as_json(found) if found else None,
        "verdict": str(verdict(found, smallest)),
    }


def redo(written: Mapping[str, Any]) -> dict[str, Any]:
    """The record computed again from its own cells, and its order drawn again from its seed: the same, or something was changed."""
    draw = Draw(**written["draw"]) if written["draw"] else None
    starts = draw_order(list(written["starts"]), **asdict(draw)) if draw else written["starts"]
    return record(
        Design(written["design"]),
        [Cell(**cell) for cell in written["before"]],
        [Cell(**cell) for cell in written["cells"]],
        starts,
        after=written["after"],
        expected=written["expected"],
        draw=draw,
        set_aside=written["set_aside"],
    )


def as_json(found: Estimate) -> dict[str, Any]:
    """No infinity in JSON: unlimited degrees of freedom are null."""
    said = asdict(found)
    return {**said, "design": str(found.design), "notes": list(found.notes), "freedom": found.freedom if isfinite(found.freedom) else None}


def _sorted(cells: Iterable[Cell]) -> list[Cell]:
    return sorted(cells, key=lambda cell: (cell.team, cell.period, cell.people, cell.marked))
