from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import F, Q, QuerySet, Sum

from relais.core import clock
from relais.knowledge.models import Application, Contribution, Rating, Reaction
from relais.knowledge.relevance import MEAN_WITHOUT_RATINGS
from relais.people.models import Person

PERIOD = timedelta(days=365)  # the period of the community's mean rating


def application_for(viewer: Person, pk: int) -> Application | None:
    """One's own application, with what was applied."""
    applications = Application.objects.select_related("contribution__use_case", "contribution__author")
    return applications.filter(pk=pk, person=viewer).first()


def community_mean() -> float:
    """The mean of the ratings that count over the last twelve months, computed once a day."""
    today = clock.today()
    return cache.get_or_set(f"community-mean:{today}", lambda: _mean_since(clock.now() - PERIOD), 86_400) or MEAN_WITHOUT_RATINGS


def _mean_since(moment: datetime) -> float:
    found = Rating.objects.filter(counts=True, rated_at__gte=moment).aggregate(total=Sum("score"), count=Sum(1))
    return found["total"] / found["count"] if found["count"] else MEAN_WITHOUT_RATINGS


def reactions_for(author: Person) -> QuerySet[Reaction]:
    """The remarks its authors have yet to look at, oldest first: their task, seen by nobody else."""
    mine = Contribution.objects.filter(Q(author=author) | Q(co_authors=author), withdrawn_at=None)
    reactions = Reaction.objects.filter(settled_at=None, contribution__in=mine.values("pk"))
    return reactions.select_related("contribution__use_case", "person").order_by(F("made_at"))


def reaction_for(author: Person, pk: int) -> Reaction | None:
    """One of them."""
    return reactions_for(author).filter(pk=pk).first()
