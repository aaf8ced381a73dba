from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.circles import Circle
from relais.knowledge.models.workshops import Workshop
from relais.people.models import Person


class Need(models.Model):
    """« J'aimerais apprendre… » : what somebody would like to learn, until those who asked say that it is met (F23)."""

    privacy = Privacy(_("To bring together those who would like to learn and those who know."), None, Erasure.OPAQUE)

    author = models.ForeignKey(Person, models.PROTECT, related_name="needs")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="needs")
    title = models.CharField(max_length=160)
    why = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    workshop = models.ForeignKey(Workshop, models.SET_NULL, null=True, related_name="needs")
    closed_at = models.DateTimeField(null=True)
    met = models.BooleanField(null=True)
    wanted_count = models.PositiveIntegerField(default=1)
    sent_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, met__isnull=True) | Q(met__isnull=False), name="closed_need_says_whether_met"
            )
        ]
        indexes = [
            models.Index(fields=["circle", "-opened_at"], name="need_open", condition=Q(closed_at__isnull=True)),
            GinIndex(fields=["title"], name="need_title_trigram", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.title


class Wish(models.Model):
    """Somebody who would like to learn it too; whoever opened the need is the first."""

    privacy = Privacy(_("To know how many would like to learn the same, and tell them when they can."), None, Erasure.DELETE)

    need = models.ForeignKey(Need, models.CASCADE, related_name="wishes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="wishes")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "person"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.person_id}"


class Giver(models.Model):
    """Somebody who may know: asked because of what they did, or offering by themselves."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        OFFERED = "offered", _("can show it")
        DECLINED = "declined", _("not this time")

    privacy = Privacy(_("To ask those likely to know, never too many at once."), 365, Erasure.DELETE, since="since")

    need = models.ForeignKey(Need, models.CASCADE, related_name="givers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=20, blank=True)
    because = models.ForeignKey("knowledge.UseCase", models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "person"], name="giver_once")]
        indexes = [models.Index(fields=["person"], name="giver_asked", condition=Q(state="asked"))]

    def __str__(self) -> str:
        return f"{self.need_id} {self.person_id} {self.state}"
