from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.circles import Circle
from relais.people.models import Person


class Ruling(models.Model):
    """What a moderator decided about something, with reasons; its author may appeal once, and two others then judge."""

    class Decision(models.TextChoices):
        KEEP = "keep", _("Left as it is")
        AMEND = "amend", _("Its author is asked to change it")
        HIDE = "hide", _("Withheld")
        RESTORE = "restore", _("Shown again")

    class Verdict(models.TextChoices):
        UPHELD = "upheld", _("The decision stands")
        OVERTURNED = "overturned", _("The decision falls")

    privacy = Privacy(_("To give reasons for what is decided, and to let an author appeal."), 730, Erasure.OPAQUE, since="made_at")

    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision)
    reasons = models.CharField(max_length=2000)
    made_at = models.DateTimeField(default=clock.now)
    was_best = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)
    appeal = models.CharField(max_length=2000, blank=True)
    appealed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="ruling_has_reasons"),
            models.CheckConstraint(
                condition=Q(appeal="", appealed_at__isnull=True) | (~Q(appeal="") & Q(appealed_at__isnull=False)),
                name="ruling_appeal_in_words",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", closed_at__isnull=True) | (~Q(verdict="") & Q(closed_at__isnull=False, appealed_at__isnull=False)),
                name="ruling_verdict_on_appeal",
            ),
        ]
        indexes = [models.Index(fields=["object_type", "object_id"], name="ruling_object")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} {self.decision}"


class Report(models.Model):
    """Somebody says that something breaks the charter; the author never learns who."""

    class Kind(models.TextChoices):
        UNKIND = "unkind", _("It hurts or belittles somebody")
        PERSONAL = "personal", _("It exposes somebody’s private life")
        SECRET = "secret", _("It tells what must stay confidential")
        DANGEROUS = "dangerous", _("Following it could do harm")
        ASTRAY = "astray", _("It has no place here: advertising, off topic")
        OTHER = "other", _("Something else")

    privacy = Privacy(_("To hear what hurts or endangers somebody, and to look at it."), 730, Erasure.OPAQUE, since="made_at")

    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="reports_made")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    ruling = models.ForeignKey(Ruling, models.SET_NULL, null=True, related_name="reports")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "person"], condition=Q(ruling__isnull=True), name="report_once_open"
            )
        ]
        indexes = [models.Index(fields=["circle"], name="report_open", condition=Q(ruling__isnull=True))]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} {self.kind}"


class Voice(models.Model):
    """What one of the two who judge an appeal thinks; neither reads the other's before both have spoken."""

    privacy = Privacy(_("To have an appeal judged by people who took no part in the decision."), 730, Erasure.OPAQUE, since="given_at")

    ruling = models.ForeignKey(Ruling, models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    upholds = models.BooleanField()
    reasons = models.CharField(max_length=2000)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ruling", "person"], name="voice_once"),
            models.CheckConstraint(condition=~Q(reasons=""), name="voice_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.ruling_id} {'upholds' if self.upholds else 'overturns'}"
