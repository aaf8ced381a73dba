"""The level of a person's skill, by the rules in force; every change is kept for ever (F15, F16, F17)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from relais.core import clock
from relais.ledger.actions import record
from relais.skills import events
from relais.skills.certification import RULES, Assessment, Level, assess
from relais.skills.models import LevelChange, PersonSkill
from relais.skills.queries.people import holder_of, lapsing, transmissions_of, voices_on


@transaction.atomic
def reassess(person_skill: PersonSkill) -> Assessment:
    """Work out the level again; what changed is written down with what it rested on. A refused skill has none."""
    mine = PersonSkill.objects.select_for_update(of=("self",)).select_related("person", "skill").get(pk=person_skill.pk)
    found = assessment_of(mine)
    level = Level.NONE if mine.state == PersonSkill.State.REFUSED else found.level
    if (level, found.lapses_on) != (mine.level, mine.lapses_on):
        _keep(mine, level, found)
    return found


def assessment_of(mine: PersonSkill) -> Assessment:
    """Where the skill stands today, and what is missing."""
    return assess(holder_of(mine, transmissions_of(mine)), voices_on(mine), clock.today())


def _keep(mine: PersonSkill, level: Level, found: Assessment) -> None:
    before, mine.level, mine.lapses_on = mine.level, level, found.lapses_on
    mine.save(update_fields=["level", "lapses_on"])
    if before == level:
        return
    told = {"weight": round(found.weight, 2), "teams": found.teams, "evidences": sorted(mine.evidences.values_list("pk", flat=True))}
    LevelChange.objects.create(
        person=mine.person_id, skill=mine.skill_id, at=clock.now(), before=before, after=level, rules=RULES.version, rested_on=told
    )
    payload = {"skill": str(mine.skill_id), "person": str(mine.person_id), "before": before, "after": int(level)}
    record(events.LEVEL_CHANGED, by=None, about=mine, payload=payload)


def reassess_lapsed(day: date) -> int:
    """Levels whose voices are no longer heard: « à confirmer de nouveau », nothing is deleted. Says how many were looked at."""
    rows = list(lapsing(day))
    for row in rows:
        reassess(row)
    return len(rows)
