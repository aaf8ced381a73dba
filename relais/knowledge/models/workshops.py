from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.circles import Circle
from relais.knowledge.models.contributions import Contribution
from relais.knowledge.models.use_cases import UseCase
from relais.people.models import Person


class Workshop(models.Model):
    """Colleagues meet at one date around what they live (F25); the dates of a series share its mark."""

    class Format(models.TextChoices):
        LONG = "long", _("Lived experience, 2 h 30")
        MEDIUM = "medium", _("Focused, 45 minutes")
        SHORT = "short", _("Quick, 20 minutes")
        FREE = "free", _("A shape of your own")

    privacy = Privacy(_("To bring colleagues together around what they live."), None, Erasure.OPAQUE)

    circle = models.ForeignKey(Circle, models.PROTECT, related_name="workshops")
    use_case = models.ForeignKey(UseCase, models.SET_NULL, null=True, related_name="workshops")
    host = models.ForeignKey(Person, models.PROTECT, related_name="workshops_led")
    co_host = models.ForeignKey(Person, models.PROTECT, null=True, related_name="workshops_co_led")
    title = models.CharField(max_length=160)
    purpose = models.TextField(blank=True)
    format = models.CharField(max_length=10, choices=Format, default=Format.MEDIUM)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    capacity = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    warm_up = models.CharField(max_length=200, blank=True)
    materials = models.TextField(blank=True)
    content = models.ForeignKey(Contribution, models.SET_NULL, null=True, related_name="told_by_workshops")
    series = models.UUIDField(null=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0)
    check_in = models.UUIDField(default=uuid.uuid4, editable=False)
    proposed_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(null=True)
    registered_count = models.PositiveSmallIntegerField(default=0)
    waiting_count = models.PositiveSmallIntegerField(default=0)
    sent_key = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="workshop_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(place="") | ~Q(link=""), name="workshop_is_somewhere"),
            models.CheckConstraint(condition=Q(registered_count__lte=F("capacity")), name="workshop_within_capacity"),
            models.UniqueConstraint(fields=["sent_key", "starts_at"], name="workshop_sent_once"),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="workshop_to_come", condition=Q(cancelled_at__isnull=True, held_at__isnull=True)),
            models.Index(fields=["circle", "starts_at"], name="workshop_circle"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def places_left(self) -> int:
        return self.capacity - self.registered_count

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def has_started(self) -> bool:
        return self.starts_at <= clock.now()


class Registration(models.Model):
    """Somebody has a place, or waits for one; afterwards: whether they came, and what it was worth to them."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("registered")
        WAITING = "waiting", _("on the waiting list")

    privacy = Privacy(_("To keep your place, and to learn whether workshops are worth the time."), 730, Erasure.DELETE, since="since")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="registrations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="registrations")
    state = models.CharField(max_length=12, choices=State)
    since = models.DateTimeField(default=clock.now)
    reply = models.CharField(max_length=500, blank=True)
    came = models.BooleanField(null=True)
    worth = models.PositiveSmallIntegerField(null=True)
    relevance = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "person"], name="registration_once"),
            models.CheckConstraint(condition=Q(worth__isnull=True) | Q(worth__range=(1, 5)), name="worth_in_range"),
            models.CheckConstraint(condition=Q(relevance__isnull=True) | Q(relevance__range=(1, 5)), name="workshop_relevance_in_range"),
            models.CheckConstraint(condition=Q(state="registered") | Q(came__isnull=True), name="who_waits_did_not_come"),
        ]
        indexes = [models.Index(fields=["workshop", "since"], name="registration_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.person_id} {self.state}"
