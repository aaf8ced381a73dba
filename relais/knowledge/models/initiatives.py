from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.circles import Circle
from relais.knowledge.models.contributions import Contribution
from relais.knowledge.models.use_cases import UseCase
from relais.knowledge.models.workshops import Workshop
from relais.people.models import Person, Unit


def no_answers() -> list[int]:
    """A pulse that nobody has answered: how many gave 1, 2, 3, 4 and 5."""
    return [0, 0, 0, 0, 0]


class Initiative(models.Model):
    """What some decide to undertake together (F02, F03): legitimate once it serves customers or colleagues, and measures it."""

    class Origin(models.TextChoices):
        TOP_DOWN = "top_down", _("from the management")
        BOTTOM_UP = "bottom_up", _("from the field")
        ACROSS = "across", _("between teams")

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        PROPOSED = "proposed", _("waiting for a decision")
        LAUNCHED = "launched", _("under way")
        REFUSED = "refused", _("refused, with its reason")
        ENDED = "ended", _("ended")

    privacy = Privacy(_("To undertake together what serves customers or colleagues."), None, Erasure.OPAQUE)

    author = models.ForeignKey(Person, models.PROTECT, related_name="initiatives")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="initiatives")
    origin = models.CharField(max_length=10, choices=Origin)
    title = models.CharField(max_length=160)
    what = models.TextField()
    for_customers = models.BooleanField(default=False)
    for_employees = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opened_at = models.DateTimeField(default=clock.now)
    proposed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=600, blank=True)
    ended_at = models.DateTimeField(null=True)
    use_cases = models.ManyToManyField(UseCase, related_name="initiatives", blank=True)
    contents = models.ManyToManyField(Contribution, related_name="initiatives", blank=True)
    workshops = models.ManyToManyField(Workshop, related_name="initiatives", blank=True)
    sent_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(for_customers=True) | Q(for_employees=True), name="initiative_serves_somebody"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="refusal_has_its_reason"),
        ]
        indexes = [models.Index(fields=["state", "-opened_at"], name="initiative_state")]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """Somebody who takes part in an initiative, by choice."""

    privacy = Privacy(_("To know who undertakes it with you."), None, Erasure.DELETE)

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "person"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.person_id}"


class Indicator(models.Model):
    """What an initiative wants to move: where it starts from, and in which direction."""

    class Direction(models.TextChoices):
        UP = "up", _("should rise")
        DOWN = "down", _("should fall")

    privacy = Privacy(_("To see whether an initiative serves."), None, Erasure.NOTHING_PERSONAL)

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="indicators")
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=5, choices=Direction, default=Direction.UP)
    baseline = models.DecimalField(max_digits=14, decimal_places=3)
    baseline_on = models.DateField()

    def __str__(self) -> str:
        return self.name


class Measure(models.Model):
    """One value on one day, of everybody or of one unit; `n` is how many answers stand behind it, when it has answers."""

    privacy = Privacy(_("To see whether an initiative serves; never about one person."), None, Erasure.NOTHING_PERSONAL)

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measures")
    on = models.DateField()
    of = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(max_digits=14, decimal_places=3)
    n = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "on", "of"], name="measure_once", nulls_distinct=False)]
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.on}"


class Pulse(models.Model):
    """One question, from 1 to 5, to those who take part: only how many gave each score is kept, never who gave which."""

    privacy = Privacy(_("To ask how satisfied people are, without knowing who says what."), None, Erasure.NOTHING_PERSONAL)

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="pulses")
    question = models.CharField(max_length=200)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    answers = ArrayField(models.PositiveIntegerField(), size=5, default=no_answers)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator"], condition=Q(closed_at__isnull=True), name="pulse_one_open")]

    def __str__(self) -> str:
        return self.question


class PulseVoice(models.Model):
    """Somebody has answered, which answer is not kept; it goes when the pulse closes."""

    privacy = Privacy(_("To ask you once."), 90, Erasure.DELETE, since="day")

    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.DateField(default=clock.today)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pulse", "person"], name="pulse_voice_once")]

    def __str__(self) -> str:
        return f"{self.pulse_id} {self.person_id}"
