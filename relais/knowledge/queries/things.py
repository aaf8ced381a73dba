"""What can be reported: one line a table. A later kind of thing adds its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relais.core.richtext import from_typed
from relais.knowledge import rules
from relais.knowledge.models import Contribution, Initiative, Need, UseCase, Workshop
from relais.knowledge.queries.pseudonyms import asker_for
from relais.people.models import Person


@dataclass(frozen=True)
class Kind:
    """A table of things that can be reported: how it is called in addresses and on pages, and what is read of a row."""

    word: str
    model: type[models.Model]
    label: str | Promise
    circle: Callable[[Any], int]
    authors: Callable[[Any], set[UUID]]
    signed: Callable[[Any, Person], str]
    title: Callable[[Any], str]
    html: Callable[[Any], str]
    seen_by: Callable[[Person, Any], bool]
    related: tuple[str, ...]
    more: tuple[str, ...] = ()
    written_by: str = "author_id"
    quoted: str = "title"  # what its author is told it by, in SQL
    can_hide: bool = False


def _wrote(contribution: Contribution) -> set[UUID]:
    return {contribution.author_id, *(person.pk for person in contribution.co_authors.all())}


KINDS: dict[str, Kind] = {
    "usecase": Kind(
        word="cas",
        model=UseCase,
        label=_("Case"),
        circle=lambda case: case.circle_id,
        authors=lambda case: {case.author_id},
        signed=lambda case, viewer: asker_for(viewer, case).name,
        title=lambda case: case.title,
        html=lambda case: case.situation + case.need,
        seen_by=rules.can_see,
        related=("author",),
        can_hide=True,
    ),
    "contribution": Kind(
        word="apport",
        model=Contribution,
        label=_("Answer or content"),
        circle=lambda one: one.use_case.circle_id,
        authors=_wrote,
        signed=lambda one, _viewer: one.author.name,
        title=lambda one: one.title or one.use_case.title,
        html=lambda one: one.body,
        seen_by=lambda viewer, one: rules.can_see(viewer, one) and rules.can_see(viewer, one.use_case),
        related=("author", "use_case"),
        more=("co_authors",),
        quoted="coalesce(nullif(title, ''), left(text, 120))",
        can_hide=True,
    ),
    "workshop": Kind(
        word="atelier",
        model=Workshop,
        label=_("Workshop"),
        circle=lambda workshop: workshop.circle_id,
        authors=lambda workshop: {workshop.host_id},
        signed=lambda workshop, _viewer: workshop.host.name,
        title=lambda workshop: workshop.title,
        html=lambda workshop: from_typed(workshop.purpose),
        seen_by=lambda viewer, workshop: workshop.cancelled_at is None and rules.workshops_visible_to(viewer) != rules.NOBODY,
        related=("host",),
        written_by="host_id",
    ),
    "need": Kind(
        word="besoin",
        model=Need,
        label=_("Need"),
        circle=lambda need: need.circle_id,
        authors=lambda need: {need.author_id},
        signed=lambda need, _viewer: need.author.name,
        title=lambda need: need.title,
        html=lambda need: from_typed(need.why),
        seen_by=lambda viewer, need: need.closed_at is None and rules.needs_visible_to(viewer) != rules.NOBODY,
        related=("author",),
    ),
    "initiative": Kind(
        word="initiative",
        model=Initiative,
        label=_("Initiative"),
        circle=lambda initiative: initiative.circle_id,
        authors=lambda initiative: {initiative.author_id},
        signed=lambda initiative, _viewer: initiative.author.name,
        title=lambda initiative: initiative.title,
        html=lambda initiative: from_typed(initiative.what),
        seen_by=rules.can_see_initiative,
        related=("author",),
    ),
}
WORDS = {kind.word: name for name, kind in KINDS.items()}


@dataclass(frozen=True)
class Thing:
    """One thing that was, or may be, reported."""

    kind: Kind
    row: Any

    @property
    def object_type(self) -> str:
        return str(self.kind.model._meta.model_name)

    @property
    def pk(self) -> int:
        return int(self.row.pk)

    @property
    def circle_id(self) -> int:
        return self.kind.circle(self.row)

    @property
    def authors(self) -> set[UUID]:
        return self.kind.authors(self.row)

    @property
    def title(self) -> str:
        return self.kind.title(self.row)

    @property
    def html(self) -> str:
        return self.kind.html(self.row)

    def signed(self, viewer: Person) -> str:
        """Its author, as this viewer may know them."""
        return self.kind.signed(self.row, viewer)


def things(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Thing]:
    """The things that reports, rulings or facts are about, shown or not, one reading a kind."""
    asked = list(keys)
    found: dict[tuple[str, int], Thing] = {}
    for name, kind in KINDS.items():
        wanted = [pk for object_type, pk in asked if object_type == name]
        rows = kind.model._default_manager.filter(pk__in=wanted).select_related(*kind.related).prefetch_related(*kind.more)
        found |= {(name, row.pk): Thing(kind, row) for row in (rows if wanted else [])}
    return found


def thing(object_type: str, pk: int) -> Thing | None:
    """One of them."""
    return things([(object_type, pk)]).get((object_type, pk))


def thing_to_report(viewer: Person, word: str, pk: int) -> Thing | None:
    """The same, by its word in addresses, for who may see it."""
    found = thing(WORDS.get(word, ""), pk)
    return found if found and found.kind.seen_by(viewer, found.row) else None
