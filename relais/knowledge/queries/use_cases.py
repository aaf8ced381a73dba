from __future__ import annotations

from enum import StrEnum

from django.db.models import Exists, F, OuterRef, QuerySet

from relais.core import clock
from relais.knowledge import rules
from relais.knowledge.models import Circle, CircleMember, Support, UseCase
from relais.knowledge.queries.newcomers import first_case, has_posted
from relais.people.models import Person


class Shelf(StrEnum):
    """The ways to look through use cases; the values are what addresses say."""

    TO_ANSWER = "a-repondre"
    SOLVED = "resolus"
    ALL = "tous"


def use_cases_for(viewer: Person, shelf: Shelf = Shelf.ALL, circle: str = "") -> QuerySet[UseCase]:
    """The cases on one shelf: to answer (mine apart, my circles first), solved (most applied first), or all, latest first."""
    cases = UseCase.objects.filter(rules.visible_to(viewer)).select_related("author", "circle")
    cases = cases.defer("situation", "need", "vector", "author__passes_on", "author__wants_to_learn")
    if circle:
        cases = cases.filter(circle__slug=circle)
    if shelf is Shelf.TO_ANSWER:
        near = Exists(CircleMember.objects.filter(circle=OuterRef("circle"), person=viewer, until=None))
        waiting = cases.filter(first_answer_at=None, solved_at=None).exclude(author=viewer)
        return waiting.annotate(near=near).order_by("-near", "-asked_at", "-pk")
    if shelf is Shelf.SOLVED:
        return cases.filter(solved_at__isnull=False).order_by("-applications_count", "-solved_at", "-pk")
    return cases.order_by("-asked_at", "-pk")


def use_case_for(viewer: Person, pk: int) -> UseCase | None:
    """One case with its asker, their team and the circle; `mine`, `supported` say what the viewer has to do with it."""
    cases = UseCase.objects.filter(rules.visible_to(viewer), pk=pk).select_related("author__unit", "circle", "solved_by")
    supported = Exists(Support.objects.filter(use_case=OuterRef("pk"), person=viewer))
    marks = {"supported": supported, "first": first_case(clock.now()), "viewer_posted": has_posted(viewer)}
    return cases.defer("vector").annotate(**marks).first()


def use_case_to_act_on(viewer: Person, pk: int) -> UseCase | None:
    """The same, with nothing around it: the action reads it again, locked."""
    return UseCase.objects.filter(rules.visible_to(viewer), pk=pk).only("pk").order_by().first()


def circles_for(viewer: Person) -> QuerySet[Circle]:
    """Every circle one may ask in, one's own first (`near`)."""
    near = Exists(CircleMember.objects.filter(circle=OuterRef("pk"), person=viewer, until=None))
    return Circle.objects.annotate(near=near).order_by(F("near").desc(), "name")
