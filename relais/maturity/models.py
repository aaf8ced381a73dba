from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.maturity.items import VERSION
from relais.people.models import Person, Unit


class Wave(models.Model):
    """The questions put to everybody at one time. Once closed it holds figures only: its answers are gone."""

    class Kind(models.TextChoices):
        WHOLE = "whole", _("the 24 sentences")
        PULSE = "pulse", _("the pulse: 8 sentences")

    privacy = Privacy(_("To know where the community starts from and how it moves: figures, about no one."), None, Erasure.NOTHING_PERSONAL)

    kind = models.CharField(max_length=10, choices=Kind)
    version = models.PositiveSmallIntegerField(default=VERSION)
    opened_on = models.DateField(default=clock.today)
    closes_on = models.DateField()
    closed_on = models.DateField(null=True)
    invited = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closed_on"], condition=Q(closed_on__isnull=True), nulls_distinct=False, name="wave_one_open")
        ]
        ordering = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.opened_on}"


class Ticket(models.Model):
    """The right to answer once. It goes as it serves, and all that are left go when the wave closes."""

    privacy = Privacy(_("To ask you once where we stand; it goes as you answer."), 30, Erasure.DELETE, since="closes_on")

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="tickets")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    group = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    closes_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "person"], name="ticket_once")]

    def __str__(self) -> str:
        return f"{self.wave_id} {self.person_id}"


class Pile(models.Model):
    """The answers of one group while a wave is open: one row for all, sorted, so that nothing tells who came when."""

    privacy = Privacy(
        _("To compute figures when a wave closes; answers bear no name, no time and no order."), None, Erasure.NOTHING_PERSONAL
    )

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="piles")
    group = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    sheets = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "group"], nulls_distinct=False, name="pile_once")]

    def __str__(self) -> str:
        return f"{self.wave_id} {self.group_id}"


class Comments(models.Model):
    """What people added to a wave, apart from their answers, sorted; read from ten answers on."""

    privacy = Privacy(_("To read what figures do not say, without knowing who says it."), 730, Erasure.NOTHING_PERSONAL, since="closes_on")

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="comments")
    texts = models.JSONField(default=list)
    closes_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.wave_id}"


class Means(models.Model):
    """Five facts about the means, told by a pilot; the last ones hold."""

    privacy = Privacy(_("To read a score beside the means there are."), None, Erasure.NOTHING_PERSONAL)

    told_on = models.DateField(default=clock.today)
    perimeter = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    animators = models.PositiveIntegerField()
    tools = models.CharField(max_length=400)
    past = models.CharField(max_length=800)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.told_on}"
