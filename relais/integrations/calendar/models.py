from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.people.models import Person


class Feed(models.Model):
    """Somebody's private calendar address; only a hash of its secret is kept."""

    privacy = Privacy(_("To show your workshops in your own calendar."), None, Erasure.DELETE)

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    circles = models.BooleanField(default=True)
    opened_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.person_id)
