from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy


class Snapshot(models.Model):
    """The figures of one day, for the whole perimeter (`unit` 0) or one unit, under one version of the definitions."""

    privacy = Privacy(_("To show where the community stands, at once."), None, Erasure.NOTHING_PERSONAL)

    WHOLE = 0
    NOWHERE = -1  # people without a unit

    at = models.DateField()
    unit = models.BigIntegerField(default=0)
    definitions = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    taken_at = models.DateTimeField(default=clock.recorded)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["at", "unit", "definitions"], name="snapshot_once")]

    def __str__(self) -> str:
        return f"{self.at} {self.unit}"


class Picture(models.Model):
    """A chart, drawn once by a job, shown many times."""

    privacy = Privacy(_("To show figures as pictures."), None, Erasure.NOTHING_PERSONAL)

    name = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    svg = models.TextField()
    drawn_at = models.DateTimeField(default=clock.recorded)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="picture_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.language}"
