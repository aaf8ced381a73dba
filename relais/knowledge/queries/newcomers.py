"""First posts: whoever meets them is asked to be considerate (METHOD L3), and somebody meets them within a day (L2).

A case under a pseudonym is never told to be a first one: that would say something of its asker.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from relais.knowledge.models import Contribution, UseCase
from relais.people.models import Person

FIRST_FOR = timedelta(days=14)  # how long a post is shown as a first one
WELCOME_AFTER = timedelta(hours=4)  # when somebody is asked to meet it
NO_LONGER_NEW_AFTER = timedelta(hours=48)


def first_post(moment: str, now: datetime) -> ExpressionWrapper[Any]:
    """Whether a row is its author's first post; `moment` is the column that dates it."""
    cases = UseCase.objects.filter(author=OuterRef("author"), pseudonym=False, asked_at__lt=OuterRef(moment))
    texts = Contribution.objects.filter(author=OuterRef("author"), published_at__lt=OuterRef(moment))
    first = Q(**{f"{moment}__gt": now - FIRST_FOR}) & ~Exists(cases) & ~Exists(texts)
    return ExpressionWrapper(first, output_field=BooleanField())


def first_case(now: datetime) -> ExpressionWrapper[Any]:
    """The same for a case, never under a pseudonym."""
    return ExpressionWrapper(Q(pseudonym=False) & Q(first_post("asked_at", now)), output_field=BooleanField())


def has_posted(person: Person) -> Q:
    """Whether the person has written anything here."""
    return Q(Exists(UseCase.objects.filter(author=person))) | Q(Exists(Contribution.objects.filter(author=person)))


def cases_to_welcome(circles: Collection[int], now: datetime) -> QuerySet[UseCase]:
    """First cases of these circles that nobody has answered or said « me too » to, the longest wait first."""
    waiting = UseCase.objects.filter(withdrawn_at=None, first_answer_at=None, solved_at=None, supports_count=0, circle__in=circles)
    lately = waiting.filter(asked_at__gt=now - NO_LONGER_NEW_AFTER).filter(first_case(now))
    return lately.select_related("author", "circle").defer("situation", "need", "text", "vector").order_by("asked_at")


def texts_to_welcome(circles: Collection[int], now: datetime) -> QuerySet[Contribution]:
    """First answers and contents of these circles that nobody has applied, rated, questioned or brought forward."""
    unmet = Contribution.objects.filter(withdrawn_at=None, applications_count=0, ratings_count=0, best_of=None, reactions=None)
    lately = unmet.filter(use_case__circle__in=circles, published_at__gt=now - NO_LONGER_NEW_AFTER).filter(first_post("published_at", now))
    return lately.select_related("author", "use_case__circle").defer("body", "text", "vector").order_by("published_at")


def posted_before(person: Person) -> bool:
    """The same, for one person."""
    return Person.objects.filter(has_posted(person), pk=person.pk).exists()
