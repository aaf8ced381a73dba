from __future__ import annotations

import uuid
import zoneinfo
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from relais.core import clock
from relais.core.privacy import Erasure, Privacy


class Role(models.TextChoices):
    ANIMATOR = "animator", _("animator")
    PILOT = "pilot", _("pilot")
    SPONSOR = "sponsor", _("sponsor")
    ADMINISTRATOR = "administrator", _("administrator")


class Participation(models.TextChoices):
    """The person's own choice; nobody makes it for them."""

    INVITED = "invited", _("invited")
    MEMBER = "member", _("member")
    PAUSED = "paused", _("on a pause")
    LEFT = "left", _("left")


def validate_time_zone(name: str) -> None:
    """A name of the IANA list, which the server knows."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("This time zone is not known."))


class Unit(models.Model):
    """A place in the organisation's tree."""

    privacy = Privacy(_("To know teams, so that help can cross them and figures can be read by unit."), None, Erasure.NOTHING_PERSONAL)

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_not_its_own_parent")]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody of the organisation. `id` is opaque and outlives the name; an anonymised person has no e-mail."""

    privacy = Privacy(_("To recognise you, write to you and show who can help."), None, Erasure.ANONYMISE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(null=True, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="fr", choices=[("fr", "Français"), ("en", "English")])
    time_zone = models.CharField(max_length=60, default="Europe/Paris", validators=[validate_time_zone])
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="people")
    manager = models.ForeignKey("self", models.SET_NULL, null=True, related_name="reports")
    employee_number = models.CharField(max_length=60, blank=True)
    arrived_on = models.DateField(default=clock.today)
    departed_on = models.DateField(null=True)
    participation = models.CharField(max_length=10, choices=Participation, default=Participation.INVITED)
    joined_at = models.DateTimeField(null=True)
    last_seen_on = models.DateField(null=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    passes_on = models.TextField(blank=True)
    wants_to_learn = models.TextField(blank=True)
    identity_mark = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.UniqueConstraint(fields=["employee_number"], condition=~Q(employee_number=""), name="person_number_once"),
            models.UniqueConstraint(fields=["identity_mark"], condition=~Q(identity_mark=""), name="person_mark_once"),
            models.CheckConstraint(
                condition=Q(departed_on__isnull=True) | Q(departed_on__gte=F("arrived_on")), name="person_departs_after_arriving"
            ),
        ]
        indexes = [GinIndex(fields=["name"], name="person_name_trigram", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_part(self) -> bool:
        """Whether the person chose the community (a pause keeps reading and writing, and stops being asked)."""
        return self.participation in (Participation.MEMBER, Participation.PAUSED)

    def has_role(self, role: str) -> bool:
        return role in self.roles

    @property
    def held_roles(self) -> list[Role]:
        return [Role(role) for role in self.roles]

    @property
    def given_name(self) -> str:
        """How one greets them: the first word that is not a family name in capitals."""
        words = self.name.split()
        return next((word for word in words if not word.isupper()), self.name)

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


class Membership(models.Model):
    """A person in a unit, from a day to a day; the open one says where they are now."""

    privacy = Privacy(_("To read figures by unit as units were at the time."), 730, Erasure.OPAQUE, since="until")

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until__isnull=True), name="membership_one_open"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.unit_id} {self.since}"


class Invitation(models.Model):
    """A link that lets one person in once; only a hash of its secret is kept."""

    privacy = Privacy(_("To let a colleague in the first time."), 30, Erasure.DELETE, since="expires_at")

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.expires_at}"


class Session(AbstractBaseSession):
    """A browser that is signed in; it knows whose it is, so that it closes when they leave."""

    privacy = Privacy(_("To keep you signed in."), 1, Erasure.DELETE, since="expire_date")

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store that writes these rows."""
        return import_string(f"{settings.SESSION_ENGINE}.SessionStore")  # type: ignore[no-any-return]


class Pace(models.Model):
    """How many writes a person made in the present minute and hour: never which."""

    privacy = Privacy(_("To keep the place usable when a browser or a program sends too much."), 2, Erasure.DELETE, since="hour")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    minute = models.DateTimeField()
    in_minute = models.PositiveIntegerField()
    hour = models.DateTimeField()
    in_hour = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="pace_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.in_minute}"


class PeopleFile(models.Model):
    """An HR export between its report and its application."""

    privacy = Privacy(_("To read the report of an import before it is applied."), 1, Erasure.DELETE, since="sent_at")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sent_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name
