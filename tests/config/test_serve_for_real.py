"""One real start, killed in the middle of writes, and one real recovery: nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

RELAIS = [sys.executable, "-m", "relais.config"]
WRITER = """
import os, django
django.setup()
from relais.people.actions import add_person
number = 0
while True:
    number += 1
    person = add_person(f"person{number}@example.org", f"Personne {number}", unit=None)
    os.write(1, f"{person.pk}\\n".encode())
"""


@pytest.fixture
def installation(tmp_path):
    """The environment of a data folder of its own, on a free port; nothing of it survives the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {"RELAIS_DATA": str(tmp_path / "data"), "RELAIS_PORT": str(port), "DJANGO_SETTINGS_MODULE": "relais.config.settings"}
    yield {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("COV_")} | given
    for process in family(tmp_path):
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


def acknowledged(environment, database_url, count):
    """Somebody writes as fast as they can; what was acknowledged before everything is killed at once."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER], env=environment | {"DATABASE_URL": database_url}, stdout=subprocess.PIPE
    ) as writer:
        ids = [writer.stdout.readline().decode().strip() for _ in range(count)]
        for process in family(Path(environment["RELAIS_DATA"])):
            process.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().decode().split()
    return ids + rest


def test_a_server_killed_while_people_write_loses_nothing_and_starts_again(installation):
    data = Path(installation["RELAIS_DATA"])
    server = serve(installation)
    written = acknowledged(installation, f"postgresql://postgres:@/relais?host={data / 'postgres'}", count=40)
    server.wait()

    again = serve(installation)
    exported = subprocess.run([*RELAIS, "ledger", "export"], env=installation, capture_output=True, text=True, check=True)
    again.send_signal(signal.SIGINT)
    code = again.wait(15)

    kept = {json.loads(line)["object_id"] for line in exported.stdout.splitlines()}
    assert (len(written) >= 40, set(written) - kept) == (True, set())
    assert (code, family(data)) == (0, [])
