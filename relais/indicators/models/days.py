from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core.privacy import Erasure, Privacy


class PersonDay(models.Model):
    """What the entries of one person on one UTC day count for: the ledger, condensed, so that a night reads only what is new."""

    privacy = Privacy(_("To take the figures without reading the whole ledger again."), None, Erasure.OPAQUE)

    pk = models.CompositePrimaryKey("day", "person")  # by day first: days come in order, and so do rows
    person = models.UUIDField()
    day = models.DateField()
    visited = models.BooleanField()
    voluntary = models.PositiveIntegerField()
    value = models.PositiveIntegerField()
    given = models.PositiveIntegerField()  # transmissions
    received = models.PositiveIntegerField()  # learning acts, closed or not
    completes_from = models.DateField(null=True)  # since when one of them is known to be a transmission or a closed learning act

    class Meta:
        indexes = [
            models.Index(fields=["person", "day"], name="person_day_voluntary", condition=models.Q(voluntary__gt=0)),
            models.Index(fields=["day", "person"], name="person_day_value", condition=models.Q(value__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.person}"


class Mark(models.Model):
    """How far the ledger has been condensed into days: one row."""

    privacy = Privacy(_("To know which facts are new."), None, Erasure.NOTHING_PERSONAL)

    last_entry = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.last_entry)
