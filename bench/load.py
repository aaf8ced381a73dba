"""A bounded load on one address of this machine, and the CPU it costs the processes that answer."""

from __future__ import annotations

import http.client
import os
import random
import statistics
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

from bench.pages import FORM, Page

TICK = os.sysconf("SC_CLK_TCK")
NUMBERS = count(random.SystemRandom().randrange(2**40))


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def parent(pid: int) -> int:
    """The process that started this one."""
    return int(_stat(pid)[1])


def family(roots: Iterable[int]) -> list[int]:
    """The processes and all that descend from them."""
    children: dict[int, list[int]] = {}
    for pid in [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]:
        try:
            children.setdefault(parent(pid), []).append(pid)
        except (OSError, ProcessLookupError):
            continue
    found, todo = [], list(roots)
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """CPU used so far by the process trees, children that ended included."""
    total = 0
    for pid in family(roots):
        try:
            total += sum(map(int, _stat(pid)[11:15]))
        except (OSError, ProcessLookupError):
            continue
    return total / TICK


def megabytes(roots: Iterable[int]) -> float:
    """Memory of the process trees, pages they share counted once."""
    total = 0
    for pid in family(roots):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except (OSError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@dataclass(frozen=True)
class Load:
    """What a load gave: requests done, milliseconds at p50 and p95, wrong statuses, bytes of a page, CPU milliseconds a
    request, and how many of them are the database's."""

    requests: int
    p50: float
    p95: float
    wrong: int
    size: int
    cpu: float
    database: float


class _Client(threading.Thread):
    def __init__(self, port: int, page: Page, cookies: list[str], until: float) -> None:
        super().__init__(daemon=True)
        self.port, self.page, self.cookies, self.until = port, page, cycle(cookies), until
        self.times: list[float] = []
        self.wrong = self.size = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while time.perf_counter() < self.until:
            headers = {"Cookie": next(self.cookies), "Accept-Language": "fr"}
            path, body = self.page.numbered(next(NUMBERS))
            if body:
                headers |= {"Content-Type": FORM, "X-CSRFToken": "a" * 32}
            start = time.perf_counter()
            connection.request(self.page.method, path, body or None, headers)
            response = connection.getresponse()
            self.size = len(response.read())
            self.times.append(time.perf_counter() - start)
            self.wrong += response.status != self.page.expect


def load(port: int, page: Page, cookies: list[str], *, roots: tuple[int, int], connections: int = 4, seconds: float = 4.0) -> Load:
    """Ask one page through a few connections for a few seconds; `roots` are the server and the database."""
    before, until = [cpu_seconds([root]) for root in roots], time.perf_counter() + seconds
    clients = [_Client(port, page, cookies[n::connections], until) for n in range(connections)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    times = sorted(t for client in clients for t in client.times)
    server, database = [cpu_seconds([root]) - start for root, start in zip(roots, before, strict=True)]
    return Load(
        requests=len(times),
        p50=statistics.median(times) * 1000,
        p95=times[int(len(times) * 0.95)] * 1000,
        wrong=sum(client.wrong for client in clients),
        size=max(client.size for client in clients),
        cpu=(server + database) / len(times) * 1000,
        database=database / len(times) * 1000,
    )
