from __future__ import annotations

from typing import Any

from django.db import transaction

from relais.core import clock
from relais.knowledge.models import Draft
from relais.people.models import Person


@transaction.atomic
def keep_draft(place: str, fields: dict[str, Any], *, by: Person) -> Draft:
    """Keep what somebody is typing in the form at `place`."""
    return Draft.objects.update_or_create(person=by, place=place[:120], defaults={"fields": fields, "kept_at": clock.now()})[0]


@transaction.atomic
def drop_draft(place: str, *, by: Person) -> None:
    """The form was sent, or the person starts again."""
    Draft.objects.filter(person=by, place=place[:120]).delete()
