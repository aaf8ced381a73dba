"""An error at the command line, as a sentence: what happened, and what to do next. The only place that makes them."""

from __future__ import annotations

import subprocess

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from relais.core.errors import RelaisError


def sentence_for(error: Exception) -> str | None:
    """What to tell about this error; None for one that nobody foresaw, whose traceback is wanted."""
    if isinstance(error, RelaisError | ImproperlyConfigured):
        return str(error)
    if isinstance(error, OperationalError | psycopg.OperationalError):
        return f"The database cannot be reached: {_last(error)}. Check DATABASE_URL, and that a PostgreSQL answers there."
    if isinstance(error, ProgrammingError | psycopg.ProgrammingError) and "does not exist" in str(error):
        return "The database is not up to date: run relais manage migrate, or start relais serve, which does it."
    if isinstance(error, subprocess.SubprocessError):
        return f"PostgreSQL did not start or answer ({_last(error)}): its log stands in the data folder, in postgres/log."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}. Check that it exists and that this user may use it."
    return None


def _last(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].strip().rstrip(".")
