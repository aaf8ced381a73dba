from __future__ import annotations

from relais.people.models import Person
from relais.people.rules import can_administer, can_animate, can_pilot, can_take_part
from relais.skills.models import Contest, PersonSkill


def can_curate(person: Person | None) -> bool:
    """Whether the person may change the vocabulary; nobody: the command line, whose user holds the database anyway."""
    return person is None or can_animate(person) or can_pilot(person) or can_administer(person)


def can_confirm(viewer: Person, person_skill: PersonSkill) -> bool:
    """A colleague who takes part, of a skill that its owner shows or keeps; never one's own."""
    theirs = person_skill.state in {PersonSkill.State.SHOWN, PersonSkill.State.KEPT}
    return theirs and viewer.pk != person_skill.person_id and can_take_part(viewer)


def can_judge(viewer: Person, contest: Contest) -> bool:
    """Somebody who takes part, of another team than its owner, who gave no voice on it and has not said theirs yet."""
    owner = contest.person_skill.person
    mine = viewer.pk in {owner.pk, contest.first_id} or viewer.unit_id == owner.unit_id
    spoke = viewer.pk in {voice.confirmer_id for voice in contest.person_skill.confirmations.all()}
    return can_take_part(viewer) and not mine and not spoke
