from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core.privacy import Erasure, Privacy


class Reference(models.Model):
    """A public list of skills, installed from its official files: ESCO, ROME, or a table of one's own."""

    privacy = Privacy(_("To align the community's skills to public lists."), None, Erasure.NOTHING_PERSONAL)

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    version = models.CharField(max_length=40, blank=True)
    notice = models.TextField(blank=True)
    installed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.title} {self.version}".strip()


class Concept(models.Model):
    """One skill of a reference. `texts` holds, a language: preferred, alternative and hidden labels, and the description."""

    privacy = Privacy(_("To align the community's skills to public lists."), None, Erasure.NOTHING_PERSONAL)

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="concepts")
    uri = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    reuse = models.CharField(max_length=60, blank=True)
    collections = models.JSONField(default=list)
    occupations = models.PositiveIntegerField(null=True)
    texts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reference", "uri"], name="concept_once")]

    def __str__(self) -> str:
        return self.uri


class Skill(models.Model):
    """A skill of the community's own vocabulary, which grows from use. It is never deleted: merged, split or hidden."""

    privacy = Privacy(_("To name what people know."), None, Erasure.NOTHING_PERSONAL)

    class State(models.TextChoices):
        ACTIVE = "active", _("in use")
        HIDDEN = "hidden", _("hidden")
        MERGED = "merged", _("merged into another")
        SPLIT = "split", _("split into several")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    created_at = models.DateTimeField()
    things_count = models.PositiveIntegerField(default=0)  # what was shared about it, by its tags

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False) | (~models.Q(state="merged") & models.Q(merged_into=None)),
                name="skill_merged_somewhere",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Label(models.Model):
    """How a skill is called in one language: one preferred name, others that are understood, and some never shown."""

    privacy = Privacy(_("To name what people know."), None, Erasure.NOTHING_PERSONAL)

    class Language(models.TextChoices):
        FR = "fr", _("French")
        EN = "en", _("English")

    class Kind(models.TextChoices):
        PREFERRED = "preferred", _("main name")
        ALTERNATIVE = "alternative", _("other name")
        HIDDEN = "hidden", _("understood, never shown")

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="labels")
    language = models.CharField(max_length=2, choices=Language)
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["skill", "language", "text"], name="label_once"),
            models.UniqueConstraint(fields=["skill", "language"], condition=models.Q(kind="preferred"), name="label_one_preferred"),
        ]

    def __str__(self) -> str:
        return self.text


class Alignment(models.Model):
    """Which concept of a public list a skill stands for; by its address, so that it outlives the list's removal."""

    privacy = Privacy(_("To align the community's skills to public lists."), None, Erasure.NOTHING_PERSONAL)

    class Relation(models.TextChoices):
        EXACT = "exact", _("the same")
        CLOSE = "close", _("close")
        BROADER = "broader", _("part of it")

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="alignments")
    uri = models.CharField(max_length=200)
    relation = models.CharField(max_length=10, choices=Relation)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["skill", "uri"], name="alignment_once")]

    def __str__(self) -> str:
        return f"{self.relation} {self.uri}"


class SkillChange(models.Model):
    """What a skill became on one day, whole. Never updated, never deleted: a trigger refuses it."""

    privacy = Privacy(_("To keep every past state of the vocabulary readable."), None, Erasure.OPAQUE)

    class What(models.TextChoices):
        ADDED = "added", _("added")
        REVISED = "revised", _("changed")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    others = models.JSONField(default=list)
    after = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["skill", "at"], name="skill_change_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.what} {self.skill_id}"
