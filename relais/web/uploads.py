"""Files that arrive with a form: never held in memory, and stopped at the weight their kind may have."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from relais.knowledge.file_kinds import limit_for


class LimitedUpload(FileUploadHandler):
    """Stops reading a file at its limit; the other fields of the form are read all the same, so that no text is lost."""

    chunk_size = 256 * 2**10

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.limit, self.received = limit_for(self.file_name or ""), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > self.limit:
            said = self.request.META if self.request else {}
            said["relais.too_heavy"] = (self.file_name, int(said.get("CONTENT_LENGTH") or 0))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one keep the file."""
