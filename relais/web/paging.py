"""Pages of long lists: one row more tells whether another page follows, so nothing counts them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

FURTHEST = 500


@dataclass(frozen=True)
class Page:
    """Some rows of a list, as the pager shows them."""

    rows: list[Any]
    number: int
    has_next: bool

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def page_of(found: Any, asked: str | None, size: int) -> Page:
    """One page of a queryset; which rows it holds is settled first, so that only these are joined and read."""
    number = min(int(asked), FURTHEST) if asked and asked.isdecimal() and asked != "0" else 1
    start = (number - 1) * size
    keys = list(found.values_list("pk", flat=True)[start : start + size + 1])
    rows = found.in_bulk(keys[:size])
    return Page([rows[key] for key in keys[:size] if key in rows], number, len(keys) > size)
