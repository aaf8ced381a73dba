from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from relais.knowledge.models import CircleMember, Reaction, SearchMiss, UseCase
from relais.knowledge.queries.routing import REACHES_ANIMATOR_AFTER
from relais.people.models import Person

SHOWN = 20
NEWCOMER_FOR = timedelta(days=30)
REMARK_WAITS_AFTER = timedelta(days=14)


def animated_by(person: Person) -> list[int]:
    """The circles this person looks after."""
    return list(CircleMember.objects.filter(person=person, until=None, animator=True).values_list("circle_id", flat=True))


def _unanswered_in(circles: Collection[int]) -> QuerySet[UseCase]:
    cases = UseCase.objects.filter(circle__in=circles, withdrawn_at=None, first_answer_at=None, solved_at=None)
    return cases.select_related("author", "circle").defer("situation", "need", "text", "vector").order_by("asked_at")


def unanswered_for_two_days(circles: Collection[int], now: datetime) -> QuerySet[UseCase]:
    """The cases that the animator sees from the 48th hour on, the longest wait first."""
    return _unanswered_in(circles).filter(asked_at__lte=now - REACHES_ANIMATOR_AFTER)


def newcomers_waiting(circles: Collection[int], now: datetime) -> QuerySet[UseCase]:
    """First cases of people who joined lately and whom nobody has answered yet (METHOD L2: a first reply within a day).

    A case under a pseudonym is never among them: it would say that its asker is new.
    """
    cases = _unanswered_in(circles).filter(
        pseudonym=False, author__joined_at__gt=now - NEWCOMER_FOR, asked_at__gt=now - REACHES_ANIMATOR_AFTER
    )
    earlier = UseCase.objects.filter(
        pseudonym=False, author=OuterRef("author"), asked_at__lt=OuterRef("asked_at"), first_answer_at__isnull=False
    )
    return cases.exclude(Exists(earlier))


def searches_in_vain() -> QuerySet[SearchMiss]:
    """What was searched in vain, the most wanted first."""
    return SearchMiss.objects.order_by("-times", "-last_at")


def search_miss(pk: int) -> SearchMiss | None:
    """One of them."""
    return SearchMiss.objects.filter(pk=pk).first()


def remarks_waiting(circles: Collection[int], now: datetime) -> list[dict[str, Any]]:
    """How many contents of each circle have had an open remark for two weeks; never whose."""
    waiting = Reaction.objects.filter(settled_at=None, made_at__lte=now - REMARK_WAITS_AFTER, contribution__withdrawn_at=None)
    here = waiting.filter(contribution__use_case__circle__in=circles)
    rows = here.values("contribution__use_case__circle__name").annotate(count=Count("contribution", distinct=True))
    return [{"circle": row["contribution__use_case__circle__name"], "count": row["count"]} for row in rows.order_by("-count")]
