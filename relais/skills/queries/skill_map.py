from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from relais.people.models import Participation, Person
from relais.skills.certification import Level
from relais.skills.models import LevelChange, Panelist, PersonSkill, Skill
from relais.skills.queries.people import name_of
from relais.skills.queries.vocabulary import present_of

NEIGHBOURS = 6
MOST_PEOPLE = 60
TAKING_PART = (Participation.MEMBER, Participation.PAUSED)

_ROWS = """
WITH known AS (
    SELECT mine.skill_id, count(*) AS people, count(*) FILTER (WHERE mine.level >= %(certified)s) AS certified
    FROM skills_personskill mine JOIN people_person person ON person.id = mine.person_id
    WHERE mine.state = 'shown' AND person.is_active AND person.participation = ANY(%(here)s)
    GROUP BY mine.skill_id
), named AS (
    SELECT DISTINCT ON (skill_id) skill_id, text FROM skills_label WHERE kind = 'preferred'
    ORDER BY skill_id, language <> %(language)s
), found AS (
    SELECT DISTINCT skill_id FROM skills_label WHERE relais_plain(text) LIKE %(words)s
)
SELECT skill.id, named.text, coalesce(known.people, 0), coalesce(known.certified, 0), skill.things_count
FROM skills_skill skill JOIN named ON named.skill_id = skill.id
LEFT JOIN known ON known.skill_id = skill.id
WHERE skill.state = 'active' AND CASE WHEN %(words)s = '%%' THEN known.people > 0 OR skill.things_count > 0
    ELSE skill.id IN (SELECT skill_id FROM found) END
ORDER BY known.certified DESC NULLS LAST, known.people DESC NULLS LAST, skill.things_count DESC, named.text
"""

_NEIGHBOURS = """
SELECT other.skill_id FROM skills_tag mine
JOIN skills_tag other ON other.object_type = mine.object_type AND other.object_id = mine.object_id AND other.skill_id <> mine.skill_id
JOIN skills_skill skill ON skill.id = other.skill_id AND skill.state = 'active'
WHERE mine.skill_id = %s GROUP BY other.skill_id HAVING count(*) > 1 ORDER BY count(*) DESC, other.skill_id LIMIT %s
"""


@dataclass(frozen=True)
class Row:
    """A skill on the map: who shows it, how many of them are certified, how much was shared about it."""

    pk: UUID
    name: str
    people: int
    certified: int
    things: int


def skill_rows(language: str, words: str = "") -> list[Row]:
    """The skills that somebody shows or that something is about; with words, those that one of their names holds, shown or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relais_plain(%s)", [words.strip()])
        plain = cursor.fetchone()[0].replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        values: dict[str, Any] = {"certified": Level.CERTIFIED, "language": language, "words": f"%{plain}%" if plain else "%"}
        cursor.execute(_ROWS, values | {"here": list(TAKING_PART)})
        return [Row(*row) for row in cursor.fetchall()]


def skill_for(pk: UUID) -> Skill | None:
    """A skill with its names; one that was merged leads to the one that took its place."""
    found = Skill.objects.filter(pk=pk).prefetch_related("labels", "alignments").first()
    return found and present_of(found)


def who_shows(skill: Skill) -> list[PersonSkill]:
    """Those who show this skill and take part, certified first: nobody else."""
    rows = PersonSkill.objects.filter(
        skill=skill, state=PersonSkill.State.SHOWN, person__is_active=True, person__participation__in=TAKING_PART
    )
    found = list(rows.select_related("person__unit").order_by("-level", "answered_at")[:MOST_PEOPLE])
    for one in found:
        one.skill = skill  # at hand already, with its names
    return found


def neighbours_of(skill: Skill) -> list[Skill]:
    """Skills that the same things are about, the closest first."""
    with connection.cursor() as cursor:
        cursor.execute(_NEIGHBOURS, [skill.pk, NEIGHBOURS])
        order = [pk for (pk,) in cursor.fetchall()]
    found = {one.pk: one for one in Skill.objects.filter(pk__in=order).prefetch_related("labels")}
    return [found[pk] for pk in order]


def names_by_key(keys: Collection[UUID], language: str) -> dict[UUID, str]:
    """How these skills are called."""
    rows = Skill.objects.filter(pk__in=keys).prefetch_related("labels")
    return {row.pk: name_of(row, language) for row in rows}


def panel_of(skill: Skill) -> list[Panelist]:
    """The first experts named for it."""
    return list(Panelist.objects.filter(skill=skill).select_related("person").order_by("named_at"))


def level_history(person: Person, skill: Skill) -> QuerySet[LevelChange]:
    """The levels of a person in a skill, the latest first: for themselves."""
    return LevelChange.objects.filter(person=person.pk, skill=skill.pk).order_by("-at", "-pk")


def colleagues_named(words: str) -> Q:
    """People whose name or address holds these words."""
    return Q(name__icontains=words.strip()) | Q(email__iexact=words.strip())


def person_named(words: str) -> Person | None:
    """The one person who takes part and whose name or address this is; None when nobody or several bear it."""
    found = list(Person.objects.filter(Q(name__iexact=words.strip()) | Q(email__iexact=words.strip()), is_active=True)[:2])
    return found[0] if len(found) == 1 else None
