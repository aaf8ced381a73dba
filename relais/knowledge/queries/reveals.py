from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from relais.knowledge import rules
from relais.knowledge.models import Reveal, UseCase
from relais.people.models import Person

SECOND_KEY_WITHIN = timedelta(days=7)
SHOWN = 30


def reveals_that_lapse(now: datetime) -> QuerySet[Reveal]:
    """The requests that no second key came for."""
    return Reveal.objects.filter(state=Reveal.State.OPEN, asked_at__lte=now - SECOND_KEY_WITHIN)


def _reveals() -> QuerySet[Reveal]:
    return Reveal.objects.select_related("use_case__circle", "asked_by", "answered_by").order_by("-asked_at", "-pk")


def reveals_for(holder: Person) -> list[Reveal]:
    """The requests, latest first, for those who hold a key."""
    return list(_reveals()[:SHOWN]) if rules.can_hold_key(holder) else []


def reveal_for(holder: Person, pk: int) -> Reveal | None:
    """One of them."""
    return _reveals().filter(pk=pk).first() if rules.can_hold_key(holder) else None


def name_behind(holder: Person, reveal: Reveal) -> Person | None:
    """Who asked, for the two who lifted the pseudonym."""
    return Person.objects.filter(pk=reveal.use_case.author_id).first() if rules.knows_asker(holder, reveal) else None


def case_to_reveal(holder: Person, pk: int) -> UseCase | None:
    """A case under a pseudonym, for those who hold a key, whether or not they take part."""
    cases = UseCase.objects.filter(pseudonym=True, pk=pk).select_related("circle")
    return cases.first() if rules.can_hold_key(holder) else None


def reveals_told_to(asker: Person, use_case: UseCase) -> list[Reveal]:
    """What the asker is told of their own pseudonym: who asked, why, and what came of it."""
    return list(_reveals().filter(use_case=use_case)) if rules.is_asker_under_pseudonym(asker, use_case) else []
