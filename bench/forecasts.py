"""How good forecasts are where the truth is known: `python -m bench.forecasts [communities a size]` prints a table.

The constants of `relais/indicators/forecast.py` were chosen on communities drawn with seed 1; the table is drawn with seed 2.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from bench.simulated.communities import engaged_shares
from relais.indicators.forecast import Month, forecast
from relais.indicators.trajectory import reference

SIZES, ORIGINS, HORIZONS = (100, 500, 3_000), (4, 7, 10, 14, 18, 23), (1, 3, 6)
TUNING, REPORTED = 1, 2
NAIVE = ("last value", "trend", "reference")


def naive(shares: Sequence[float], horizon: int) -> dict[str, float]:
    """What one says without a model: it stays; it goes on as in the last three months; the path of METHOD 3.1."""
    trend = shares[-1] + (shares[-1] - shares[-4]) / 3 * horizon
    path = reference(len(shares) + horizon)
    return {"last value": shares[-1], "trend": min(max(trend, 0.0), 1.0), "reference": path[-1]}


def trials(people: int, communities: int, seed: int) -> Iterator[tuple[int, float, float, float, float, dict[str, float]]]:
    """Each forecast made: horizon, truth, low, middle, high, and what the naive ones say."""
    dice = np.random.default_rng([seed, people])
    for _community in range(communities):
        _story, shares = engaged_shares(people, dice)
        for origin in ORIGINS:
            history = [Month(people, round(share * people) if share * people >= 5 else None) for share in shares[:origin]]
            made = forecast(history, max(HORIZONS))
            if made:
                for horizon in HORIZONS:
                    at = horizon - 1
                    said = naive(shares[:origin].tolist(), horizon)
                    yield horizon, float(shares[origin + at]), made.low[at], made.middle[at], made.high[at], said


def table(communities: int, seed: int = REPORTED) -> list[list[str]]:
    """One row a size and a horizon: coverage of the 80% band, its width, and mean errors in points."""
    rows = []
    for people in SIZES:
        inside, widths, errors = defaultdict(list), defaultdict(list), defaultdict(list)
        for horizon, truth, low, middle, high, said in trials(people, communities, seed):
            inside[horizon].append(low <= truth <= high)
            widths[horizon].append(high - low)
            for name, value in {"ours": middle, **said}.items():
                errors[horizon, name].append(abs(value - truth))
        for horizon in HORIZONS:
            points = [f"{100 * float(np.mean(errors[horizon, name])):.1f}" for name in ("ours", *NAIVE)]
            share, width = 100 * float(np.mean(inside[horizon])), 100 * float(np.mean(widths[horizon]))
            rows.append([f"{people:,}", str(horizon), str(len(inside[horizon])), f"{share:.0f} %", f"{width:.1f}", *points])
    return rows


HEAD = ["people", "months ahead", "forecasts", "in the 80% band", "width", "error: ours", *NAIVE]


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """A table as documents print it."""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *rows])


if __name__ == "__main__":
    print(markdown(HEAD, table(int(sys.argv[1]) if len(sys.argv) > 1 else 400)))
