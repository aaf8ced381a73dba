"""Static files as they are served: one stylesheet, hashed names, compressed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "relais/relais.css"
_IMPORT = re.compile(r"@import \"(?P<path>[^\"]+)\" layer\((?P<layer>\w+)\);")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_INDENT = re.compile(r"\n\s*")

Paths = dict[str, tuple[Storage, str]]


def put_in_line(paths: Paths, name: str) -> str:
    """The sheet with each of its `@import … layer(…)` replaced by the file it names; comments and indents go."""

    def read(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())

    def replace(match: re.Match[str]) -> str:
        body = read(posixpath.join(posixpath.dirname(name), match["path"]))
        return f"@layer {match['layer']} {{\n{body}}}"

    return _INDENT.sub("\n", _COMMENT.sub("", _IMPORT.sub(replace, read(name))))


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """The imports of the stylesheet are put in line, so that a first visit asks for one."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if SHEET in paths:
            whole = InMemoryStorage()
            whole.save(SHEET, ContentFile(put_in_line(paths, SHEET).encode()))
            paths = paths | {SHEET: (whole, SHEET)}
        untyped: Any = super()
        yield from untyped.post_process(paths, dry_run, **options)

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one as long as nothing was collected (tests, a developer's server)."""
        return str(super().stored_name(name)) if self.hashed_files else name
