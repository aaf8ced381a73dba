from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.use_cases import UseCase
from relais.people.models import Person


class QuietAct(models.Model):
    """What somebody did under a pseudonym, until the ledger is told at night: on which day, never about which case."""

    privacy = Privacy(_("To count an act under a pseudonym without tying it to its case."), 30, Erasure.DELETE, since="day")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    verb = models.CharField(max_length=60)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.verb} {self.day}"


class Reveal(models.Model):
    """A request to know who asked a case: one key asks with a reason, another one grants or refuses; both learn the name, nobody else."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for the second key")
        GRANTED = "granted", _("lifted")
        REFUSED = "refused", _("refused")
        LAPSED = "lapsed", _("lapsed, without a second key")

    privacy = Privacy(_("To tell you who lifted your pseudonym, when and why."), 730, Erasure.OPAQUE, since="asked_at")

    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="reveals")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    asked_at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["use_case"], condition=Q(state="open"), name="reveal_one_open"),
            models.CheckConstraint(condition=~Q(asked_by=F("answered_by")), name="reveal_two_people"),
            models.CheckConstraint(
                condition=Q(state__in=("open", "lapsed"), answered_by__isnull=True, answered_at__isnull=True)
                | Q(state__in=("granted", "refused"), answered_by__isnull=False, answered_at__isnull=False),
                name="reveal_answered_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reveal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.use_case_id} {self.state}"
