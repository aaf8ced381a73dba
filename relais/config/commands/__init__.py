"""One module per command of `relais`; each calls `prepare()` before it touches rows."""

from __future__ import annotations

import django

from relais.config import database


def prepare() -> None:
    """A running database and a ready Django."""
    database.ensure()
    django.setup()
