from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.people.models import Person
from relais.skills.models.vocabulary import Skill


class Tag(models.Model):
    """What something published is about (F14): the words that show it, and how sure one is. It says nothing of a person by itself."""

    privacy = Privacy(_("To find what is published by skill."), None, Erasure.NOTHING_PERSONAL)

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="tags")
    object_type = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    chance = models.FloatField()
    words = ArrayField(models.CharField(max_length=60), default=list)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object_type", "object_id", "skill"], name="tag_once")]
        indexes = [models.Index(fields=["skill", "object_type", "-at"], name="tag_of_skill")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} {self.skill_id}"


class PersonSkill(models.Model):
    """A skill that somebody's acts show. They alone say what becomes of it; nobody else sees it before they accepted (F14)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed to you")
        SHOWN = "shown", _("shown")
        KEPT = "kept", _("kept for yourself")
        REFUSED = "refused", _("not yours")

    privacy = Privacy(_("To show who can help with what, as they wish."), None, Erasure.DELETE)

    person = models.ForeignKey(Person, models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="people")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    lapses_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="person_skill_once")]
        indexes = [
            models.Index(fields=["skill", "-level"], name="person_skill_shown", condition=Q(state="shown")),
            models.Index(fields=["lapses_on"], name="person_skill_lapses", condition=Q(lapses_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.skill_id} {self.state}"


class Evidence(models.Model):
    """A dated act that a person's skill rests on (F15); `words` are those that told of the skill."""

    class What(models.TextChoices):
        PUBLISHED = "published", _("published")
        ACCEPTED = "accepted", _("solved a use case")
        APPLIED = "applied", _("was applied by a colleague, and it worked")
        RATED = "rated", _("was a workshop that colleagues rated")
        OBSERVED = "observed", _("was seen by a colleague")

    privacy = Privacy(_("To show what a skill rests on."), None, Erasure.OPAQUE)

    person_skill = models.ForeignKey(PersonSkill, models.CASCADE, related_name="evidences")
    what = models.CharField(max_length=10, choices=What)
    object_type = models.CharField(max_length=30, blank=True)
    object_id = models.BigIntegerField(null=True)
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    words = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_skill", "what", "object_type", "object_id"], condition=Q(object_id__isnull=False), name="evidence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_skill_id} {self.what} {self.on}"


class Confirmation(models.Model):
    """A colleague's voice: of something that they have seen, on a day, from the team they were in (F16)."""

    privacy = Privacy(_("To certify skills by those who saw them."), None, Erasure.OPAQUE)

    person_skill = models.ForeignKey(PersonSkill, models.CASCADE, related_name="confirmations")
    confirmer = models.ForeignKey(Person, models.PROTECT, related_name="confirmations_given")
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="confirmations")
    team = models.CharField(max_length=40)
    expert = models.BooleanField(default=False)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_skill", "confirmer"], condition=Q(withdrawn_on=None), name="confirmation_one_voice")
        ]

    def __str__(self) -> str:
        return f"{self.person_skill_id} {self.confirmer_id} {self.given_on}"


class ConfirmationRequest(models.Model):
    """« Peux-tu confirmer ? »: asked of one colleague, who may also leave it."""

    privacy = Privacy(_("To ask somebody who saw it to confirm a skill."), 90, Erasure.DELETE, since="asked_at")

    person_skill = models.ForeignKey(PersonSkill, models.CASCADE, related_name="requests")
    colleague = models.ForeignKey(Person, models.CASCADE, related_name="confirmation_requests")
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_skill", "colleague"], name="confirmation_request_once")]

    def __str__(self) -> str:
        return f"{self.person_skill_id} {self.colleague_id}"


class Contest(models.Model):
    """Its owner contests what is said of their skill; two colleagues of other teams look at it, within 15 days."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("being looked at")
        GRANTED = "granted", _("granted")
        DISMISSED = "dismissed", _("not granted")

    privacy = Privacy(_("To look again at a level that its owner contests."), 730, Erasure.OPAQUE, since="closed_at")

    person_skill = models.ForeignKey(PersonSkill, models.CASCADE, related_name="contests")
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    first = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first_says = models.BooleanField(null=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_skill"], condition=Q(outcome="open"), name="contest_one_open")]

    def __str__(self) -> str:
        return f"{self.person_skill_id} {self.outcome}"


class Panelist(models.Model):
    """Somebody whose voice counts as expert from the first day, since nobody is certified yet: named by a pilot."""

    privacy = Privacy(_("To have a first voice in a skill that nobody holds yet."), None, Erasure.DELETE)

    person = models.ForeignKey(Person, models.CASCADE, related_name="panels")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="panel")
    named_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="panelist_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.skill_id}"


class LevelChange(models.Model):
    """A level that was reached or lost, with what it rested on and the rules of that day. A trigger refuses any change."""

    privacy = Privacy(_("To keep the history of skills readable, under an opaque number."), None, Erasure.OPAQUE)

    person = models.UUIDField()
    skill = models.UUIDField()
    at = models.DateTimeField()
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    rules = models.CharField(max_length=20)
    rested_on = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["skill", "at"], name="level_change_skill"),
            models.Index(fields=["person", "skill", "at"], name="level_change_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.skill} {self.before}→{self.after}"
