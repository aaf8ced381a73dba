from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core.privacy import Erasure, Privacy
from relais.people.models import Person


class ImportedObject(models.Model):
    """What one row of a source became here (people have a table of their own)."""

    privacy = Privacy(_("To bring a community's history in once, however often the import is repeated."), None, Erasure.OPAQUE)

    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "object_type", "external_id"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.object_type} {self.external_id}"


class ImportedPerson(models.Model):
    """Who a numbered author of a source is here; when they leave, somebody who has left, whose new posts stay out."""

    privacy = Privacy(_("To give what one author wrote to one person, and nothing more once they left."), None, Erasure.OPAQUE)

    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="imported_person_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"
