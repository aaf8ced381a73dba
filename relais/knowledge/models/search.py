from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy


class Synonym(models.Model):
    """Words that mean the same here: « BL », « bon de livraison »."""

    privacy = Privacy(_("To find with the words of the house."), None, Erasure.NOTHING_PERSONAL)

    words = ArrayField(models.CharField(max_length=60))

    def __str__(self) -> str:
        return " = ".join(self.words)


class SearchMiss(models.Model):
    """Words that found nothing: a need nobody has written yet. Who searched is not kept."""

    privacy = Privacy(_("To hear needs that nobody has written yet."), 365, Erasure.NOTHING_PERSONAL, since="last_at")

    words = models.CharField(max_length=120, unique=True)
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.words


class Word(models.Model):
    """A word written somewhere, without its accents: what a typing slip is mended with."""

    privacy = Privacy(_("To understand a search in spite of typing slips."), None, Erasure.NOTHING_PERSONAL)

    word = models.CharField(max_length=30, unique=True)

    def __str__(self) -> str:
        return self.word
