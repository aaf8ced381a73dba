from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.contributions import Contribution
from relais.people.models import Person, Unit


class Application(models.Model):
    """« Je l'ai appliqué », by whom and in which team; 14 days later: did it work, what time did it save (F13)."""

    class Outcome(models.TextChoices):
        YES = "yes", _("It worked")
        PARTLY = "partly", _("It worked in part")
        NO = "no", _("It did not work")

    class Saved(models.IntegerChoices):
        """The bands of minutes of METHOD 3.3."""

        NOTHING = 0, _("No time")
        FIVE = 5, _("About 5 minutes")
        QUARTER = 15, _("About a quarter of an hour")
        HALF_HOUR = 30, _("About half an hour")
        HOUR = 60, _("About an hour")
        TWO_HOURS = 120, _("About two hours")
        HALF_DAY = 240, _("Half a day or more")

    privacy = Privacy(_("To show what serves again, and to learn what time it saves, never per person."), None, Erasure.OPAQUE)

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, models.CASCADE, related_name="applications")
    team = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    minutes_saved = models.PositiveSmallIntegerField(choices=Saved, null=True)
    told_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "person"], name="application_once")]
        indexes = [
            models.Index(
                fields=["person", "applied_at"],
                name="application_to_tell",
                condition=Q(told_at__isnull=True, skipped_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.contribution_id}"


class Rating(models.Model):
    """How relevant a contribution was for one colleague, 1 to 5; `counts` applies the exclusions of METHOD 3.4."""

    privacy = Privacy(_("To bring forward what helps."), None, Erasure.OPAQUE)

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="ratings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="ratings")
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    rated_at = models.DateTimeField(default=clock.now)
    in_line = models.BooleanField(default=False)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "person"], name="rating_once"),
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="rating_in_range"),
        ]
        indexes = [models.Index(fields=["person", "rated_at"], name="rating_person")]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.score}"


class Reaction(models.Model):
    """A remark that asks the author to mend something: a task for the author, never a public mark."""

    class Kind(models.TextChoices):
        OUTDATED = "outdated", _("Outdated")
        INCOMPLETE = "incomplete", _("Incomplete")
        NOT_HERE = "not_here", _("Does not apply here")

    privacy = Privacy(_("To keep what is passed on true."), 365, Erasure.OPAQUE, since="settled_at")

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "person", "kind"], condition=Q(settled_at__isnull=True), name="reaction_once_open"
            )
        ]
        indexes = [models.Index(fields=["contribution"], name="reaction_open", condition=Q(settled_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.kind}"
