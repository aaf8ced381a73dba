from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from relais.knowledge.models import CircleMember, Reaction, SearchMiss, UseCase
from relais.knowledge.queries.routing import REACHES_ANIMATOR_AFTER
from relais.people.models import Person

SHOWN = 20
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
