from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy
from relais.knowledge.models.needs import Need
from relais.knowledge.models.use_cases import UseCase
from relais.people.models import Person
from relais.skills.models import Skill


class Prompt(models.Model):
    """What is asked for meets who knows: one invitation to pass it on, with its reason (F20). Nobody is asked twice in a fortnight."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("an answer")
        CONTENT = "content", _("a content")
        WORKSHOP = "workshop", _("a workshop")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        LATER = "later", _("later")
        DECLINED = "declined", _("no")

    privacy = Privacy(_("To ask those who know for what colleagues wait for, rarely."), 365, Erasure.DELETE, since="ended_at")

    person = models.ForeignKey(Person, models.CASCADE, related_name="prompts")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    use_case = models.ForeignKey(UseCase, models.CASCADE, null=True, related_name="+")
    need = models.ForeignKey(Need, models.CASCADE, null=True, related_name="+")
    waiting = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-made_at"], name="prompt_latest"),
            models.Index(fields=["person"], name="prompt_open", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.skill_id}"
