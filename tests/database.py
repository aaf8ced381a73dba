"""Loaded before Django: the suite runs on a real PostgreSQL, the embedded one in `var/test` unless DATABASE_URL names another."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import psycopg
import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start it after the measure of coverage (another plugin's own hook of this name) and before pytest-django."""
    from relais.config import database  # noqa: PLC0415 (imported at the top, it would escape the measure)

    os.environ.setdefault("RELAIS_DATA", "var/test")
    os.environ["RELAIS_SECRET_KEY"] = "only-for-tests-" + "x" * 40
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the test's own thread
    if database.ensure():
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            for fast in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {fast} = off")
            connection.execute("SELECT pg_reload_conf()")
    Path(os.environ["RELAIS_DATA"], "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing


def pytest_collection_finish() -> None:
    """What the suite has loaded by now stays to its end: looking through it again and again for garbage cost a tenth of its time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
