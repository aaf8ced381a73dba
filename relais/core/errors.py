"""What an action answers when it refuses: what was refused, why, and the next step, in words for the person."""

from __future__ import annotations


class RelaisError(Exception):
    """A refusal that is shown to the person as it stands."""


class NotAllowed(RelaisError):
    """The person may see the thing, yet not do this with it."""


class Refused(RelaisError):
    """What was sent cannot be taken; `field` names the form field it concerns, if one does."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
