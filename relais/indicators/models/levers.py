from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.indicators.models.goals import Goal


class LeverVersion(models.Model):
    """What a lever became when the community changed it; the last one holds, the shipped one where there is none."""

    privacy = Privacy(_("To keep what levers were, and to change them."), None, Erasure.NOTHING_PERSONAL)

    key = models.CharField(max_length=20)
    content = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.pk}"


class LeverUse(models.Model):
    """One time a lever is pulled: what is hoped for, how it will be read, and what was read."""

    privacy = Privacy(_("To know which levers were pulled and what they did."), None, Erasure.ANONYMISE)

    lever = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    indicator = models.CharField(max_length=60)
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, related_name="uses")
    design = models.CharField(max_length=20)
    units = models.JSONField()  # the units that pull it; none named: everybody
    starts = models.JSONField()  # by unit, the week it starts in
    draw = models.JSONField(null=True)  # what the order was drawn with
    starts_on = models.DateField()
    ends_on = models.DateField()
    expected = models.FloatField()  # in share, written before the start
    record = models.JSONField(null=True)  # cells, detectable effect, estimate and verdict: what another statistician needs
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="lever_uses")
    taken_at = models.DateTimeField(default=clock.now)
    stopped_on = models.DateField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    read_on = models.DateField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.lever} {self.starts_on}"

    @property
    def is_over(self) -> bool:
        return bool(self.stopped_on or self.read_on)


class UseStep(models.Model):
    """One thing to do for a lever: by whom and until when."""

    privacy = Privacy(_("To know who does what for a lever."), None, Erasure.ANONYMISE)

    use = models.ForeignKey(LeverUse, models.CASCADE, related_name="steps")
    text = models.CharField(max_length=400)
    by = models.CharField(max_length=20)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="lever_steps")
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text
