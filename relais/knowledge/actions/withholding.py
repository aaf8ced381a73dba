"""Withholding a text and showing it again: withheld, it is withdrawn for everybody, and every page leaves it out as such."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from relais.core import clock
from relais.knowledge.actions.contributions import count_again
from relais.knowledge.models import Contribution, UseCase
from relais.knowledge.queries.things import Thing


def withhold(about: Thing) -> bool:
    """Take a locked thing off every page; says whether it was a best answer."""
    now, row = clock.now(), about.row
    if isinstance(row, UseCase):
        _move_case(row, shown=None, hidden=now)
        return False
    was_best = UseCase.objects.filter(best=row.pk).exists()
    _move(Contribution.objects.filter(pk=row.pk), now)
    return was_best


def show_again(about: Thing, *, was_best: bool) -> None:
    """Put a locked thing back on its pages."""
    row = about.row
    if isinstance(row, UseCase):
        _move_case(row, shown=row.withdrawn_at, hidden=None)
        return
    _move(Contribution.objects.filter(pk=row.pk), None)
    if was_best:
        UseCase.objects.filter(pk=row.use_case_id, best=None).update(best=row.pk)


def _move_case(case: UseCase, *, shown: datetime | None, hidden: datetime | None) -> None:
    """A case goes and comes back with what was written under it, not with what was taken back before."""
    below = Contribution.objects.filter(use_case=case, withdrawn_at=shown)
    UseCase.objects.filter(pk=case.pk).update(withdrawn_at=hidden)
    _move(below, hidden)


def _move(contributions: models.QuerySet[Contribution], moment: datetime | None) -> None:
    """Change when these were withdrawn, and count every case they answer anew."""
    keys = list(contributions.values_list("pk", flat=True))
    cases = locked_cases(keys)
    Contribution.objects.filter(pk__in=keys).update(withdrawn_at=moment)
    for case in cases:
        count_again(case)


def locked_cases(contributions: list[int]) -> list[UseCase]:
    """Every case these answer, locked in one order: cases are locked before contributions, always."""
    own, linked = UseCase.objects.filter(contributions__in=contributions), UseCase.objects.filter(other_contents__in=contributions)
    keys = {*own.values_list("pk", flat=True), *linked.values_list("pk", flat=True)}
    return list(UseCase.objects.filter(pk__in=keys).order_by("pk").select_for_update())
