"""Where somebody comes in: the welcome until they chose, then what is open to them."""

from __future__ import annotations

from relais.people import rules
from relais.people.models import Participation, Person


def landing_for(person: Person) -> str:
    """The address's name of the first page after signing in."""
    return "people:welcome" if person.participation == Participation.INVITED else "knowledge:home"


def workplace_of(person: Person) -> str:
    """What somebody who has not joined can do here: their role's page, or their account."""
    if rules.can_administer(person):
        return "people:administration"
    return "indicators:standing" if rules.can_read_aggregates(person) else "people:account"
