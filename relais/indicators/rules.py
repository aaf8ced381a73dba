from __future__ import annotations

from relais.people.models import Person
from relais.people.rules import can_pilot


def can_set_goals(person: Person) -> bool:
    """Whether the person chooses goals and ends them."""
    return can_pilot(person)
