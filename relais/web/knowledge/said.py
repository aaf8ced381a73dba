"""What a contribution says, drawn once and kept in memory: a case is read a hundred times for each time it changes.

The drawing depends on nothing but `Said`, which is also the key: a changed word, name or day is another key, so that many
processes never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from relais.core import clock
from relais.web.knowledge.addresses import address, person_address

KEPT = 2000  # a few kilobytes each
RECENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """All that the drawing of one contribution is made from; `as_of` is the moment that « il y a 3 minutes » depends on."""

    pk: int
    kind: str
    title: str
    minutes: int | None
    result: str
    body: str
    url: str
    version: int
    published_at: datetime
    author: str
    initials: str
    author_url: str
    unit: str
    co_authors: str
    best: bool
    used: str
    relevance: str
    language: str
    zone: str
    as_of: object

    @property
    def show_url(self) -> str:
        return address("contribution_show", self.pk)

    @property
    def versions_url(self) -> str:
        return address("version_list", self.pk)


def as_of(moment: datetime) -> object:
    """The day, or the minute while the moment is recent enough to be told by minutes."""
    now = timezone.localtime(clock.now())
    return now.replace(second=0, microsecond=0) if now - moment < RECENT else now.date()


def said_of(c: Any, *, co_authors: str, best: bool, used: str, relevance: str) -> Said:
    """What a contribution says, as it stands."""
    author = c.author
    return Said(
        pk=c.pk,
        kind=c.get_kind_display(),
        title=c.title,
        minutes=c.minutes,
        result=c.result,
        body=c.body,
        url=c.url,
        version=c.version,
        published_at=c.published_at,
        author=author.name,
        initials=author.initials,
        author_url=person_address(c.author_id),
        unit=author.unit.name if author.unit else "",
        co_authors=co_authors,
        best=best,
        used=used,
        relevance=relevance,
        language=get_language() or "",
        zone=timezone.get_current_timezone_name(),
        as_of=as_of(c.published_at),
    )


@lru_cache(maxsize=KEPT)
def drawn(said: Said) -> SafeString:
    """The HTML of what is said; its body was sanitised by `richtext.clean` before it was kept."""
    return render_to_string("knowledge/contribution_said.html", {"it": said})
