"""Files that are there whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the name of the other at the end: whoever reads meanwhile finds the file before, or after."""
    partial = path.with_name(f"{path.name}.partial")
    yield partial
    partial.replace(path)
