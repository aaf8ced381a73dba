"""Child processes kept alive: each that dies is started again, ever later; all end together."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

GRACE = 6.0  # seconds a child has to finish what it does
LONGEST_PAUSE = 10.0
OWN_ONLY = 0o077  # what the children write (uploads, mails kept in a folder) is for their own system user


def watch_parent() -> None:
    """End this process when the one that started it ends, however it ends: its side of our standard input closes."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@dataclass
class Child:
    """A command that must run; its whole family is a process group of its own."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = 0.0
    since: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 (our own commands)
            self.command, stdin=subprocess.PIPE, start_new_session=True, umask=OWN_ONLY
        )
        self.since = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_end(self) -> None:
        if self.process and self.is_alive():
            self.process.terminate()

    def end(self, within: float) -> None:
        """Wait for its end, then make sure that nothing of its family stays."""
        if not self.process:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(within, 0))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        with self.process:  # waits for it, and closes our side of its input
            pass


@dataclass
class Supervisor:
    """Starts the children, looks after them until `stop()`; `look_after` is called about every second."""

    children: list[Child]
    look_after: Callable[[], None]
    say: Callable[[str], None]
    tick: float = 1.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self, *_signal: object) -> None:
        self._stop.set()

    def run(self) -> None:
        for child in self.children:
            child.start()
        try:
            while not self._stop.wait(self.tick):
                self._look()
        finally:
            self.end()

    def _look(self) -> None:
        self.look_after()
        for child in self.children:
            if not child.is_alive():
                self._revive(child)

    def _revive(self, child: Child) -> None:
        """Start a dead child again; one that keeps dying waits longer each time."""
        now = time.monotonic()
        if child.process:
            lived = now - child.since
            child.pause = 0.0 if lived > 3 * LONGEST_PAUSE else min(max(child.pause * 2, 0.5), LONGEST_PAUSE)
            self.say(f"The {child.name} ended (code {child.process.returncode}); starting it again in {child.pause:.1f} s.")
            child.end(0)
            child.process, child.since = None, now
        if now - child.since >= child.pause:
            child.start()

    def end(self) -> None:
        """Ask all to end at once, give them the same few seconds."""
        until = time.monotonic() + GRACE
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.end(until - time.monotonic())
