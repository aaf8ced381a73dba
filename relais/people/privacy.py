"""What every table of the product declares, tables of libraries included, and what erasure and export make of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.fields.files import FieldFile
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from relais.core.privacy import Erasure, Privacy
from relais.ledger.models import Entry
from relais.ledger.queries import facts_about

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


def _model(person: models.Model) -> type[models.Model]:
    """The model of the row; a request's person is a lazy stand-in whose type is not its model."""
    return person._meta.model


def _links(model: type[models.Model], person_model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.related_model is person_model]


def erase_rows_of(person: models.Model) -> None:
    """Delete the rows that declare it, in every table that refers to this person."""
    for model in apps.get_models(include_auto_created=True):
        declared = declaration_for(model)
        if declared and declared.erasure is Erasure.DELETE:
            for link in _links(model, _model(person)):
                model._base_manager.filter(**{link: person}).delete()


def _rows_linked(model: type[models.Model], links: list[str], person: models.Model) -> models.QuerySet[models.Model]:
    """The rows that refer to this person by any of these columns."""
    return model._base_manager.filter(reduce(or_, (models.Q(**{link: person}) for link in links))).order_by("pk")


def _with_rows(linked: dict[str, models.QuerySet[models.Model]]) -> set[str]:
    """Which of these tables have a row, asked in one statement: most have none."""
    first, *others = [rows.order_by().values_list(models.Value(label))[:1] for label, rows in linked.items()]
    return {label for (label,) in first.union(*others, all=True)}


def rows_of(person: models.Model) -> dict[str, list[dict[str, Any]]]:
    """Every row that refers to this person, by table: the export of « mes données ».

    Colleagues of whom this person is the manager are not among them: their rows are about them alone. In a row that links
    several people, the others are left out: what one learns of them is on the pages, which may keep it from this person.
    """
    exported: dict[str, list[dict[str, Any]]] = {"people.person": [_row(person)]}
    linked = {
        model._meta.label_lower: _rows_linked(model, links, person)
        for model in apps.get_models()
        if model is not _model(person) and (links := _links(model, _model(person)))
    }
    for label in sorted(_with_rows(linked)):
        exported[label] = [_row(row, person) for row in linked[label]]
    exported[Entry._meta.label_lower] = [_row(entry) for entry in facts_about(person.pk)]
    return exported


_SECRETS = {"password", "digest", "identity_mark", "data", "vector", "session_key", "session_data", "content"}


def _row(row: models.Model, about: models.Model | None = None) -> dict[str, Any]:
    fields = [field.name for field in row._meta.fields if field.name not in _SECRETS and not (about and _names_another(row, field, about))]
    values = model_to_dict(row, fields=fields) | {name: getattr(row, name) for name in fields if not row._meta.get_field(name).is_relation}
    return {name: _plain(values[name]) for name in fields if name in values}


def _names_another(row: models.Model, field: models.Field[Any, Any], about: models.Model) -> bool:
    return field.related_model is _model(about) and getattr(row, field.attname) != about.pk


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, FieldFile) else value


@dataclass(frozen=True)
class DeclaredRows:
    """A table's rows about somebody, with what the table declares."""

    privacy: Privacy
    rows: list[dict[str, Any]]


def declared_rows_of(person: models.Model) -> list[DeclaredRows]:
    """The export of « mes données » as one reads it."""
    found = []
    for label, rows in rows_of(person).items():
        model = apps.get_model(label)
        declared = declaration_for(model) or _NOT_PEOPLE
        found.append(DeclaredRows(declared, rows))
    return found
