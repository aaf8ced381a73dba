from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.people.models import Person


class Draft(models.Model):
    """What somebody is writing in one form, kept as they type; `place` names the form (its address)."""

    privacy = Privacy(_("To lose nothing of what you type."), 90, Erasure.DELETE, since="kept_at")

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="draft_once")]

    def __str__(self) -> str:
        return self.place
