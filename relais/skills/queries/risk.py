from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Q

from relais.people.models import Person
from relais.skills.certification import Level
from relais.skills.models import PersonSkill, Skill
from relais.skills.queries.skill_map import TAKING_PART
from relais.skills.risk import Turnover, turnover

ACTIVE = timedelta(548)  # 18 months: a skill that nobody has shown since is not counted as held
YEAR = timedelta(365)


def holders(day: date) -> dict[str, set[str]]:
    """Who holds each skill: certified, shown, and an act of the last 18 months tells of it."""
    rows = PersonSkill.objects.filter(
        level__gte=Level.CERTIFIED,
        state=PersonSkill.State.SHOWN,
        skill__state=Skill.State.ACTIVE,
        person__is_active=True,
        person__participation__in=TAKING_PART,
        evidences__on__gt=day - ACTIVE,
    )
    found: dict[str, set[str]] = defaultdict(set)
    for skill, person in rows.values_list("skill", "person").distinct():
        found[str(skill)].add(str(person))
    return dict(found)


def turnover_at(day: date) -> Turnover:
    """Of those who were here within the year, the share that departed; never anybody's own chance."""
    here = Person.objects.filter(arrived_on__lte=day).filter(Q(departed_on__isnull=True) | Q(departed_on__gt=day - YEAR))
    return turnover(here.filter(departed_on__lte=day).count(), here.count())
