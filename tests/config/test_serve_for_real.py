"""Real starts: killed in the middle of writes, nothing that was acknowledged is lost; without its database, it waits for it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode
from urllib.request import urlopen
from uuid import uuid4

import psutil
import pytest

from relais.config.database import Embedded, create

RELAIS = [sys.executable, "-m", "relais.config"]
PEOPLE = """
import django
django.setup()
from django.test import Client
from tests import factories
use_case = factories.make_use_case()
print(use_case.pk)
for _ in range(3):
    client = Client()
    client.force_login(factories.make_member())
    print(client.cookies["sessionid"].value)
"""
CSRF = "x" * 32
AWAY = 3  # seconds without a database


@pytest.fixture
def folder():
    """A folder that another account may reach: PostgreSQL refuses to run as root (and pytest closes its own folders)."""
    with tempfile.TemporaryDirectory(prefix="relais-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


@pytest.fixture
def installation(folder):
    """The environment of a data folder of its own, on a free port; nothing of it survives the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {"RELAIS_DATA": str(folder / "data"), "RELAIS_PORT": str(port), "DJANGO_SETTINGS_MODULE": "relais.config.settings"}
    yield {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("COV_")} | given
    for process in family(folder):
        with suppress(psutil.NoSuchProcess):
            process.kill()


def family(folder: Path) -> list[psutil.Process]:
    """Every process whose command line or environment names this folder: server, children, database."""
    found = []
    for process in psutil.process_iter():
        try:
            named = [*process.cmdline(), process.environ().get("RELAIS_DATA", "")]
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(str(folder) in part for part in named):
            found.append(process)
    return found


def serve(environment):
    server = subprocess.Popen([*RELAIS, "serve"], env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
    until(lambda: health(environment).get("ready"), server)
    return server


def until(condition, server, seconds=90):
    end = time.monotonic() + seconds
    while not condition():
        assert server.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)


def health(environment):
    try:
        with urlopen(f"http://127.0.0.1:{environment['RELAIS_PORT']}/sante/", timeout=5) as answer:
            return json.load(answer)
    except OSError:
        return {}


def wanted(environment, path, method="GET", session="", **fields):
    """Ask the server as a browser does; the answer, whatever it is."""
    cookies = {"Cookie": f"sessionid={session}; csrftoken={CSRF}", "Content-Type": "application/x-www-form-urlencoded"}
    with closing(http.client.HTTPConnection("127.0.0.1", int(environment["RELAIS_PORT"]), timeout=20)) as connection:
        connection.request(method, path, urlencode(fields | {"csrfmiddlewaretoken": CSRF}), cookies | {"Accept-Language": "fr"})
        answer = connection.getresponse()
        return answer, answer.read().decode()


def people(environment, database_url):
    """A case, and the sessions of three people who will answer it."""
    given = environment | {"DATABASE_URL": database_url, "PYTHONPATH": str(Path.cwd())}
    told = subprocess.run([sys.executable, "-c", PEOPLE], env=given, capture_output=True, text=True, check=True).stdout.split()
    return told[0], told[1:]


def answer_on_and_on(environment, case, session, published):
    """Publish answers through the pages until the server is gone; the number of each one that was acknowledged."""
    with suppress(OSError, http.client.HTTPException):
        while True:
            answer, _ = wanted(environment, f"/cas/{case}/repondre/", "POST", session, body="Une phrase simple.", sent_key=str(uuid4()))
            if answer.status != 302:
                return
            published.append(answer.headers["Location"].rsplit("-", 1)[-1])


def acknowledged(environment, database_url, count):
    """Three people write as fast as they can; what was acknowledged before everything is killed at once."""
    case, sessions = people(environment, database_url)
    published = []
    threads = [Thread(target=answer_on_and_on, args=(environment, case, session, published)) for session in sessions]
    for thread in threads:
        thread.start()
    while len(published) < count:
        assert any(thread.is_alive() for thread in threads)
        time.sleep(0.01)
    for process in family(Path(environment["RELAIS_DATA"])):
        process.send_signal(signal.SIGKILL)
    for thread in threads:
        thread.join()
    return published


def test_a_server_killed_while_people_write_loses_nothing_and_starts_again(installation):
    data = Path(installation["RELAIS_DATA"])
    server = serve(installation)
    written = acknowledged(installation, f"postgresql://postgres:@/relais?host={data / 'postgres'}", count=40)
    server.wait()

    again = serve(installation)
    exported = subprocess.run([*RELAIS, "ledger", "export"], env=installation, capture_output=True, text=True, check=True)
    again.send_signal(signal.SIGINT)
    code = again.wait(15)

    entries = [json.loads(line) for line in exported.stdout.splitlines()]
    kept = {entry["object_id"] for entry in entries if entry["verb"] == "answer.published"}
    assert (len(written) >= 40, set(written) - kept) == (True, set())
    assert (code, family(data)) == (0, [])


def test_a_database_that_stops_for_a_while_costs_a_humane_page_and_no_restart(installation, folder):
    (folder / "elsewhere").mkdir()
    elsewhere = Embedded(folder / "elsewhere")
    create(elsewhere.get_uri(), "relais")
    environment = installation | {"DATABASE_URL": elsewhere.get_uri("relais")}
    server = serve(environment)
    processes = {process.pid for process in family(Path(installation["RELAIS_DATA"]))}
    case, sessions = people(environment, environment["DATABASE_URL"])

    os.kill(int((folder / "elsewhere" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    until(lambda: not health(environment), server)
    time.sleep(AWAY)
    pages = [wanted(environment, path, session=session) for path in ("/", "/cas/") for session in sessions[:2]]
    refused, _ = wanted(environment, f"/cas/{case}/repondre/", "POST", sessions[0], body="Une phrase simple.", sent_key=str(uuid4()))
    elsewhere.revive()
    until(lambda: health(environment).get("worker"), server)
    again, page = wanted(environment, f"/cas/{case}/", session=sessions[0])

    assert [(answer.status, answer.headers["Retry-After"], "Relais revient" in text) for answer, text in pages] == [(503, "10", True)] * 4
    assert (refused.status, again.status, "Une phrase simple." in page) == (503, 200, False)
    still = {process.pid for process in family(Path(installation["RELAIS_DATA"]))}
    server.send_signal(signal.SIGINT)
    assert (server.wait(15), still) == (0, processes)
