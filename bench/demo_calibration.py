"""The built demo, month by month, beside the trajectory of METHOD 3.1.

RELAIS_DATA=... python -m bench.demo_calibration

Reads the ledger of an existing demo through the product's own figures; a share of fewer than five people is a dash.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from importlib import import_module
from typing import Any

from relais.config.commands import prepare
from relais.demo.calendar import CEILING, DAYS_A_MONTH, bass

COLUMNS = ("month", "ends", "planned", "engaged", "C12", "reached", "active", "relevance", "low", "answered", "solved", "hours", "acts")
FIGURES = ("engagement", "engaged_12_months_share", "reached_share", "active_share")


def percent(share: float | None) -> str:
    """A share as people read it."""
    return "–" if share is None else f"{100 * share:.1f}"


def row(month: float, figures: dict[str, Any], acts: int) -> list[str]:
    """One line of the table."""
    cases = figures["use_cases"] or 1
    return [
        f"{month:.1f}",
        figures["at"],
        percent(CEILING * bass(month)),
        *(percent(figures[name]) for name in FIGURES),
        str(figures["relevance"] or "–"),
        percent(figures["low_ratings_share"]),
        percent(figures["use_cases_answered_share"]),
        percent(figures["use_cases_solved"] / cases),
        str(figures["median_hours_to_first_answer"] or "–"),
        str(acts),
    ]


def month_ends(first: date, last: date) -> list[date]:
    """The last day of each month told, and the last day of all."""
    actions = import_module("relais.indicators.series")
    return [day for day in actions.days_kept(last, first) if actions.is_month_end(day) or day == last]


def main() -> None:
    """Print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
    prepare()
    queries = import_module("relais.indicators.actions.figures")
    verbs = import_module("relais.indicators.what_counts").verbs("voluntary")
    entries = import_module("relais.ledger.models").Entry.objects.order_by("occurred_at")
    first = queries.first_day()
    last = entries.filter(verb__in=verbs).last().occurred_at.date()
    acts = Counter(moment.strftime("%Y-%m") for moment in entries.filter(verb__in=verbs).values_list("occurred_at", flat=True))
    lines = [list(COLUMNS)]
    for day in month_ends(first, last):
        lines.append(row(((day - first).days + 1) / DAYS_A_MONTH, queries.figures_at(day), acts[day.strftime("%Y-%m")]))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


if __name__ == "__main__":
    main()
