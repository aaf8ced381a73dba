from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.circles import Circle
from relais.knowledge.models.vectors import search_vector
from relais.people.models import Person


class UseCase(models.Model):
    """A concrete situation, what is needed, for whom, and whose satisfaction it serves (F01)."""

    privacy = Privacy(_("To let colleagues answer a concrete situation."), None, Erasure.ANONYMISE)

    author = models.ForeignKey(Person, models.PROTECT, related_name="use_cases")
    pseudonym = models.BooleanField(default=False)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="use_cases")
    language = models.CharField(max_length=5, default="fr")
    title = models.CharField(max_length=160)
    situation = models.TextField()
    need = models.TextField()
    audience = models.CharField(max_length=120, blank=True)
    text = models.TextField(editable=False)
    for_customers = models.BooleanField(default=False)
    for_employees = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=clock.now)
    revised_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    sent_key = models.UUIDField(null=True, unique=True, editable=False)
    first_answer_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    solved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    best = models.ForeignKey("knowledge.Contribution", models.SET_NULL, null=True, related_name="best_of")
    supports_count = models.PositiveIntegerField(default=0)
    answers_count = models.PositiveIntegerField(default=0)
    contents_count = models.PositiveIntegerField(default=0)
    applications_count = models.PositiveIntegerField(default=0)
    teams_count = models.PositiveIntegerField(default=0)
    vector = models.GeneratedField(expression=search_vector("title", "text"), output_field=SearchVectorField(), db_persist=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(for_customers=True) | Q(for_employees=True), name="use_case_serves_somebody"),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="use_case_vector"),
            GinIndex(fields=["title"], name="use_case_title_trigram", opclasses=["gin_trgm_ops"]),
            models.Index(F("asked_at").desc(), name="use_case_asked", condition=Q(withdrawn_at__isnull=True)),
            models.Index(fields=["circle", "-asked_at"], name="use_case_circle", condition=Q(withdrawn_at__isnull=True)),
            models.Index(
                fields=["circle", "-asked_at"],
                name="use_case_waiting",
                condition=Q(withdrawn_at__isnull=True, first_answer_at__isnull=True, solved_at__isnull=True),
            ),
            models.Index(
                fields=["asked_at"],
                name="use_case_unanswered",
                condition=Q(withdrawn_at__isnull=True, first_answer_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Support(models.Model):
    """« Moi aussi » : somebody else who has the same use case."""

    privacy = Privacy(_("To know how many have the same need, and to tell them when it is solved."), None, Erasure.OPAQUE)

    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, models.CASCADE, related_name="supports")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["use_case", "person"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.use_case_id}"


class Proposal(models.Model):
    """A use case shown to a colleague likely to know (F21); the reason is told to them."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        DECLINED = "declined", _("declined")
        CLOSED = "closed", _("closed")

    privacy = Privacy(_("To ask those likely to know, never too many at once."), 365, Erasure.DELETE, since="ended_at")

    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="proposals")
    person = models.ForeignKey(Person, models.CASCADE, related_name="proposals")
    reason = models.CharField(max_length=20)
    because = models.ForeignKey(UseCase, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    wave = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["use_case", "person"], name="proposal_once")]
        indexes = [models.Index(fields=["person"], name="proposal_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.use_case_id} {self.person_id} {self.state}"
