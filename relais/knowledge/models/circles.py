from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.people.models import Person


class Circle(models.Model):
    """A theme one joins and leaves freely."""

    privacy = Privacy(_("To gather use cases by theme."), None, Erasure.NOTHING_PERSONAL)

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class CircleMember(models.Model):
    """A person in a circle; `animator` looks after it."""

    privacy = Privacy(_("To show you what is new in the circles you chose."), 730, Erasure.DELETE, since="until")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="circles")
    animator = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "circle"], condition=Q(until__isnull=True), name="circle_member_one_open")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.circle_id}"
