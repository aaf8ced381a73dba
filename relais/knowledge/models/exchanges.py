from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.circles import Circle
from relais.people.models import Person


class Openness(models.Model):
    """Somebody is open to exchanges, by choice, and says to how many at a time."""

    privacy = Privacy(_("To pair you with a colleague when you wish, never more often."), None, Erasure.DELETE)

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="openness")
    capacity = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(capacity__range=(0, 5)), name="exchange_capacity_in_range")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.capacity}"


class Round(models.Model):
    """One draw of pairs, in a circle: how many pairs, how many of two teams, how many had nobody."""

    privacy = Privacy(_("To know when pairs were last drawn."), 730, Erasure.OPAQUE, since="drawn_at")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="rounds")
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(default=clock.now)
    pairs = models.PositiveSmallIntegerField(default=0)
    across = models.PositiveSmallIntegerField(default=0)
    alone = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.circle_id} {self.drawn_at:%Y-%m-%d}"


class Exchange(models.Model):
    """Two colleagues who meet with a sheet of questions: asked by one, or drawn."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("not this time")
        CLOSED = "closed", _("closed")

    privacy = Privacy(_("To let two colleagues meet; what they say of it is theirs alone."), 730, Erasure.DELETE, since="asked_at")

    asker = models.ForeignKey(Person, models.CASCADE, related_name="exchanges_asked")
    other = models.ForeignKey(Person, models.CASCADE, related_name="exchanges_received")
    round = models.ForeignKey(Round, models.SET_NULL, null=True, related_name="exchanges")
    about = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asker=F("other")), name="exchange_is_of_two"),
            models.UniqueConstraint(fields=["asker", "other"], condition=Q(state__in=["asked", "agreed"]), name="exchange_once_open"),
        ]
        indexes = [models.Index(fields=["other"], name="exchange_waiting", condition=Q(state="asked"))]

    def __str__(self) -> str:
        return f"{self.asker_id} {self.other_id} {self.state}"


class ExchangeVoice(models.Model):
    """What one of the two says at the end: whether it took place, how useful it was, and what they take from it, for the pair."""

    privacy = Privacy(_("To close an exchange; read by the two of you alone."), 730, Erasure.DELETE, since="said_at")

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    happened = models.BooleanField()
    useful = models.PositiveSmallIntegerField(null=True)
    learned = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "person"], name="exchange_voice_once"),
            models.CheckConstraint(condition=Q(useful__isnull=True) | Q(useful__range=(1, 5)), name="exchange_useful_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.exchange_id} {self.person_id}"
