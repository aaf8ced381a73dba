from __future__ import annotations

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.people.models import Person
from relais.studio.kinds import AT_ONCE
from relais.studio.pace import Pace

KEPT_DAYS = 60


def at_once_by_default() -> list[str]:
    """The kinds somebody is written to about without waiting, until they choose."""
    return list(AT_ONCE)


class Notice(models.Model):
    """A fact concerns somebody: they find it in the page, and in one mail at most. It holds no words: the page makes them."""

    privacy = Privacy(_("To tell you what concerns you."), KEPT_DAYS, Erasure.DELETE, since="made_at")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    entry = models.BigIntegerField()
    kind = models.CharField(max_length=10)  # the name of one of KINDS
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "entry"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="notice_latest"),
            models.Index(fields=["person"], name="notice_to_mail", condition=Q(mailed_at=None, read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.object_type} {self.object_id}"


class Choice(models.Model):
    """What somebody wishes to be written about, how often, and when never."""

    privacy = Privacy(_("To write to you as you chose."), None, Erasure.DELETE)

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    at_once = ArrayField(models.CharField(max_length=10), default=at_once_by_default, blank=True)
    digest_on = models.PositiveSmallIntegerField(null=True, default=0)
    most = models.PositiveSmallIntegerField(default=2)
    quiet_from = models.TimeField(default=time(19))
    quiet_until = models.TimeField(default=time(8))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(digest_on=None) | Q(digest_on__lte=6), name="choice_weekday")]

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def pace(self) -> Pace:
        return Pace(self.most, self.digest_on, self.quiet_from, self.quiet_until)


class Letter(models.Model):
    """Somebody was written to; the key says about what, so that it happens once."""

    privacy = Privacy(_("To never write to you twice about the same thing, nor more often than you chose."), 90, Erasure.DELETE, since="at")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    counted = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="letter_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"
