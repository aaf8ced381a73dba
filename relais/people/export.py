"""Everything kept about one person: the export of « mes données », for another program and to read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relais.core.privacy import Erasure, Privacy
from relais.ledger.models import Entry
from relais.ledger.queries import facts_about
from relais.people.privacy import declaration_for, links_to, model_of

LEFT_OUT: dict[str, str | Promise] = {
    "procrastinate.procrastinatejob": _("Mails on their way to you: you have them, and some of them sign their reader in."),
    "account.emailconfirmation": _("The key that confirms an address: it went to that address, and to nobody else."),
}
_SECRETS = {"password", "digest", "identity_mark", "data", "vector", "session_key", "session_data"}


@dataclass(frozen=True)
class Kept:
    """A table's rows about somebody, with what the table declares."""

    model: type[models.Model]
    privacy: Privacy
    rows: list[dict[str, Any]]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


def kept_about(person: models.Model) -> list[Kept]:
    """Every row that refers to this person, table by table.

    Colleagues of whom this person is the manager are not among them: their rows are about them alone. In a row that links
    several people, the others are left out: what one learns of them is on the pages, which may keep it from this person.
    """
    linked = {
        model: _rows_linked(model, links, person)
        for model in apps.get_models(include_auto_created=True)
        if model is not model_of(person) and (links := links_to(model, model_of(person)))
    }
    present = _with_rows({model._meta.label_lower: rows for model, rows in linked.items()})
    found = {model_of(person): [_row(person, person)]}
    found |= {model: [_row(row, person) for row in linked[model]] for model in _by_label(linked) if model._meta.label_lower in present}
    found[Entry] = [_fact(entry, person) for entry in facts_about(person.pk)]
    return [Kept(model, declared, rows) for model, rows in found.items() if (declared := declaration_for(model))]


def rows_of(person: models.Model) -> dict[str, list[dict[str, Any]]]:
    """The same, as another program reads it."""
    return {kept.label: kept.rows for kept in kept_about(person)}


def _by_label(found: dict[type[models.Model], Any]) -> list[type[models.Model]]:
    return sorted(found, key=lambda model: model._meta.label_lower)


def _rows_linked(model: type[models.Model], links: list[str], person: models.Model) -> models.QuerySet[models.Model]:
    """The rows that refer to this person by any of these columns."""
    return model._base_manager.filter(reduce(or_, (models.Q(**{link: person}) for link in links))).order_by("pk")


def _with_rows(linked: dict[str, models.QuerySet[models.Model]]) -> set[str]:
    """Which of these tables have a row, asked in one statement: most have none."""
    first, *others = [rows.order_by().values_list(models.Value(label))[:1] for label, rows in linked.items()]
    return {label for (label,) in first.union(*others, all=True)}


def _row(row: models.Model, about: models.Model) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if not (_is_secret(field) or _names_another(row, field, about))]
    return {field.name: _plain(getattr(row, field.attname)) for field in fields}


def _fact(entry: Entry, about: models.Model) -> dict[str, Any]:
    """A fact, without who did it when somebody else did."""
    told = _row(entry, about)
    return told if entry.actor == about.pk else told | {"actor": None}


def _is_secret(field: models.Field[Any, Any]) -> bool:
    """What signs somebody in, what only machines read, and whole files (an HR export is about everybody)."""
    return field.name in _SECRETS or isinstance(field, models.BinaryField)


def _names_another(row: models.Model, field: models.Field[Any, Any], about: models.Model) -> bool:
    return row is not about and field.related_model is model_of(about) and getattr(row, field.attname) != about.pk


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, FieldFile) else value


def names_in(found: list[Kept]) -> dict[tuple[type[models.Model], Any], str]:
    """The names of the places and themes these rows lead to: what holds nothing about people may be named."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for kept in found:
        for name, target in _impersonal(kept.model).items():
            wanted.setdefault(target, set()).update(row[name] for row in kept.rows)
    return {(target, row.pk): str(row) for target, keys in wanted.items() for row in target._base_manager.filter(pk__in=keys - {None})}


def _impersonal(model: type[models.Model]) -> dict[str, type[models.Model]]:
    targets = {field.name: field.related_model for field in model._meta.concrete_fields if isinstance(field.related_model, type)}
    return {name: target for name, target in targets.items() if _declares_nothing_personal(target)}


def _declares_nothing_personal(model: type[models.Model]) -> bool:
    declared = declaration_for(model)
    return declared is not None and declared.erasure is Erasure.NOTHING_PERSONAL
