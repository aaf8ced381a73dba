"""When two names of one thing become one skill, people, what they rest on and what was published follow; history stays where it was."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from relais.skills.actions.levels import reassess
from relais.skills.models import Confirmation, Evidence, Panelist, PersonSkill, Skill, Tag

State = PersonSkill.State
STRONGEST = (State.SHOWN, State.KEPT, State.PROPOSED, State.REFUSED)


@transaction.atomic
def follow_merge(skill: Skill, into: Skill) -> int:
    """Move what hung on the merged skill to the one that took its place; says how many people. The second time, nothing is left to move."""
    people = list(PersonSkill.objects.select_for_update(of=("self",)).filter(skill=skill).order_by("pk"))
    for mine in people:
        reassess(_moved(mine, into))
    for table, once in ((Tag, ("object_type", "object_id")), (Panelist, ("person",))):
        rows = table._base_manager.filter(skill=skill)
        for row in rows:
            if table._base_manager.filter(skill=into, **{name: getattr(row, name) for name in once}).exists():
                row.delete()
        table._base_manager.filter(skill=skill).update(skill=into)
    Skill.objects.filter(pk=into.pk).update(things_count=F("things_count") + skill.things_count)
    Skill.objects.filter(pk=skill.pk).update(things_count=0)
    return len(people)


def _moved(mine: PersonSkill, into: Skill) -> PersonSkill:
    kept = PersonSkill.objects.filter(person=mine.person_id, skill=into).first()
    if kept is None:
        mine.skill = into
        mine.save(update_fields=["skill"])
        return mine
    kept.state = min(State(kept.state), State(mine.state), key=STRONGEST.index)
    kept.save(update_fields=["state"])
    for evidence in mine.evidences.all():
        same = {"what": evidence.what, "object_type": evidence.object_type, "object_id": evidence.object_id}
        twin = kept.evidences.filter(**same).first() if evidence.object_id else None
        if twin:
            Confirmation.objects.filter(evidence=evidence).update(evidence=twin)
        else:
            Evidence.objects.filter(pk=evidence.pk).update(person_skill=kept)
    spoke = kept.confirmations.filter(withdrawn_on=None).values("confirmer")
    mine.confirmations.exclude(confirmer__in=spoke).update(person_skill=kept)
    mine.delete()
    return kept
