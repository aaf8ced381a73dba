"""Reads `Posts.xml` as a stream: never more than a piece of it in memory, no DTD, no entity of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from django.utils.translation import gettext as _

from relais.core import richtext
from relais.core.errors import Refused

QUESTION, ANSWER = "1", "2"
_PIECE = 65_536
_LINKED_IMAGE = re.compile(r"<a\b([^>]*)>\s*<img\b([^>]*?)/?>\s*</a>", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b([^>]*?)/?>", re.IGNORECASE)
_TITLE_1 = re.compile(r"<(/?)h1\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Post:
    """One row, as it stands in the file."""

    id: str
    kind: str
    created: datetime | None
    owner: str
    owner_name: str
    title: str
    body: str
    tags: tuple[str, ...]
    parent: str
    accepted: str
    shared: bool

    @property
    def readable(self) -> str:
        """Its body, safe to show: pictures of other sites become links, code stays."""
        return richtext.clean(_TITLE_1.sub(r"<\1h2>", _without_pictures(self.body)))


def _attribute(name: str, attributes: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*(\"([^\"]*)\"|'([^']*)')", attributes, re.IGNORECASE)
    return (found[2] or found[3] or "") if found else ""


def _link(address: str, picture: str) -> str:
    words = _attribute("alt", picture)
    named = words if words and words != "enter image description here" else "picture"
    return f'<a href="{address}">{named}</a>'


def _without_pictures(body: str) -> str:
    body = _LINKED_IMAGE.sub(lambda m: _link(_attribute("href", m[1]), m[2]), body)
    return _IMAGE.sub(lambda m: _link(_attribute("src", m[1]), m[1]), body)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _post(row: dict[str, str]) -> Post:
    return Post(
        id=row.get("Id", ""),
        kind=row.get("PostTypeId", ""),
        created=_moment(row.get("CreationDate", "")),
        owner=row.get("OwnerUserId", ""),
        owner_name=row.get("OwnerDisplayName", "").strip(),
        title=html.unescape(row.get("Title", "")).strip(),
        body=row.get("Body", ""),
        tags=tuple(re.findall(r"[^<>|]+", row.get("Tags", ""))),
        parent=row.get("ParentId", ""),
        accepted=row.get("AcceptedAnswerId", ""),
        shared="CommunityOwnedDate" in row,
    )


def _refuse_doctype(*_given: object) -> None:
    raise Refused(_("This file declares a document type (DTD), which a data dump never does: it was not read."))


class _Rows:
    """Gathers the rows of a file that comes piece by piece."""

    def __init__(self) -> None:
        self.waiting: list[dict[str, str]] = []
        self.known = self.held = False
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.EntityDeclHandler = _refuse_doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.known and name != "posts":
            raise Refused(_("This is not a Posts.xml of a Stack Exchange data dump: it begins with <%(name)s>.") % {"name": name})
        self.known = True
        if name == "row":
            self.held = True
            self.waiting.append(attributes)

    def take(self, piece: bytes) -> list[dict[str, str]]:
        """The rows that this piece completes; the empty piece is the end."""
        try:
            self.parser.Parse(piece, not piece)
        except (ExpatError, LookupError, ValueError) as error:
            raise Refused(self._why(error)) from error
        self.waiting, taken = [], self.waiting
        return taken

    def _why(self, error: Exception) -> str:
        if not self.known:
            return _("This file is not XML: give the Posts.xml of a Stack Exchange data dump.")
        line = getattr(error, "lineno", self.parser.CurrentLineNumber)
        return _("This file is not well-formed XML (line %(line)s): was it cut short?") % {"line": line}


def read(file: IO[bytes], progress: Callable[[int], object] | None = None) -> Iterator[Post]:
    """Each row of the file; raises Refused when it is not such a file."""
    rows, size = _Rows(), 0
    piece = b"first"
    while piece:
        piece = file.read(_PIECE)
        size += len(piece)
        if not size:
            raise Refused(_("This file is empty."))
        yield from map(_post, rows.take(piece))
        if progress:
            progress(len(piece))
    if not rows.held:
        raise Refused(_("This file holds no row: give the Posts.xml of a Stack Exchange data dump."))
