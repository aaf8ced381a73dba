from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from relais.knowledge.models import Application, Circle, Contribution, Profile, UseCase
from relais.people.models import Person
from relais.people.rules import can_take_part
from relais.skills.models import PersonSkill
from relais.skills.queries.people import skills_shown_by

SHOWN = 10


@dataclass(frozen=True)
class Learned:
    """Something the person learned: a case of theirs that was solved, or what they applied and that worked."""

    title: str
    use_case: int


@dataclass(frozen=True)
class Portrait:
    """What a profile shows: what the person wrote and what they chose to show, without a count and without a date."""

    person: Person
    circles: list[Circle]
    passed_on: list[Contribution] | None
    learned: list[Learned] | None
    profile: Profile
    skills: list[PersonSkill]
    own: bool


def profile_of(person: Person) -> Profile:
    """What the person chose to show, or the defaults."""
    return Profile.objects.filter(person=person).first() or Profile(person=person)


def portrait_for(viewer: Person, pk: UUID) -> Portrait | None:
    """Somebody's profile; nobody has one who does not take part, or no longer."""
    person = Person.objects.select_related("unit", "profile").filter(pk=pk).first()
    if person is None or not can_take_part(person) or not can_take_part(viewer):
        return None
    profile = getattr(person, "profile", None) or Profile(person=person)
    circles = Circle.objects.filter(members__person=person, members__until=None).order_by("name")
    passed_on = _passed_on(person) if profile.shows_passed_on else None
    learned = _learned(person) if profile.shows_learned else None
    return Portrait(person, list(circles), passed_on, learned, profile, skills_shown_by(person), viewer.pk == person.pk)


def _passed_on(person: Person) -> list[Contribution]:
    """What helped most first, so that the order tells nothing about when."""
    own = Contribution.objects.filter(author=person).values("pk")
    co_written = Contribution.co_authors.through.objects.filter(person=person).values("contribution")
    theirs = Contribution.objects.filter(pk__in=own.union(co_written), withdrawn_at=None, use_case__withdrawn_at=None)
    shown = theirs.select_related("use_case").only("kind", "title", "use_case__title")
    return list(shown.order_by("-applications_count", "-ratings_sum", "-pk")[:SHOWN])


def _learned(person: Person) -> list[Learned]:
    solved = UseCase.objects.filter(author=person, pseudonym=False, withdrawn_at=None, solved_at__isnull=False).values_list("title", "pk")
    worked = Application.objects.filter(person=person, outcome=Application.Outcome.YES, contribution__withdrawn_at=None)
    applied = worked.values_list("contribution__use_case__title", "contribution__use_case_id")
    rows = {pk: title for title, pk in [*solved.order_by("title")[:SHOWN], *applied.order_by("pk")[:SHOWN]]}
    return [Learned(title, pk) for pk, title in sorted(rows.items(), key=lambda row: row[1])]
