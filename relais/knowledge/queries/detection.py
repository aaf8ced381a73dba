from __future__ import annotations

from collections.abc import Collection
from datetime import date

from relais.knowledge.models import Contribution, Need, UseCase, Workshop
from relais.skills.detection.words import language_of
from relais.skills.queries.proposals import Act


def act_of(kind: str, pk: int) -> Act | None:
    """Something published, as it is looked at for skills: its title first, since it tells most. None once it is withdrawn."""
    if kind == "contribution":
        return _contribution(pk)
    if kind == "usecase":
        case = UseCase.objects.filter(pk=pk, withdrawn_at=None).first()
        return _act(kind, pk, f"{case.title}. {case.text}", case.asked_at.date()) if case else None
    if kind == "workshop":
        workshop = Workshop.objects.filter(pk=pk, cancelled_at=None).first()
        return _act(kind, pk, f"{workshop.title}. {workshop.purpose}", workshop.starts_at.date()) if workshop else None
    need = Need.objects.filter(pk=pk).first()
    return _act(kind, pk, f"{need.title}. {need.why}", need.opened_at.date()) if need else None


def _contribution(pk: int) -> Act | None:
    found = Contribution.objects.filter(pk=pk, withdrawn_at=None).select_related("use_case").first()
    text = found and f"{found.title}. {found.use_case.title}. {found.text}"
    return _act("contribution", pk, text, found.published_at.date()) if found and text else None


def _act(kind: str, pk: int, text: str, on: date) -> Act:
    text = text.strip(". ")
    return Act(kind, pk, text, language_of(text), on)


def texts_of(things: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The texts of these things, as they are looked at; without those that were withdrawn."""
    found = {thing: act_of(*thing) for thing in things}
    return {thing: act.text for thing, act in found.items() if act}
