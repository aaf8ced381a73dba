from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import F, Q, QuerySet, Sum

from relais.core import clock
from relais.knowledge.models import Application, Contribution, Rating, Reaction
from relais.knowledge.relevance import MEAN_WITHOUT_RATINGS
from relais.people.models import Person
from relais.people.rules import may_be_asked

TELL_AFTER = timedelta(days=14)  # METHOD 3.3: asked at D+14
ASK_EVERY = timedelta(days=7)  # at most one question a week for each person
PERIOD = timedelta(days=365)  # the period of the community's mean rating


def applications_to_tell(viewer: Person, now: datetime) -> list[Application]:
    """What this person may be asked about now: did it work? The oldest one, and none within a week of the last."""
    mine = Application.objects.filter(person=viewer)
    asked_lately = mine.filter(Q(told_at__gt=now - ASK_EVERY) | Q(skipped_at__gt=now - ASK_EVERY))
    if not may_be_asked(viewer) or asked_lately.exists():
        return []
    waiting = mine.filter(told_at=None, skipped_at=None, applied_at__lte=now - TELL_AFTER, contribution__withdrawn_at=None)
    return list(waiting.select_related("contribution__use_case", "contribution__author").order_by("applied_at")[:1])


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
