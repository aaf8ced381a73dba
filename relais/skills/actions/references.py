from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.actions import record
from relais.people.models import Person
from relais.skills import events, rules
from relais.skills.models import Concept, Reference
from relais.skills.queries.vocabulary import concepts_by_uri
from relais.skills.reference_files import Damaged, ReadConcept, ReferenceFile, read_reference

_LOCK = 7_504_001
_BATCH = 1000
_TOLD = ("kind", "reuse", "collections", "occupations", "texts")
WHY = {
    "unknown": gettext_lazy("these are no files of ESCO, of ROME, nor one table"),
    "archive": gettext_lazy("the archive is broken or cut off"),
    "too_big": gettext_lazy("the archive holds more than 300 MB"),
    "encoding": gettext_lazy("this is not UTF-8 text"),
    "quotes": gettext_lazy("a quotation mark is missing or one too many"),
    "cells": gettext_lazy("this line has not as many cells as there are headings"),
    "no_heading": gettext_lazy("this heading is missing"),
    "empty": gettext_lazy("this cell is empty"),
    "address": gettext_lazy("this is no address of a skill, or a longer one than 200 characters"),
    "no_label": gettext_lazy("this skill has no label"),
    "number": gettext_lazy("this is no number, or one too high"),
    "long": gettext_lazy("this cell holds more than 60 characters"),
    "twice": gettext_lazy("this skill is there already, on a line above"),
    "none": gettext_lazy("no skill is in it"),
}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class ReferencePlan:
    """What installing would change: new and changed concepts as they will be, and how many stay."""

    file: ReferenceFile
    added: list[Concept]
    changed: list[Concept]
    unchanged: int
    absent: int  # known here and not in the files: kept, since skills may be aligned to them

    @property
    def written(self) -> int:
        """How many rows it writes."""
        return len(self.added) + len(self.changed)


def read_reference_files(path: Path) -> ReferenceFile:
    """The reference as its files tell it; what is damaged is refused with its file, line and column."""
    try:
        return read_reference(path)
    except Damaged as error:
        where = _("%(file)s, line %(line)s, column %(column)s") if error.line else "%(file)s"
        told = where % {"file": error.file, "line": error.line, "column": error.column}
        raise Refused(_("%(where)s: %(why)s. Nothing was changed.") % {"where": told, "why": WHY[error.why]}) from error


def plan_reference(file: ReferenceFile) -> ReferencePlan:
    """What the files would change; nothing is written."""
    known = concepts_by_uri(file.code)
    added, changed = [], []
    for uri, read in file.concepts.items():
        if uri not in known:
            added.append(Concept(uri=uri, **_columns(read, None)))
        elif (columns := _columns(read, known[uri])) != {name: getattr(known[uri], name) for name in _TOLD}:
            changed.append(Concept(uri=uri, **columns))
    absent = len(known.keys() - file.concepts.keys())
    return ReferencePlan(file, added, changed, len(file.concepts) - len(added) - len(changed), absent)


@transaction.atomic
def install_reference(file: ReferenceFile, *, by: Person | None = None, told: Progress = lambda _count: None) -> ReferencePlan:
    """Install or update a reference, all of it or nothing; running it again changes nothing."""
    if not rules.can_curate(by):
        raise NotAllowed(_("Only those who animate, pilot or administer change the vocabulary."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    plan = plan_reference(file)
    reference = _reference(file, changed=bool(plan.written))
    for batch in batched([*plan.added, *plan.changed], _BATCH):
        for concept in batch:
            concept.reference = reference
        Concept.objects.bulk_create(batch, update_conflicts=True, unique_fields=["reference", "uri"], update_fields=_TOLD)
        told(len(batch))
    if plan.written:
        record(events.REFERENCE_INSTALLED, by=by, about=reference, payload={"added": len(plan.added), "changed": len(plan.changed)})
    return plan


def _reference(file: ReferenceFile, *, changed: bool) -> Reference:
    """Its row, with every notice that a part of it asks for; unchanged when nothing is."""
    known = Reference.objects.filter(code=file.code).first()
    notices = dict.fromkeys([*(known.notice.split("\n") if known else []), file.notice])
    values = {"title": file.title, "version": file.version, "notice": "\n".join(notices)}
    if known and not changed and values == {name: getattr(known, name) for name in values}:
        return known
    return Reference.objects.update_or_create(code=file.code, defaults=values | {"installed_at": clock.now()})[0]


def _columns(read: ReadConcept, known: Concept | None) -> dict[str, object]:
    """What the files tell; what they do not tell (another language, the occupations) stays as it was."""
    kept = known or Concept()
    return {
        "kind": read.kind or kept.kind,
        "reuse": read.reuse or kept.reuse,
        "collections": sorted({*kept.collections, *read.collections}),
        "occupations": kept.occupations if read.occupations is None else read.occupations,
        "texts": {**kept.texts, **read.texts},
    }
