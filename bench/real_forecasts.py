"""Forecasts from each month of a real community, beside what happened and what one says without a model.

    python -m bench.real_forecasts FOLDER

FOLDER holds `coffee/Posts.xml` and `printing/Posts.xml` in the format of the Stack Exchange data dump. The perimeter is whoever has
posted so far; a value act is a question or an answer; engaged as in METHOD 3.1, an answer being the transmission. These are public
communities: small counts are not hidden.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from bench.forecasts import NAIVE, markdown, naive
from relais.indicators.forecast import Month, forecast

STEPS = {"coffee": timedelta(days=3), "printing": timedelta(days=30)}  # the first lived six weeks
HORIZONS = (1, 3, 6)
WINDOW = timedelta(days=90)
LEAST_KNOWN = 4  # steps, for the trend to exist
TRANSMITS, ACTS = "2", ("1", "2")

type Act = tuple[date, bool]  # the day, and whether it passes something on


def acts_of(file: Path) -> dict[str, list[Act]]:
    """The questions and answers of each owner."""
    found: dict[str, list[Act]] = defaultdict(list)
    for _event, row in ElementTree.iterparse(file):
        owner, kind = row.get("OwnerUserId"), row.get("PostTypeId")
        if row.tag == "row" and owner and kind in ACTS:
            found[owner].append((datetime.fromisoformat(row.attrib["CreationDate"]).date(), kind == TRANSMITS))
    return dict(found)


def _engaged(acts: Sequence[Act], at: date) -> bool:
    recent = [act for act in acts if at - WINDOW < act[0] <= at]
    return len(recent) >= 3 and len({day for day, _given in recent}) >= 2 and any(given for _day, given in recent)


def series(acts: Mapping[str, Sequence[Act]], step: timedelta) -> list[Month]:
    """People seen so far and those engaged, at the end of each step."""
    first, last = (edge(day for each in acts.values() for day, _given in each) for edge in (min, max))
    days = [first + step * number for number in range(1, (last - first) // step + 1)]
    seen = {owner: min(day for day, _given in each) for owner, each in acts.items()}
    return [Month(sum(day <= at for day in seen.values()), sum(_engaged(each, at) for each in acts.values())) for at in days]


def trials(months: Sequence[Month]) -> Iterator[tuple[int, bool, dict[str, float]]]:
    """Each forecast that could be made: horizon, whether the band held, and each one's error."""
    shares = [(month.marked or 0) / max(month.people, 1) for month in months]
    for origin in range(LEAST_KNOWN, len(months)):
        made = forecast(months[:origin], max(HORIZONS))
        for horizon in (each for each in HORIZONS if made and origin + each <= len(months)):
            assert made is not None
            truth, at = shares[origin + horizon - 1], horizon - 1
            said = {"ours": made.middle[at], **naive(shares[:origin], horizon)}
            yield horizon, made.low[at] <= truth <= made.high[at], {name: abs(value - truth) for name, value in said.items()}


def table(folder: Path) -> list[list[str]]:
    """One row a community and a horizon."""
    rows = []
    for name, step in STEPS.items():
        made = list(trials(series(acts_of(folder / name / "Posts.xml"), step)))
        for horizon in HORIZONS:
            these = [(held, errors) for ahead, held, errors in made if ahead == horizon]
            if these:
                points = [f"{100 * float(np.mean([errors[key] for _held, errors in these])):.1f}" for key in ("ours", *NAIVE)]
                rows.append([name, f"{horizon * step.days} days", str(len(these)), f"{sum(held for held, _errors in these)}", *points])
    return rows


HEAD = ["community", "ahead", "forecasts", "in the 80% band", "error: ours", *NAIVE]

if __name__ == "__main__":
    print(markdown(HEAD, table(Path(sys.argv[1]))))
