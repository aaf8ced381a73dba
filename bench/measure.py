"""Each page beside the floor: queries, CPU over the floor's, p50 and p95 at 4 connections, bytes.

The CPU ratio is the figure that holds on a shared machine: the floor is measured just before and just after each page, on the
same database, behind the same server with the same options.
"""

from __future__ import annotations

import argparse
import gzip
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.load import NUMBERS, Load, load, megabytes, parent
from bench.pages import FLOOR, FLOOR_WRITE, FORM, PAGES, Page
from bench.populate import populate, sessions
from relais.config import readiness

WEB, BESIDE = 8098, 8099
READERS, WRITERS = 24, 480  # writers: more than the pace of any one person allows
TOKEN = "a" * 32
HEAD = (
    f"{'page':<24}{'SQL':>4}{'CPU ×':>8}{'aim':>6}"
    + "".join(f"{name:>8}" for name in ("CPU ms", "of SQL", "floor", "p50 ms", "p95 ms", "kB", "gzip"))
    + f"{'n':>7}{'wrong':>6}"
)


def ready(port: int) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"Nothing answers on port {port}.")


@contextmanager
def served(module: str, port: int) -> Iterator[int]:
    """A server of its own process tree; what it logs goes into the data folder."""
    environment = os.environ | {"RELAIS_PORT": str(port), "RELAIS_HOST": "127.0.0.1"}
    with Path(settings.DATA, f"{port}.log").open("w") as log:
        command = [sys.executable, "-m", *module.split()]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            ready(port)
            yield process.pid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def cookies(backend: str) -> list[str]:
    """Cookies of signed-in people."""
    return [f"{settings.SESSION_COOKIE_NAME}={key}; csrftoken={TOKEN}" for key in sessions(backend, WRITERS)]


def queries(page: Page, cookie: str) -> tuple[int, int, int]:
    """How many statements one request makes, the size of its answer, and its size compressed."""
    client = Client(headers={"host": "localhost", "cookie": cookie, "X-CSRFToken": TOKEN})
    path, body = page.numbered(next(NUMBERS))
    with CaptureQueriesContext(connection) as captured:
        response = client.generic(page.method, path, body, content_type=FORM)
    said = [query for query in captured if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    return len(said), len(response.content), len(gzip.compress(response.content, 6))


def line(page: Page, counts: tuple[int, int, int], measured: Load, floor: list[Load]) -> str:
    floor_cpu = sum(f.cpu * f.requests for f in floor) / sum(f.requests for f in floor)
    aim = f"{page.aim:.1f}" if page.aim else ""
    figures = [measured.cpu, measured.database, floor_cpu, measured.p50, measured.p95, counts[1] / 1000, counts[2] / 1000]
    return (
        f"{page.name:<24}{counts[0] or '':>4}{measured.cpu / floor_cpu:>8.2f}{aim:>6}"
        + "".join(f"{figure:>8.1f}" for figure in figures)
        + f"{measured.requests:>7}{measured.wrong:>6}"
    )


def prepared() -> None:
    """A migrated database that holds the big community, and its static files."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not readiness.has_people():
        start = time.perf_counter()
        print("Making 10,000 people, 20,000 use cases, 100,000 answers…", flush=True)
        populate()
        print(f"… in {time.perf_counter() - start:.0f} s.", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE people_pace")
    connection.cursor().execute("VACUUM ANALYZE")


def known() -> tuple[int, str]:
    """The process of the database, and somebody who has a profile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), id FROM people_person WHERE email LIKE 'bench%' ORDER BY email LIMIT 1")
        backend, person = cursor.fetchone()
    return parent(backend), str(person)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=4)
    options.add_argument("--connections", type=int, default=4)
    options.add_argument("--only", default="", help="the pages whose name holds this")
    given = options.parse_args()
    prepared()
    postmaster, person = known()
    ours, theirs = cookies(settings.AUTHENTICATION_BACKENDS[0]), cookies("django.contrib.auth.backends.ModelBackend")
    with served("relais.config web", WEB) as web, served("bench.floor", BESIDE) as floor:
        print(HEAD)
        for page in [replace(page, path=page.path.replace("{person}", person)) for page in PAGES if given.only in page.name]:
            itself, count = page in (FLOOR, FLOOR_WRITE), WRITERS if page.body else READERS
            beside = FLOOR_WRITE if page.body else FLOOR
            port, root, keys = (BESIDE, floor, theirs) if itself else (WEB, web, ours)

            def around(beside: Page = beside, count: int = count) -> Load:
                roots = (floor, postmaster)
                return load(BESIDE, beside, theirs[:count], roots=roots, connections=given.connections, seconds=given.seconds / 2)

            load(port, page, keys[:count], roots=(root, postmaster), seconds=0.5)
            before = around()
            measured = load(port, page, keys[:count], roots=(root, postmaster), connections=given.connections, seconds=given.seconds)
            after = around()
            counts = (0, measured.size, 0) if itself else queries(page, ours[0])
            print(line(page, counts, measured, [before, after]), flush=True)
        print(f"Server: {megabytes([web]):.0f} MB, with the worker beside it in `relais serve`: see docs/operate/speed.md.")


if __name__ == "__main__":
    main()
