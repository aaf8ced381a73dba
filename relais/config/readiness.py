"""What must be done before the server may start: migrations, the cache's table, static files; and whether it was done.

The answer is kept as a fingerprint in the data folder, so that a start with nothing to do asks Django nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import sysconfig
from pathlib import Path
from typing import LiteralString

import psycopg

from relais.config import environment as env
from relais.demo.company import ROOT

PACKAGE = Path(__file__).resolve().parent.parent
KEPT = ("*/migrations/*.py", "*/*/migrations/*.py", "web/static/**/*", "config/storage.py", "config/settings.py")


def _file() -> Path:
    return Path(env.DATA.text()).absolute() / "ready.json"


def fingerprint() -> str:
    """Changes whenever a migration or a static file of ours, a package installed, or the database's own history does."""
    files = sorted(path for pattern in KEPT for path in PACKAGE.glob(pattern) if path.is_file())
    ours = [(str(path.relative_to(PACKAGE)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    packages = sorted(path.name for path in Path(sysconfig.get_paths()["purelib"]).glob("*.dist-info"))
    return hashlib.sha256(json.dumps([ours, packages, _applied(), env.DEBUG.yes()]).encode()).hexdigest()


def _applied() -> list[str]:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        try:
            rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id").fetchall()
        except psycopg.errors.UndefinedTable:
            return []
    return [row[0] for row in rows]


def is_ready() -> bool:
    """Whether nothing changed since the last time everything was made ready."""
    static = Path(env.DATA.text()).absolute() / "static"
    return static.exists() and read().get("fingerprint") == fingerprint()


def read() -> dict[str, str]:
    """What the data folder says of itself."""
    try:
        return dict(json.loads(_file().read_text()))
    except (OSError, ValueError):
        return {}


def note(**what: str) -> None:
    """Write down in the data folder what it now is, whole or not at all."""
    path = _file()
    new = path.with_suffix(".new")
    new.write_text(json.dumps(read() | what))
    new.replace(path)


def has_people() -> bool:
    """Whether somebody is in the database already."""
    return _exists("SELECT 1 FROM people_person")


def has_demo() -> bool:
    """Whether the database holds the demo community."""
    return _exists("SELECT 1 FROM people_unit WHERE code = %s", ROOT)


def _exists(query: LiteralString, *values: str) -> bool:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        cursor = connection.cursor()
        cursor.execute(query + " LIMIT 1", values)
        return cursor.fetchone() is not None
