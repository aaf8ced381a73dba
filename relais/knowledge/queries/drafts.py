from __future__ import annotations

from django.db.models import QuerySet

from relais.knowledge.models import Draft
from relais.people.models import Person


def draft_for(viewer: Person, place: str) -> Draft | None:
    """What the person was writing there, if anything."""
    return Draft.objects.filter(person=viewer, place=place).first()


def drafts_for(viewer: Person) -> QuerySet[Draft]:
    """Everything the person has begun and not sent, latest first."""
    return Draft.objects.filter(person=viewer).order_by("-kept_at")
