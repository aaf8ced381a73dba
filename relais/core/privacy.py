"""What each table declares about the people in it: purpose, retention, and what erasure does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise


class Erasure(StrEnum):
    """What happens to a row when its person leaves."""

    NOTHING_PERSONAL = "nothing_personal"  # holds nothing about people
    OPAQUE = "opaque"  # refers to people by an opaque id that no longer leads to anybody
    ANONYMISE = "anonymise"  # the row stays, what names the person is blanked
    DELETE = "delete"  # the row goes


@dataclass(frozen=True)
class Privacy:
    """A table's declaration.

    `retention` is in days after the row was last useful, None: while the object lives. `since` is the column that
    tells when it was last useful (empty: it still is); a table with a retention has one, or a job of its own.
    """

    purpose: str | Promise
    retention: int | None
    erasure: Erasure
    since: str | None = None
