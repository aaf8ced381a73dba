from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from relais.config import supervisor
from relais.config.supervisor import LONGEST_PAUSE, Child, Supervisor

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"]
ORPHANABLE = [sys.executable, "-c", "from relais.config.supervisor import watch_parent; watch_parent(); import time; time.sleep(60)"]


@pytest.fixture
def child():
    made = Child("sleeper", SLEEPER)
    yield made
    made.end(0)


def until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_child_that_died_is_started_again_after_a_pause(child):
    said = []
    watched = Supervisor([child], look_after=lambda: None, say=said.append)
    child.start()
    first = child.process.pid
    os.killpg(first, signal.SIGKILL)
    child.process.wait()

    watched._look()
    pause, waiting = child.pause, child.process
    child.since -= pause
    watched._look()

    assert (pause, waiting) == (0.5, None)
    assert said == ["The sleeper ended (code -9); starting it again in 0.5 s."]
    assert child.is_alive()
    assert child.process.pid != first


def test_what_a_child_writes_is_for_its_own_user_only(tmp_path):
    written = tmp_path / "mail" / "code"
    writer = Child("writer", [sys.executable, "-c", f"import pathlib; p = pathlib.Path({str(written)!r}); p.parent.mkdir(); p.touch()"])

    writer.start()
    writer.process.wait()
    writer.end(0)

    assert [path.stat().st_mode & 0o777 for path in (written.parent, written)] == [0o700, 0o600]


@pytest.mark.parametrize(("before", "lived", "after"), [(0.0, 1, 0.5), (0.5, 1, 1.0), (8.0, 1, LONGEST_PAUSE), (8.0, 100, 0.0)])
def test_a_child_that_keeps_dying_waits_longer_each_time(child, before, lived, after):
    child.command = [sys.executable, "-c", ""]
    child.start()
    child.process.wait()
    child.pause, child.since = before, time.monotonic() - lived

    Supervisor([child], look_after=lambda: None, say=lambda _: None)._look()

    assert child.pause == after


def test_a_child_that_lives_is_left_alone(child):
    child.start()
    process = child.process

    Supervisor([child], look_after=lambda: None, say=pytest.fail)._look()

    assert child.process is process


def test_stopping_ends_every_child_even_one_that_does_not_listen(monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE", 0.2)
    children = [Child("sleeper", SLEEPER), Child("deaf", STUBBORN)]
    watched = Supervisor(children, look_after=lambda: None, say=pytest.fail, tick=0.01)
    watched.look_after = watched.stop

    watched.run()

    assert [child.is_alive() for child in children] == [False, False]


def test_ending_what_never_started_is_nothing():
    child = Child("never", SLEEPER)

    child.ask_to_end()
    child.end(0)

    assert not child.is_alive()


def test_a_child_ends_when_its_parent_was_killed():
    parent = "import subprocess, sys, time; p = subprocess.Popen({0!r}, stdin=subprocess.PIPE); print(p.pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", parent.format(ORPHANABLE)], stdout=subprocess.PIPE, text=True) as process:
        pid = int(process.stdout.readline())
        process.kill()
        process.wait()

    until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


def test_watching_the_parent_ends_this_process_at_the_latest_after_its_grace(monkeypatch):
    said, heard = [], iter([b"hello", b""])
    monkeypatch.setattr(supervisor.os, "read", lambda _fd, _size: next(heard))
    monkeypatch.setattr(supervisor.os, "kill", lambda pid, number: said.append((pid, number)))
    monkeypatch.setattr(supervisor.os, "_exit", said.append)
    monkeypatch.setattr(supervisor, "GRACE", 0)

    supervisor.watch_parent()
    until(lambda: len(said) == 2)

    assert said == [(os.getpid(), signal.SIGTERM), 1]
