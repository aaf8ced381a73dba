from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core.privacy import Erasure, Privacy
from relais.people.models import Person


class QuietAct(models.Model):
    """What somebody did under a pseudonym, until the ledger is told at night: on which day, never about which case."""

    privacy = Privacy(_("To count an act under a pseudonym without tying it to its case."), 30, Erasure.DELETE, since="day")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    verb = models.CharField(max_length=60)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.verb} {self.day}"
