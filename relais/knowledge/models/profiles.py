from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core.privacy import Erasure, Privacy
from relais.people.models import Person


class Profile(models.Model):
    """What somebody lets colleagues see of what they passed on and learned; without a row, the defaults hold."""

    privacy = Privacy(_("To show on your profile what you chose, and nothing else."), None, Erasure.DELETE)

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="profile")
    shows_passed_on = models.BooleanField(default=True)
    shows_learned = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.person_id)
