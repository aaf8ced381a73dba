"""Several people at the same moment: threads with connections of their own, on a copy of the worker's test database.

What is committed cannot be taken back (the ledger refuses it), so it happens in a database that the module drops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.db import connection

from relais.core.errors import RelaisError


@contextmanager
def copied_database() -> Iterator[None]:
    """Every connection of this process leads to a copy of its test database, for a while."""
    source = connection.settings_dict["NAME"]
    copy = f"{source}_together"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{source}"')
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = source
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gives back when all begin together; a refusal is its answer, anything else fails the test."""
    ready = Barrier(len(acts))

    def perform(act: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        ready.wait(10)
        try:
            return act()
        except RelaisError as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(perform, acts))
