"""`make bench`: the big community, then each page beside the floor: queries, CPU over the floor's, p50, p95, bytes.

The CPU ratio is the figure that holds on a shared machine: the floor is measured just before and just after each page.
"""

from __future__ import annotations

import argparse
import gzip
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("RELAIS_DATA", "var/bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")

from relais.config.commands import prepare

prepare()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.load import Load, Page, load, megabytes
from bench.populate import populate, sessions

FLOOR = Page("floor", "/")
FLOOR_WRITE = Page("floor write", "/11/", "POST", "x=1", 302)
PAGES = [
    Page("home", "/"),
    Page("use cases", "/cas/"),
    Page("use case, 20 answers", "/cas/1/"),
    Page("search", "/recherche/?q=client+livraison"),
    Page("profile", "/personnes/{person}/"),
    Page("circles", "/cercles/"),
    Page("where we stand", "/ou-en-est-on/"),
    Page("me too (write)", "/cas/{case}/moi-aussi/", "POST", "x=1", 302),
]


def ready(port: int) -> None:
    """Wait until the server answers."""
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"Nothing answers on port {port}.")


@contextmanager
def served(application: str, port: int) -> Iterator[int]:
    """One granian process tree with the product's own options."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--port", str(port)]
    command += ["--log-level", "warning", "--no-access-log", application]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        ready(port)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def cookies(backend: str) -> list[str]:
    """Cookies of signed-in people."""
    return [f"{settings.SESSION_COOKIE_NAME}={key}; csrftoken={'a' * 32}" for key in sessions(backend)]


def queries(page: Page, cookie: str) -> tuple[int, int, int]:
    """How many statements one request makes, the size of its answer, and its size compressed."""
    client = Client(headers={"host": "localhost", "cookie": cookie, "X-CSRFToken": "a" * 32})
    with CaptureQueriesContext(connection) as captured:
        response = client.generic(page.method, page.path, page.body, content_type="application/x-www-form-urlencoded")
    return len(captured), len(response.content), len(gzip.compress(response.content, 6))


def filled(page: Page, person: str) -> Page:
    """The page with a real person and a real case in its address."""
    return Page(page.name, page.path.replace("{person}", person).replace("{case}", "11"), page.method, page.body, page.expect)


def line(page: Page, counts: tuple[int, int, int], measured: Load, floor: list[Load]) -> str:
    floor_cpu = sum(f.cpu for f in floor) / len(floor)
    ratio = measured.cpu / floor_cpu
    size, compressed = counts[1] / 1000, counts[2] / 1000
    return (
        f"{page.name:<22}{counts[0]:>4}{ratio:>8.2f}{measured.cpu:>8.1f}{floor_cpu:>8.1f}{measured.p50:>8.1f}{measured.p95:>8.1f}"
        f"{size:>8.1f}{compressed:>7.1f}{measured.requests:>7}{measured.wrong:>6}"
    )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=4)
    options.add_argument("--only", default="")
    given = options.parse_args()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        if not cursor.fetchone()[0]:
            start = time.perf_counter()
            populate()
            print(f"Filled in {time.perf_counter() - start:.0f} s: 10,000 people, 20,000 use cases, 100,000 answers.", flush=True)
        cursor.execute("SELECT pg_backend_pid(), id FROM people_person ORDER BY email LIMIT 1")
        backend, person = cursor.fetchone()
    postmaster = int(open(f"/proc/{backend}/stat").read().rsplit(")", 1)[1].split()[1])
    ours, theirs = cookies("allauth.account.auth_backends.AuthenticationBackend"), cookies("django.contrib.auth.backends.ModelBackend")
    with served("relais.config.wsgi:application", 8098) as web, served("bench.floor.wsgi:application", 8099) as floor:
        print(
            f"{'page':<22}{'SQL':>4}{'CPU x':>8}{'CPU ms':>8}{'floor':>8}{'p50 ms':>8}{'p95 ms':>8}{'kB':>8}{'gz kB':>7}{'n':>7}{'wrong':>6}"
        )
        for template in [Page("floor itself", "/"), *PAGES]:
            if given.only and given.only not in template.name:
                continue
            page = filled(template, str(person))
            beside = FLOOR if page.method == "GET" else FLOOR_WRITE
            itself = page.name == "floor itself"
            port, root, keys = (8099, floor, theirs) if itself else (8098, web, ours)
            load(port, page, keys, roots=[root, postmaster], seconds=1)
            around = [load(8099, beside, theirs, roots=[floor, postmaster], seconds=given.seconds / 2)]
            measured = load(port, page, keys, roots=[root, postmaster], seconds=given.seconds)
            around.append(load(8099, beside, theirs, roots=[floor, postmaster], seconds=given.seconds / 2))
            counts = (0, measured.size, 0) if itself else queries(page, ours[0])
            print(line(page, counts, measured, around), flush=True)
        print(f"web process tree: {megabytes([web]):.0f} MB (proportional)")


if __name__ == "__main__":
    main()
