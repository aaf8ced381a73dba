"""Addresses that a page repeats for each row: resolved once, then filled in."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse


@cache
def _pattern(name: str) -> tuple[str, str]:
    before, after = reverse(f"knowledge:{name}", args=[0]).split("0", 1)
    return before, after


def address(name: str, pk: int) -> str:
    """The address `knowledge:<name>` of the thing `pk`."""
    before, after = _pattern(name)
    return f"{before}{pk}{after}"


@cache
def _profile() -> tuple[str, str]:
    nobody = UUID(int=0)
    before, after = reverse("knowledge:person_show", args=[nobody]).split(str(nobody), 1)
    return before, after


def person_address(pk: UUID) -> str:
    """Somebody's profile."""
    before, after = _profile()
    return f"{before}{pk}{after}"


@cache
def _report(word: str) -> tuple[str, str]:
    before, after = reverse("knowledge:thing_report", args=[word, 0]).rsplit("0", 1)
    return before, after


def report_address(word: str, pk: int) -> str:
    """Where a thing of this kind is reported."""
    before, after = _report(word)
    return f"{before}{pk}{after}"
