"""What the community asks and shares about each skill: demand beside supply (F18, F20)."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from relais.knowledge import rules
from relais.knowledge.models import Contribution, Need, UseCase
from relais.people.models import Person
from relais.skills.models import Skill, Tag

MOST = 8

_DEMAND = """
SELECT tag.skill_id, count(*) FROM (
    SELECT 'usecase' AS kind, id FROM knowledge_usecase WHERE withdrawn_at IS NULL AND first_answer_at IS NULL AND solved_at IS NULL
    UNION ALL
    SELECT 'need', id FROM knowledge_need WHERE closed_at IS NULL
) waiting JOIN skills_tag tag ON tag.object_type = waiting.kind AND tag.object_id = waiting.id
GROUP BY tag.skill_id
"""


def demand_by_skill() -> dict[UUID, int]:
    """How many cases without an answer and open needs are about each skill."""
    with connection.cursor() as cursor:
        cursor.execute(_DEMAND)
        return dict(cursor.fetchall())


def _about(skill: Skill, kind: str) -> list[int]:
    return list(Tag.objects.filter(skill=skill, object_type=kind).order_by("-at", "-pk").values_list("object_id", flat=True)[:200])


def shared_about(viewer: Person, skill: Skill) -> list[Contribution]:
    """What was shared about a skill, what helped most first."""
    rows = (
        Contribution.objects.filter(pk__in=_about(skill, "contribution"), use_case__withdrawn_at=None)
        .filter(rules.visible_to(viewer))
        .select_related("use_case", "author")
    )
    return list(rows.order_by("-applications_count", "-published_at")[:MOST])


def cases_waiting_about(viewer: Person, skill: Skill) -> list[UseCase]:
    """Cases about a skill that nobody has answered, the oldest first."""
    rows = UseCase.objects.filter(rules.visible_to(viewer), rules.WAITING, pk__in=_about(skill, "usecase"))
    return list(rows.order_by("asked_at")[:MOST])


def needs_open_about(viewer: Person, skill: Skill) -> list[Need]:
    """What colleagues would like to learn about it."""
    rows = Need.objects.filter(rules.needs_visible_to(viewer), pk__in=_about(skill, "need"), closed_at=None)
    return list(rows.order_by("-wanted_count")[:MOST])
