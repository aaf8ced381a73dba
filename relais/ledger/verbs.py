"""Verbs: each domain declares its own in its `events.py`, with a label in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise

_known: dict[str, Verb] = {}


@dataclass(frozen=True)
class Verb:
    """A kind of fact, named `noun.verbed`; `label` reads after a person's name."""

    name: str
    label: str | Promise = field(compare=False)

    def __post_init__(self) -> None:
        if self.name in _known:
            raise ValueError(f"The verb {self.name} is declared twice.")
        _known[self.name] = self


def known() -> dict[str, Verb]:
    """Every declared verb, by name."""
    return dict(_known)
