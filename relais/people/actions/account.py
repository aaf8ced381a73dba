from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relais.core.errors import NotAllowed, Refused
from relais.people.models import Person

_CHOSEN = ("language", "time_zone", "passes_on", "wants_to_learn")


@transaction.atomic
def describe_oneself(person: Person, *, by: Person, **chosen: Any) -> Person:
    """Change what one says of oneself, one's language and one's time zone."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if by.pk != person.pk:
        raise NotAllowed(_("Only the person can change this."))
    for name in _CHOSEN:
        if name in chosen:
            _set(person, name, chosen[name])
    person.save(update_fields=list(_CHOSEN))
    return person


def _set(person: Person, name: str, value: str) -> None:
    try:
        setattr(person, name, value.strip())
        person.clean_fields(exclude={field.name for field in Person._meta.fields} - {name})
    except ValidationError as error:
        raise Refused(error.messages[0], field=name) from error
