from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from relais.knowledge import rules
from relais.knowledge.models import CircleMember, Report, Ruling, Voice
from relais.knowledge.queries.things import Thing, thing, things
from relais.people.models import Person, Role
from relais.people.rules import can_pilot

APPEAL_WITHIN = timedelta(days=15)
JUDGES = 2
SHOWN = 30
CONTESTABLE = (Ruling.Decision.AMEND, Ruling.Decision.HIDE)


def _scope(moderator: Person) -> Q:
    """What lies in the hands of this moderator."""
    if can_pilot(moderator):
        return Q()
    mine = CircleMember.objects.filter(person=moderator, until=None, animator=True).values("circle")
    return Q(circle__in=mine) if rules.can_moderate_somewhere(moderator) else rules.NOBODY


@dataclass(frozen=True)
class Matter:
    """Something reported, with what was said of it."""

    thing: Thing
    reports: list[Report]


def _matters(reports: Iterable[Report]) -> list[Matter]:
    grouped: dict[tuple[str, int], list[Report]] = {}
    for report in reports:
        grouped.setdefault((report.object_type, report.object_id), []).append(report)
    found = things(grouped)
    return [Matter(found[key], said) for key, said in grouped.items() if key in found]


def matters_for(moderator: Person) -> list[Matter]:
    """What waits for a decision, the longest wait first; neither one's own nor what one reported."""
    waiting = Report.objects.filter(_scope(moderator), ruling=None).select_related("circle").order_by("made_at", "pk")
    matters = _matters(waiting[:SHOWN])
    return [matter for matter in matters if not has_part(moderator, matter.thing, matter.reports)]


def open_reports(about: Thing) -> QuerySet[Report]:
    """What was said of a thing and not yet decided."""
    return Report.objects.filter(object_type=about.object_type, object_id=about.pk, ruling=None).order_by("made_at", "pk")


def has_part(person: Person, about: Thing, reports: Iterable[Report]) -> bool:
    """Whether the person wrote it or reported it: they decide nothing about it."""
    return person.pk in about.authors or any(report.person_id == person.pk for report in reports)


def rulings_on(about: Thing) -> QuerySet[Ruling]:
    """What was decided about a thing, latest first."""
    return Ruling.objects.filter(object_type=about.object_type, object_id=about.pk).select_related("person").order_by("-made_at", "-pk")


def ruling_that_hides(about: Thing) -> Ruling | None:
    """The decision by which it is withheld today, if one is."""
    last = rulings_on(about).filter(decision__in=(Ruling.Decision.HIDE, Ruling.Decision.RESTORE)).first()
    hides = last and last.decision == Ruling.Decision.HIDE and last.verdict != Ruling.Verdict.OVERTURNED
    return last if hides else None


def reports_of(person: Person) -> list[tuple[Report, Thing]]:
    """What somebody reported, with what came of it, latest first."""
    return _with_things(Report.objects.filter(person=person).select_related("ruling").order_by("-made_at", "-pk")[:SHOWN])


def _with_things[R: Report | Ruling](rows: Iterable[R]) -> list[tuple[R, Thing]]:
    kept = list(rows)
    found = things((row.object_type, row.object_id) for row in kept)
    return [(row, found[row.object_type, row.object_id]) for row in kept if (row.object_type, row.object_id) in found]


# Appeals


def can_appeal(person: Person, ruling: Ruling, about: Thing, now: datetime) -> bool:
    """Its authors may contest a decision once, within fifteen days."""
    in_time = now < ruling.made_at + APPEAL_WITHIN
    return person.pk in about.authors and ruling.decision in CONTESTABLE and ruling.appealed_at is None and in_time


def took_part(person: Person, ruling: Ruling, about: Thing) -> bool:
    """Whether the person decided, wrote, reported or has judged already."""
    return ruling.person_id == person.pk or has_part(person, about, ruling.reports.all()) or ruling.voices.filter(person=person).exists()


def can_judge(person: Person, ruling: Ruling, about: Thing) -> bool:
    """Whether the person may judge this appeal: from outside the circle, without any part in it."""
    return person.pk not in about.authors and _to_judge(person).filter(pk=ruling.pk).exists()


def _to_judge(judge: Person) -> QuerySet[Ruling]:
    """The appeals in which this person has no part, from outside their circles; texts of their own apart."""
    if not rules.can_moderate_somewhere(judge):
        return Ruling.objects.none()
    waiting = Ruling.objects.filter(appealed_at__isnull=False, verdict="").exclude(person=judge)
    apart = waiting.exclude(voices__person=judge).exclude(reports__person=judge)
    return apart if can_pilot(judge) else apart.exclude(_scope(judge))


def needs_another_team(person: Person, ruling: Ruling, about: Thing) -> bool:
    """Whether the last judge must come from another team than whoever decided, and somebody could."""
    team = ruling.person.unit_id
    voices = list(ruling.voices.select_related("person"))
    if team is None or person.unit_id != team or len(voices) < JUDGES - 1 or any(voice.person.unit_id != team for voice in voices):
        return False
    elsewhere = Person.objects.filter(is_active=True, roles__overlap=[Role.ANIMATOR, Role.PILOT]).exclude(unit=team)
    return any(can_judge(other, ruling, about) for other in elsewhere)


def appeals_for(judge: Person) -> list[tuple[Ruling, Thing]]:
    """The appeals this person may judge, the longest wait first."""
    waiting = _to_judge(judge).select_related("circle", "person").order_by("appealed_at", "pk")
    return [(ruling, about) for ruling, about in _with_things(waiting[:SHOWN]) if judge.pk not in about.authors]


def ruling_for(viewer: Person, pk: int) -> tuple[Ruling, Thing] | None:
    """A decision, for its authors, for those who moderate there, and for those who may judge the appeal or have."""
    ruling = Ruling.objects.select_related("circle", "person").filter(pk=pk).first()
    about = thing(ruling.object_type, ruling.object_id) if ruling else None
    if ruling is None or about is None:
        return None
    concerned = viewer.pk in about.authors or rules.can_moderate(viewer, ruling.circle_id)
    judges = rules.can_moderate_somewhere(viewer) and ruling.appealed_at is not None
    return (ruling, about) if concerned or judges else None


def voices_on(ruling: Ruling) -> list[Voice]:
    """What the judges said, once both have."""
    return list(ruling.voices.select_related("person").order_by("given_at")) if ruling.verdict else []


def lately_decided(moderator: Person) -> list[tuple[Ruling, Thing]]:
    """The last decisions in the hands of this moderator."""
    return _with_things(Ruling.objects.filter(_scope(moderator)).select_related("person").order_by("-made_at", "-pk")[:10])
