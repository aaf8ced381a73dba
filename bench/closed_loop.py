"""What the figures cost in a very large community: `python -m bench.closed_loop [PEOPLE ENTRIES]` (100,000 and 10,000,000 by default).

Fills an empty database (RELAIS_DATA), takes every figure from nothing, then once more after a day like any other, and after ten of them.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from importlib import import_module

PAGES = ("/piloter/", "/piloter/leviers/", "/ou-en-est-on/", "/ou-en-est-on/indicateurs/", "/ou-en-est-on/indicateurs/engagement/",
         "/ou-en-est-on/revue/", "/piloter/objectifs/engagement/fixer/")  # fmt: skip
TIMES = 40


def timed[T](name: str, act: Callable[[], T]) -> T:
    """Do it, and print how long it took."""
    start = time.perf_counter()
    done = act()
    print(f"{name:<58}{time.perf_counter() - start:8.1f} s", flush=True)
    return done


def main(people: int = 100_000, entries: int = 10_000_000) -> None:
    """Fill, rebuild, update, and the pages."""
    import_module("relais.config.commands").prepare()
    long_ledger, figures = import_module("bench.long_ledger"), import_module("relais.indicators.actions.figures")
    import_module("django.core.management").call_command("migrate", verbosity=0)
    timed(f"{people:,} people and {entries:,} entries written", lambda: long_ledger.fill(people, entries))
    taken = timed("every figure taken from nothing", lambda: figures.take_snapshots(again=True))
    print(f"  {taken} days of figures")
    timed("a night with nothing new", figures.take_snapshots)
    a_day = max(entries // long_ledger.DAYS, 1)
    for days in (1, 10):
        long_ledger.add(people, entries, days * a_day)
        timed(f"a night after {days * a_day:,} new entries", figures.take_snapshots)
    pages()


def pages() -> None:
    """Each page of the closed loop, as a pilot opens it: how many statements, and the slowest but one in twenty of its times."""
    test, utils, connection = (import_module(f"django.{name}") for name in ("test", "test.utils", "db"))
    factories, people = import_module("relais.people.actions"), import_module("relais.people.models")
    client = test.Client(headers={"host": "localhost"})
    client.force_login(factories.grant_role(factories.add_person("pilot@example.org", "Pilote", unit=None), people.Role.PILOT, by=None))
    for address in PAGES:
        took = []
        for _time in range(TIMES):
            with utils.CaptureQueriesContext(connection.connection) as captured:
                start = time.perf_counter()
                assert client.get(address).status_code == 200, address
                took.append(time.perf_counter() - start)
        print(f"{address:<58}{len(captured):5} statements {1000 * sorted(took)[int(0.95 * TIMES)]:6.0f} ms (p95)", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("RELAIS_DATA", "var/bench-loop")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
    main(*map(int, sys.argv[1:3]))
