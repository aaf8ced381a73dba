"""Which files may be joined, recognised by extension and by their first bytes together. Pure computation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

PICTURE_LIMIT = 10 * 2**20  # bytes [d]
FILE_LIMIT = 50 * 2**20  # bytes [d]
HEAD = 64  # how many first bytes recognise a file

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, and what its first bytes are (`at` how many bytes in)."""

    content_type: str
    magic: tuple[bytes, ...]
    at: int = 0

    def fits(self, head: bytes) -> bool:
        return head[self.at :].startswith(self.magic)


PICTURES = {
    "jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "gif": Kind("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": Kind("image/webp", (b"WEBP",), at=8),
}
FILES = {
    "pdf": Kind("application/pdf", (b"%PDF-",)),
    "docx": Kind(f"{_OFFICE}.wordprocessingml.document", (_ZIP,)),
    "xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", (_ZIP,)),
    "pptx": Kind(f"{_OFFICE}.presentationml.presentation", (_ZIP,)),
    "odt": Kind(f"{_OPEN}.text", (_ZIP,)),
    "ods": Kind(f"{_OPEN}.spreadsheet", (_ZIP,)),
    "odp": Kind(f"{_OPEN}.presentation", (_ZIP,)),
    "doc": Kind("application/msword", (_OLE,)),
    "xls": Kind("application/vnd.ms-excel", (_OLE,)),
    "ppt": Kind("application/vnd.ms-powerpoint", (_OLE,)),
    "mp4": Kind("video/mp4", (b"ftyp",), at=4),
    "webm": Kind("video/webm", (b"\x1a\x45\xdf\xa3",)),
}


def extension(name: str) -> str:
    """The extension, lower-case, without its dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def kind_of(name: str, head: bytes) -> Kind | None:
    """The kind that both the name and the first bytes tell; None when they disagree or it is not accepted."""
    kind = (PICTURES | FILES).get(extension(name))
    return kind if kind and kind.fits(head) else None


def limit_for(name: str) -> int:
    """How many bytes a file of this name may have."""
    return PICTURE_LIMIT if extension(name) in PICTURES else FILE_LIMIT
