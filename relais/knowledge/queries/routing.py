from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from relais.knowledge.models import Contribution, Giver, Proposal, UseCase
from relais.knowledge.queries.newcomers import WELCOME_AFTER, first_case
from relais.knowledge.queries.search import close_cases
from relais.knowledge.routing import Act
from relais.knowledge.rules import WAITING
from relais.people.models import Participation, Person
from relais.skills.certification import Level

CLOSE_CASES = 25
CLOSE_ENOUGH = 0.12  # of a whole text, where the ask form looks at a title
WIDENS_AFTER = timedelta(hours=24)
REACHES_ANIMATOR_AFTER = timedelta(hours=48)
NO_LONGER_WIDENS_AFTER = timedelta(days=7)
LAPSES_AFTER = timedelta(days=14)

_ACTS = """
SELECT o.author_id, CASE WHEN c.best_id = o.id THEN 'best' WHEN o.kind = 'answer' THEN 'answer' ELSE 'content' END, c.id
FROM knowledge_contribution o JOIN knowledge_usecase c ON c.id = o.use_case_id
WHERE o.withdrawn_at IS NULL AND c.id = ANY(%s)
UNION
SELECT a.person_id, 'applied', o.use_case_id
FROM knowledge_application a JOIN knowledge_contribution o ON o.id = a.contribution_id
WHERE a.outcome = 'yes' AND o.use_case_id = ANY(%s)
UNION
SELECT m.person_id, CASE WHEN m.animator THEN 'animates' ELSE 'circle' END, NULL
FROM knowledge_circlemember m WHERE m.circle_id = %s AND m.until IS NULL AND (m.animator OR EXISTS (
    SELECT FROM knowledge_contribution o JOIN knowledge_usecase c ON c.id = o.use_case_id
    WHERE o.author_id = m.person_id AND c.circle_id = m.circle_id AND o.withdrawn_at IS NULL))
UNION
SELECT s.person_id, CASE WHEN s.level >= %s THEN 'certified' ELSE 'skilled' END, NULL
FROM skills_tag t JOIN skills_personskill s ON s.skill_id = t.skill_id AND s.state = 'shown' AND s.level > 0
WHERE t.object_type = %s AND t.object_id = %s
UNION
(SELECT m.person_id, 'circle', NULL FROM knowledge_circlemember m
WHERE %s AND m.circle_id = %s AND m.until IS NULL ORDER BY md5(m.person_id::text || %s) LIMIT 30)
"""


def acts_close_to(use_case: UseCase, *, widely: bool = False) -> list[Act]:
    """What colleagues did on close cases and in the circle of this one; `widely`, some who only follow the circle are thought of too."""
    close = close_cases(f"{use_case.title} {use_case.text}", CLOSE_CASES, besides=use_case.pk, enough=CLOSE_ENOUGH)
    about = ("usecase", use_case.pk)
    return acts_on({case.pk: case.closeness for case in close}, use_case.circle_id, about, seed=str(use_case.pk), widely=widely)


def acts_on(closeness: dict[int, float], circle: int, about: tuple[str, int], *, seed: str, widely: bool = False) -> list[Act]:
    """What colleagues did on these cases, in this circle, and show of the skills that this thing is about.

    `seed` says whom chance picks among those who only follow the circle.
    """
    with connection.cursor() as cursor:
        cases = list(closeness)
        cursor.execute(_ACTS, [cases, cases, circle, Level.CERTIFIED, *about, widely, circle, seed])
        rows = cursor.fetchall()
    return [Act(person, kind, closeness.get(case, 1.0), case) for person, kind, case in rows]


def open_proposals_of(people: set[UUID], use_case: UseCase) -> dict[UUID, int]:
    """How many proposals wait for each person who may be asked about this case; the others are left out."""
    may_be_asked = Person.objects.filter(pk__in=people, is_active=True, participation=Participation.MEMBER)
    free = may_be_asked.exclude(pk=use_case.author_id).exclude(proposals__use_case=use_case).exclude(contributions__use_case=use_case)
    return requests_waiting(free)


def requests_waiting(people: QuerySet[Person]) -> dict[UUID, int]:
    """How much is asked already of each of these people: cases and needs together."""
    cases = Count("proposals", filter=Q(proposals__state=Proposal.State.OPEN))
    waiting: dict[UUID, int] = dict(people.annotate(waiting=cases).values_list("pk", "waiting"))
    needs = Giver.objects.filter(person__in=waiting, state=Giver.State.ASKED, need__closed_at=None)
    for person, count in needs.values_list("person").annotate(Count("pk")):
        waiting[person] += count
    return waiting


def use_cases_to_widen(now: datetime) -> QuerySet[UseCase]:
    """The cases nobody answered for a day (a few hours, for a first post), and that only the first people were asked about."""
    unanswered = UseCase.objects.filter(WAITING, asked_at__gt=now - NO_LONGER_WIDENS_AFTER)
    first = Q(first_case(now)) & Q(asked_at__lte=now - WELCOME_AFTER)
    due = unanswered.filter(Q(asked_at__lte=now - WIDENS_AFTER) | first)
    return due.exclude(proposals__wave__gt=1).order_by("asked_at")


def proposals_that_lapse(now: datetime) -> QuerySet[Proposal]:
    """The proposals nobody took up: they make room for others."""
    return Proposal.objects.filter(state=Proposal.State.OPEN, made_at__lte=now - LAPSES_AFTER)


def proposal_for(person: Person, pk: int) -> Proposal | None:
    """One's own proposal."""
    return Proposal.objects.select_related("use_case").filter(person=person, pk=pk).first()


def use_case_of(kind: str, pk: int) -> UseCase:
    """The case a fact is about, whether the fact names the case or a contribution to it."""
    return UseCase.objects.get(pk=pk) if kind == "usecase" else Contribution.objects.select_related("use_case").get(pk=pk).use_case
