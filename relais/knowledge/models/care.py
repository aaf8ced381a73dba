from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.contributions import Contribution
from relais.people.models import Person


class Care(models.Model):
    """Who keeps a content true, who does when they cannot, and when it is read again, however often it is viewed (F27)."""

    privacy = Privacy(_("To keep what is passed on true, and nothing without somebody who looks after it."), None, Erasure.OPAQUE)

    contribution = models.OneToOneField(Contribution, models.CASCADE, primary_key=True, related_name="care")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="looks_after")
    deputy = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    review_on = models.DateField()
    confirmed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(owner__isnull=False) | Q(deputy__isnull=True), name="deputy_stands_beside_an_owner"),
            models.CheckConstraint(condition=Q(deputy__isnull=True) | ~Q(owner=F("deputy")), name="deputy_is_somebody_else"),
        ]
        indexes = [models.Index(fields=["owner", "review_on"], name="care_owner")]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.review_on}"

    @property
    def is_due(self) -> bool:
        return self.review_on <= clock.today()
