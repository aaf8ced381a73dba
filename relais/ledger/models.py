from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core.privacy import Erasure, Privacy


class Entry(models.Model):
    """One fact. Never updated, never deleted: a trigger refuses it."""

    privacy = Privacy(_("To tell what the community does and to recompute every figure."), None, Erasure.OPAQUE)

    id = models.BigAutoField(primary_key=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    unit = models.BigIntegerField(null=True)
    circle = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["occurred_at"], name="entry_occurred"),
            models.Index(fields=["recorded_at"], name="entry_recorded"),
            models.Index(fields=["actor", "occurred_at"], name="entry_actor"),
            models.Index(fields=["verb", "occurred_at"], name="entry_verb"),
            models.Index(fields=["object_type", "object_id"], name="entry_object"),
        ]

    def __str__(self) -> str:
        return f"{self.occurred_at:%Y-%m-%d} {self.verb} {self.object_type} {self.object_id}"


class Seal(models.Model):
    """A day of recording, closed: how many entries it holds, and a hash chained to the day before."""

    privacy = Privacy(_("To prove that no entry was changed, removed or slipped in."), None, Erasure.NOTHING_PERSONAL)

    day = models.DateField(primary_key=True)
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
