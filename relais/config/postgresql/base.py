from __future__ import annotations

import select

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Whether the connection still stands, without a round trip when nothing happened on it.

        A server that goes away closes the socket, which makes it readable; only then is it worth asking.
        """
        if self.connection is None:
            return False
        try:
            idle = not select.select([self.connection.fileno()], [], [], 0)[0]
        except (OSError, ValueError, psycopg.Error):
            return False
        return idle or bool(super().is_usable())
