"""What people, or those who look after them, do: one module by subject."""

from relais.people.actions.language import choose_language
from relais.people.actions.participation import join_community, leave_community, note_visit, pause, resume
from relais.people.actions.perimeter import add_person, change_email, depart_person, move_person
from relais.people.actions.roles import grant_role, revoke_role
from relais.people.actions.units import add_unit, move_unit

__all__ = [
    "add_person",
    "add_unit",
    "change_email",
    "choose_language",
    "depart_person",
    "grant_role",
    "join_community",
    "leave_community",
    "move_person",
    "move_unit",
    "note_visit",
    "pause",
    "resume",
    "revoke_role",
]
