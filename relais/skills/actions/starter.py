from __future__ import annotations

from relais.skills.actions.vocabulary import Wording, add_skills
from relais.skills.models import Alignment, Label, Skill
from relais.skills.starter import StarterSkill, starter_skills

Kind, Relation = Label.Kind, Alignment.Relation


def add_starter_vocabulary() -> list[Skill]:
    """Give a community without any vocabulary the skills that ship with Relais; one that has its own keeps it as it is."""
    if Skill.objects.exists():
        return []
    return add_skills([_wording(skill) for skill in starter_skills()], by=None)


def _wording(skill: StarterSkill) -> Wording:
    labels = tuple(
        (language, Kind.ALTERNATIVE if place else Kind.PREFERRED, name)
        for language, names in skill.names.items()
        for place, name in enumerate(names)
    )
    return Wording(
        labels, tuple((uri, Relation.BROADER if place else Relation.CLOSE) for place, uri in enumerate(skill.closest)), skill.key
    )
