from __future__ import annotations

from relais.people.models import Person
from relais.people.rules import can_administer, can_animate, can_pilot


def can_curate(person: Person | None) -> bool:
    """Whether the person may change the vocabulary; nobody: the command line, whose user holds the database anyway."""
    return person is None or can_animate(person) or can_pilot(person) or can_administer(person)
