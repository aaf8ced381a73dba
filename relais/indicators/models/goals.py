from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy


class Goal(models.Model):
    """Where an indicator should be on a day: from which baseline, by which path, and who looks after it."""

    privacy = Privacy(_("To choose a goal and to see whether it is on its way."), None, Erasure.ANONYMISE)

    class Ending(models.TextChoices):
        REACHED = "reached", _("reached")
        CHANGED = "changed", _("changed for another")
        DROPPED = "dropped", _("dropped")

    indicator = models.CharField(max_length=60)
    definitions = models.PositiveSmallIntegerField()  # the version that measures it
    started_on = models.DateField()  # the day of the baseline
    baseline = models.FloatField()
    baseline_n = models.PositiveIntegerField(null=True)
    baseline_low = models.FloatField(null=True)
    baseline_high = models.FloatField(null=True)
    value = models.FloatField()
    deadline = models.DateField()
    path = models.JSONField()  # the value at the end of each month
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="goals")
    set_at = models.DateTimeField(default=clock.now)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["indicator"], condition=models.Q(ending=""), name="one_goal_an_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"

    @property
    def is_open(self) -> bool:
        return not self.ending


class ForecastMade(models.Model):
    """The forecast of an indicator, made on a month end: kept, so that it can be compared with what happened."""

    privacy = Privacy(_("To compare what was forecast with what happened."), None, Erasure.NOTHING_PERSONAL)

    indicator = models.CharField(max_length=60)
    made_on = models.DateField()
    definitions = models.PositiveSmallIntegerField()
    low = models.JSONField()
    middle = models.JSONField()
    high = models.JSONField()
    known = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "made_on", "definitions"], name="forecast_once")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.made_on}"
