from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from relais.core import clock
from relais.knowledge import rules
from relais.knowledge.models import Circle, CircleMember, UseCase, Workshop
from relais.knowledge.queries.workshops import workshops_to_come
from relais.people.models import Person
from relais.people.rules import can_take_part

SHOWN = 10


def _mine(viewer: Person) -> Exists:
    return Exists(CircleMember.objects.filter(circle=OuterRef("pk"), person=viewer, until=None))


def circles_with_life(viewer: Person) -> QuerySet[Circle]:
    """Every circle, one's own first (`mine`), with how many people are in it and how many cases wait there (`members_now`, `waiting`)."""
    waiting = UseCase.objects.filter(circle=OuterRef("pk"), withdrawn_at=None, first_answer_at=None, solved_at=None)
    inside = CircleMember.objects.filter(circle=OuterRef("pk"), until=None)
    circles = Circle.objects.annotate(mine=_mine(viewer), members_now=_count(inside), waiting=_count(waiting))
    return circles.order_by(F("mine").desc(), "name")


def _count(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("circle").annotate(n=Count("pk")).values("n")), 0)


def circle_for(viewer: Person, slug: str) -> Circle | None:
    """One circle; `mine` says whether the viewer is in it."""
    return Circle.objects.annotate(mine=_mine(viewer)).filter(slug=slug).first() if can_take_part(viewer) else None


def circle_by_slug(slug: str) -> Circle | None:
    """One circle, for those who look after circles."""
    return Circle.objects.filter(slug=slug).first()


@dataclass(frozen=True)
class CircleLife:
    """What one sees of a circle: who looks after it, how many are in it, what waits, what is recent."""

    animators: list[Person]
    members: int
    workshops: list[Workshop]
    unanswered: list[UseCase]
    recent: list[UseCase]


def life_of(circle: Circle, viewer: Person) -> CircleLife:
    """The people and the cases of a circle."""
    cases = UseCase.objects.filter(rules.visible_to(viewer), circle=circle).select_related("author").order_by("-asked_at", "-pk")
    cases = cases.defer("situation", "need", "text", "vector", "author__passes_on", "author__wants_to_learn")
    waiting = Q(first_answer_at=None, solved_at=None)
    return CircleLife(
        animators_of(circle),
        _members(circle).count(),
        list(workshops_to_come(viewer, clock.now(), circle.slug)[:SHOWN]),
        list(cases.filter(waiting)[:SHOWN]),
        list(cases.exclude(waiting)[:SHOWN]),
    )


def _members(circle: Circle) -> QuerySet[CircleMember]:
    return CircleMember.objects.filter(circle=circle, until=None)


def animators_of(circle: Circle) -> list[Person]:
    """Those who look after a circle, by name."""
    animators = _members(circle).filter(animator=True).select_related("person").order_by("person__name")
    return [member.person for member in animators]


def circles_to_keep() -> list[tuple[Circle, list[Person]]]:
    """Every circle with those who look after it."""
    animators: dict[int, list[Person]] = {}
    for member in CircleMember.objects.filter(until=None, animator=True).select_related("person").order_by("person__name"):
        animators.setdefault(member.circle_id, []).append(member.person)
    return [(circle, animators.get(circle.pk, [])) for circle in Circle.objects.order_by("name")]
