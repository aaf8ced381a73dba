from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from relais.knowledge import rules
from relais.knowledge.models import Contribution, Indicator, Initiative, Measure, Participant, Pulse, PulseVoice, UseCase, Workshop
from relais.people.models import Person
from relais.people.queries import unit_tree


def initiatives_for(viewer: Person, state: str = "", circle: str = "") -> QuerySet[Initiative]:
    """The initiatives one may read, the latest first; `mine` when the viewer takes part."""
    mine = Exists(Participant.objects.filter(initiative=OuterRef("pk"), person=viewer))
    found = Initiative.objects.filter(rules.initiatives_visible_to(viewer)).select_related("circle", "author").annotate(mine=mine)
    found = found.annotate(people=Count("participants")).order_by("-opened_at", "-pk")
    if state:
        found = found.filter(state=state)
    return found.filter(circle__slug=circle) if circle else found


def initiative_for(viewer: Person, pk: int) -> Initiative | None:
    """One initiative with what it gathers."""
    found = Initiative.objects.filter(rules.initiatives_visible_to(viewer), pk=pk).select_related("circle", "author", "decided_by")
    mine = Exists(Participant.objects.filter(initiative=OuterRef("pk"), person=viewer))
    seen = UseCase.objects.filter(rules.visible_to(viewer)).defer("vector")
    read = Contribution.objects.filter(rules.visible_to(viewer)).defer("vector", "body")
    return found.annotate(mine=mine).prefetch_related(Prefetch("use_cases", seen), Prefetch("contents", read), "workshops").first()


def participants_of(initiative: Initiative) -> list[Person]:
    """Those who take part."""
    return [each.person for each in initiative.participants.select_related("person").order_by("since", "pk")]


@dataclass(frozen=True)
class Course:
    """One indicator and its values over time: of everybody, then by unit; the pulse that is open, if one is."""

    indicator: Indicator
    whole: list[Measure]
    by_unit: list[Measure]
    pulse: Pulse | None

    @property
    def latest(self) -> Measure | None:
        return self.whole[-1] if self.whole else None

    @property
    def change(self) -> Any:
        """From where it started to the latest value; None while there is none."""
        return self.latest.value - self.indicator.baseline if self.latest else None

    @property
    def goes_well(self) -> bool | None:
        """Whether it moves as it should; None when it does not move or cannot be told."""
        if not self.change:
            return None
        return bool(self.change > 0) is (self.indicator.direction == Indicator.Direction.UP)


def courses_of(initiative: Initiative, viewer: Person) -> list[Course]:
    """Its indicators with their values, and the open question with whether the viewer has answered it (`answered`)."""
    indicators = list(initiative.indicators.order_by("pk"))
    measures: Sequence[Measure] = list(Measure.objects.filter(indicator__in=indicators).select_related("of").order_by("on", "of__name"))
    answered = Exists(PulseVoice.objects.filter(pulse=OuterRef("pk"), person=viewer))
    open_ones = Pulse.objects.filter(indicator__in=indicators, closed_at=None).annotate(answered=answered)
    pulses = {pulse.indicator_id: pulse for pulse in open_ones}
    return [
        Course(
            each,
            [m for m in measures if m.indicator_id == each.pk and m.of_id is None],
            [m for m in measures if m.indicator_id == each.pk and m.of_id is not None],
            pulses.get(each.pk),
        )
        for each in indicators
    ]


def indicator_for(viewer: Person, pk: int) -> Indicator | None:
    """One indicator of an initiative that the viewer opened."""
    return Indicator.objects.select_related("initiative__circle").filter(pk=pk, initiative__author=viewer).first()


def pulse_for(viewer: Person, pk: int) -> Pulse | None:
    """One question of an initiative that the viewer takes part in."""
    return Pulse.objects.select_related("indicator__initiative").filter(pk=pk, indicator__initiative__participants__person=viewer).first()


def thing_to_gather(viewer: Person, word: str, pk: int) -> UseCase | Contribution | Workshop | None:
    """A case, a content or a workshop that the viewer sees."""
    if word == "atelier":
        return Workshop.objects.filter(rules.workshops_visible_to(viewer), pk=pk).first()
    if word == "cas":
        return UseCase.objects.filter(rules.visible_to(viewer), pk=pk).first()
    return Contribution.objects.filter(rules.visible_to(viewer), pk=pk).exclude(kind=Contribution.Kind.ANSWER).first()


def unit_sizes() -> dict[str, int]:
    """How units are called in a file, in small letters, and how many people each has, those of the units below included."""
    tree = unit_tree()
    parents, sizes = {unit.pk: unit.parent_id for unit, _depth, _count in tree}, Counter[int]()
    for unit, _depth, count in tree:
        above: int | None = unit.pk
        while above:
            sizes[above] += count
            above = parents[above]
    return {name.lower(): sizes[unit.pk] for unit, _depth, _count in tree for name in (unit.code, unit.name)}


def balance(viewer: Person) -> dict[str, int]:
    """How many initiatives came from where, drafts apart: the whole balance at a glance."""
    counted = Initiative.objects.filter(rules.initiatives_visible_to(viewer)).exclude(state=Initiative.State.DRAFT)
    found = dict(counted.order_by().values_list("origin").annotate(Count("pk")))
    return {origin: found.get(origin, 0) for origin in Initiative.Origin.values}
