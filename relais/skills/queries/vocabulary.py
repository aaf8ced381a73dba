from __future__ import annotations

from datetime import datetime
from typing import Any

from relais.skills.models import Concept, Skill


def state_of(skill: Skill) -> dict[str, Any]:
    """The whole of a skill as history keeps it: names, alignments, and where it went."""
    return {
        "state": skill.state,
        "merged_into": str(skill.merged_into_id) if skill.merged_into_id else None,
        "split_from": str(skill.split_from_id) if skill.split_from_id else None,
        "labels": sorted([one.language, one.kind, one.text] for one in skill.labels.all()),
        "alignments": sorted([one.uri, one.relation] for one in skill.alignments.all()),
    }


def state_at(skill: Skill, moment: datetime) -> dict[str, Any] | None:
    """What the skill was at that moment; None before it existed."""
    change = skill.changes.filter(at__lte=moment).order_by("at", "pk").last()
    return dict(change.after) if change else None


def present_of(skill: Skill) -> Skill:
    """The skill that stands for this one today: where it was merged to, however many times."""
    while skill.merged_into:
        skill = skill.merged_into
    return skill


def concepts_by_uri(code: str) -> dict[str, Concept]:
    """Every concept of an installed reference."""
    return {concept.uri: concept for concept in Concept.objects.filter(reference__code=code)}
