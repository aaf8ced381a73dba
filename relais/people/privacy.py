"""What every table of the product declares, tables of libraries included, and what erasure makes of it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.core.privacy import Erasure, Privacy

_NOT_PEOPLE = Privacy(_("To run the software."), None, Erasure.NOTHING_PERSONAL)

LIBRARIES = {
    "account.emailaddress": Privacy(_("To sign you in and write to you."), None, Erasure.DELETE),
    "account.emailconfirmation": Privacy(_("To check that an address is yours."), 3, Erasure.DELETE, since="created"),
    "mfa.authenticator": Privacy(_("To sign you in with a passkey or a second factor."), None, Erasure.DELETE),
    "auth.permission": _NOT_PEOPLE,
    "auth.group": _NOT_PEOPLE,
    "auth.group_permissions": _NOT_PEOPLE,
    "contenttypes.contenttype": _NOT_PEOPLE,
    "procrastinate.procrastinatejob": Privacy(_("To do long work after the answer; mails to you go when you leave."), 30, Erasure.DELETE),
    "procrastinate.procrastinateevent": _NOT_PEOPLE,
    "procrastinate.procrastinateworker": _NOT_PEOPLE,
    "procrastinate.procrastinateperiodicdefer": _NOT_PEOPLE,
}

WITHOUT_MODEL = {
    "cache": Privacy(_("To count attempts at signing in; each row ends by itself within a day."), 1, Erasure.NOTHING_PERSONAL),
    "django_migrations": _NOT_PEOPLE,
    "procrastinate_version": _NOT_PEOPLE,
}


def declaration_for(model: type[models.Model]) -> Privacy | None:
    """What the table declares; a table that only links two others declares what the first one does."""
    owner: Any = model._meta.auto_created
    if owner:
        return declaration_for(owner)
    return LIBRARIES.get(model._meta.label_lower) or vars(model).get("privacy")


def model_of(person: models.Model) -> type[models.Model]:
    """The model of the row; a request's person is a lazy stand-in whose type is not its model."""
    return person._meta.model


def links_to(model: type[models.Model], person_model: type[models.Model]) -> list[str]:
    """The columns of a table that lead to a person."""
    return [field.name for field in model._meta.concrete_fields if field.related_model is person_model]


def erase_rows_of(person: models.Model) -> None:
    """Delete the rows that declare it, in every table that refers to this person."""
    for model in apps.get_models(include_auto_created=True):
        declared = declaration_for(model)
        if declared and declared.erasure is Erasure.DELETE:
            for link in links_to(model, model_of(person)):
                model._base_manager.filter(**{link: person}).delete()
