"""What is kept about somebody, in words: the same rows as the export for programs, as one reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from relais.core.typed import to_typed
from relais.ledger.verbs import known
from relais.people.export import LEFT_OUT, Kept, kept_about, names_in
from relais.people.privacy_words import kept_for, on_leaving
from relais.web.people.columns import COLUMNS

Names = dict[tuple[type[Model], Any], str]


@dataclass(frozen=True)
class Shelf:
    """A table's rows in words: why they are kept, how long, what leaving does to them."""

    purpose: str | Promise
    kept: str
    leaving: str
    rows: list[list[tuple[str, str]]]


@dataclass(frozen=True)
class MyData:
    """All of it, and what is left out with the reason."""

    shelves: list[Shelf]
    left_out: list[str | Promise]


def my_data(person: Any) -> MyData:
    """Everything kept about this person, in the language being spoken."""
    found = kept_about(person)
    names = names_in(found)
    return MyData([_shelf(kept, names, person.pk) for kept in found], list(LEFT_OUT.values()))


def _shelf(kept: Kept, names: Names, me: Any) -> Shelf:
    rows = [_row(kept.model, row, names, me) for row in kept.rows]
    return Shelf(kept.privacy.purpose, kept_for(kept.privacy), on_leaving(kept.privacy), rows)


def _row(model: type[Model], row: dict[str, Any], names: Names, me: Any) -> list[tuple[str, str]]:
    """What is empty is not said."""
    said = {name: value for name, value in row.items() if value not in (None, "", [], {})}
    return [(str(COLUMNS.get(name, name.replace("_", " "))), _said(model, name, value, names, me)) for name, value in said.items()]


def _said(model: type[Model], name: str, value: Any, names: Names, me: Any) -> str:
    field: Any = model._meta.get_field(name)
    if value == me:
        return _("you")
    if name == "verb" and value in known():
        return str(known()[value].label)
    if field.is_relation:
        return names.get((field.related_model, value)) or _("number %(number)s") % {"number": value}
    return str(dict(field.flatchoices).get(value) or _plain(value)) if field.choices else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, dict):
        return " · ".join(f"{name}: {_plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    text = str(value)
    return to_typed(text) if text.startswith("<") else text
