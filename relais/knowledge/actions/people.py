from __future__ import annotations

from django.db import transaction

from relais.knowledge.models import Profile
from relais.people.models import Person


@transaction.atomic
def choose_what_shows(*, passed_on: bool, learned: bool, by: Person) -> Profile:
    """Decide what colleagues see on one's own profile."""
    shown = {"shows_passed_on": passed_on, "shows_learned": learned}
    return Profile.objects.update_or_create(person=by, defaults=shown)[0]
