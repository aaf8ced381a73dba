from __future__ import annotations

from relais.people.models import Participation, Person, Role


def can_take_part(person: Person) -> bool:
    """Whether the person may read and write in the community: those who chose it."""
    return person.is_active and person.takes_part


def can_read_aggregates(person: Person) -> bool:
    """Members see where the community stands; so do sponsors, who see nothing else."""
    return can_take_part(person) or (person.is_active and (person.has_role(Role.SPONSOR) or person.has_role(Role.PILOT)))


def can_administer(person: Person) -> bool:
    """Whether the person looks after the installation: people, units, roles."""
    return person.is_active and person.has_role(Role.ADMINISTRATOR)


def can_pilot(person: Person) -> bool:
    """Whether the person steers the programme."""
    return person.is_active and person.has_role(Role.PILOT)


def can_animate(person: Person) -> bool:
    """Whether the person looks after at least one circle."""
    return can_take_part(person) and person.has_role(Role.ANIMATOR)


def may_be_asked(person: Person) -> bool:
    """Whether the community may propose things to this person: not during a pause."""
    return person.is_active and person.participation == Participation.MEMBER
