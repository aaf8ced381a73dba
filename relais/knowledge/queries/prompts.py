from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from relais.knowledge.models import Contribution, Need, Prompt, UseCase
from relais.knowledge.prompting import EVERY, NOT_AGAIN, Demand, Knower
from relais.knowledge.rules import WAITING
from relais.people.models import Participation, Person
from relais.skills.certification import Level
from relais.skills.models import PersonSkill, Tag

WAITS = timedelta(days=2)  # a case is first put to those who helped on close ones
LAPSES_AFTER = timedelta(days=30)
CASES_TOLD = 20


def demands(now: datetime) -> list[Demand]:
    """What waits, by skill."""
    waiting = UseCase.objects.filter(WAITING, asked_at__lte=now - WAITS)
    cases, needs = dict(waiting.values_list("pk", "asked_at")), dict(Need.objects.filter(closed_at=None).values_list("pk", "wanted_count"))
    of_skill: dict[UUID, dict[str, list[int]]] = defaultdict(lambda: {"usecase": [], "need": []})
    about = Q(object_type="usecase", object_id__in=cases) | Q(object_type="need", object_id__in=needs)
    for skill, kind, pk in Tag.objects.filter(about).values_list("skill", "object_type", "object_id"):
        of_skill[skill][kind].append(pk)
    return [_demand(skill, found["usecase"], found["need"], cases, needs) for skill, found in of_skill.items()]


def _demand(skill: UUID, asked: list[int], wished: list[int], cases: dict[int, datetime], needs: dict[int, int]) -> Demand:
    oldest = tuple(sorted(asked, key=lambda pk: (cases[pk], pk))[:CASES_TOLD])
    need = max(wished, key=lambda pk: (needs[pk], -pk), default=None)
    return Demand(skill, oldest, need, needs[need] if need else 0)


def knowers(skills: list[UUID], now: datetime) -> dict[UUID, list[Knower]]:
    """Those who may be asked about these skills: they show it, an act tells of it, and they were not asked lately."""
    lately = Prompt.objects.filter(made_at__gt=now - EVERY).values("person")
    may = Person.objects.filter(is_active=True, participation=Participation.MEMBER).exclude(pk__in=lately)
    rows = PersonSkill.objects.filter(skill__in=skills, state=PersonSkill.State.SHOWN, level__gte=Level.NOTIONS, person__in=may)
    refused = set(Prompt.objects.filter(state=Prompt.State.DECLINED, ended_at__gt=now - NOT_AGAIN).values_list("person", "skill"))
    found: dict[UUID, list[Knower]] = defaultdict(list)
    known = list(rows.values_list("person", "skill", "level"))
    theirs = _cases_of({person for person, _skill, _level in known})
    for person, skill, level in known:
        if (person, skill) not in refused:
            found[skill].append(Knower(person, level, frozenset(theirs.get(person, ()))))
    return found


def _cases_of(people: set[UUID]) -> dict[UUID, set[int]]:
    """The cases that each of these people asked or answered: nobody is asked about their own, nor twice."""
    found: dict[UUID, set[int]] = defaultdict(set)
    for person, case in UseCase.objects.filter(author__in=people).values_list("author", "pk"):
        found[person].add(case)
    for person, case in Contribution.objects.filter(author__in=people).values_list("author", "use_case"):
        found[person].add(case)
    return found


def prompts_for(person: Person) -> list[Prompt]:
    """What this person is asked to pass on."""
    rows = Prompt.objects.filter(person=person, state=Prompt.State.OPEN).select_related("skill", "use_case", "need")
    return list(rows.prefetch_related("skill__labels").order_by("made_at"))


def prompt_for(person: Person, pk: int) -> Prompt | None:
    """One's own."""
    return Prompt.objects.filter(person=person, pk=pk).select_related("skill", "use_case", "need").first()


def prompts_that_lapse(now: datetime) -> QuerySet[Prompt]:
    """Those that nobody took up for a month."""
    return Prompt.objects.filter(state=Prompt.State.OPEN, made_at__lte=now - LAPSES_AFTER)
