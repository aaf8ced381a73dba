from __future__ import annotations

from relais.people.models import Person
from relais.people.rules import can_pilot


def can_hold_wave(person: Person) -> bool:
    """Whether the person opens and closes waves, and reads what was added to them."""
    return can_pilot(person)
