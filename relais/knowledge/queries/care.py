from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from relais.core import clock
from relais.knowledge import rules
from relais.knowledge.models import Care, Contribution
from relais.people.models import Person


def _shown() -> QuerySet[Care]:
    found = Care.objects.filter(contribution__withdrawn_at=None, contribution__use_case__withdrawn_at=None)
    return found.select_related("contribution__use_case__circle", "owner", "deputy").defer("contribution__body", "contribution__vector")


def care_of(contribution: Contribution) -> Care | None:
    """Who looks after a content; nothing for an answer."""
    return _shown().filter(contribution=contribution).first()


def care_for(viewer: Person, pk: int) -> Care | None:
    """The same, by the number of the content, for who may read it."""
    return _shown().filter(rules.care_visible_to(viewer), pk=pk).first()


def looked_after_by(person: Person) -> list[Care]:
    """What somebody looks after or is deputy of, the first to be read again first."""
    mine = _shown().filter(owner=person) | _shown().filter(deputy=person)
    return list(mine.order_by("review_on", "pk"))


def without_owner(circles: Collection[int]) -> list[Care]:
    """The contents of these circles that nobody looks after: those who look after the circle take them over."""
    return list(_shown().filter(owner=None, contribution__use_case__circle__in=circles).order_by("review_on", "pk"))


def due_in(circles: Collection[int]) -> list[Care]:
    """The contents of these circles whose reading is due, the longest first."""
    found = _shown().filter(owner__isnull=False, review_on__lte=clock.today(), contribution__use_case__circle__in=circles)
    return list(found.order_by("review_on", "pk"))
