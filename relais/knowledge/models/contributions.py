from __future__ import annotations

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.use_cases import UseCase
from relais.knowledge.models.vectors import search_vector
from relais.people.models import Person


class Contribution(models.Model):
    """What answers a use case: an answer, or a content that may answer others too.

    One table, because both are written, revised, applied, rated and questioned in the same way; `use_case` is never
    null, so no content exists without the use case it answers (F01).
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Answer")
        SHEET = "sheet", _("Practice sheet")
        STORY = "story", _("Story")
        CHECKLIST = "checklist", _("Checklist")
        MEDIA = "media", _("Video or file")
        LINK = "link", _("Link")

    privacy = Privacy(_("To pass on what one knows."), None, Erasure.ANONYMISE)

    kind = models.CharField(max_length=10, choices=Kind)
    use_case = models.ForeignKey(UseCase, models.PROTECT, related_name="contributions")
    also_answers = models.ManyToManyField(UseCase, related_name="other_contents", blank=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="contributions")
    co_authors = models.ManyToManyField(Person, related_name="co_contributions", blank=True)
    language = models.CharField(max_length=5, default="fr")
    title = models.CharField(max_length=160, blank=True)
    result = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    body = models.TextField()
    text = models.TextField(editable=False)
    url = models.URLField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(default=clock.now)
    revised_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    sent_key = models.UUIDField(null=True, unique=True, editable=False)
    applications_count = models.PositiveIntegerField(default=0)
    teams_count = models.PositiveIntegerField(default=0)
    ratings_count = models.PositiveIntegerField(default=0)
    ratings_sum = models.PositiveIntegerField(default=0)  # of the first ones, by fives: those a page tells of (relevance.py)
    worked_count = models.PositiveIntegerField(default=0)
    told_count = models.PositiveIntegerField(default=0)
    vector = models.GeneratedField(expression=search_vector("title", "text"), output_field=SearchVectorField(), db_persist=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind="answer") | ~Q(title=""), name="content_has_title"),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="contribution_vector"),
            GinIndex(fields=["title"], name="contribution_title_trigram", opclasses=["gin_trgm_ops"]),
            models.Index(F("published_at").desc(), name="contribution_published", condition=Q(withdrawn_at__isnull=True)),
            models.Index(fields=["author", "-published_at"], name="contribution_author"),
            models.Index(F("published_at").desc(), name="contribution_content", condition=Q(withdrawn_at__isnull=True) & ~Q(kind="answer")),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:80]

    @property
    def is_answer(self) -> bool:
        return self.kind == self.Kind.ANSWER


class Version(models.Model):
    """What a contribution said before it was revised."""

    privacy = Privacy(_("To show what changed, when, and to be able to go back."), None, Erasure.OPAQUE)

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160, blank=True)
    result = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.contribution_id} v{self.number}"


class Attachment(models.Model):
    """A picture or file someone joined; pictures are re-encoded and stripped of their metadata before they are kept."""

    privacy = Privacy(_("To illustrate what is passed on."), None, Erasure.OPAQUE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    contribution = models.ForeignKey(Contribution, models.SET_NULL, null=True, related_name="attachments")
    file = models.FileField(upload_to="joined/%Y/%m/")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    joined_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name
