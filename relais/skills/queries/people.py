from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from relais.core.intervals import wilson
from relais.people.models import Person
from relais.skills.certification import Holder, Level, Transmissions, Voice
from relais.skills.models import Alignment, Confirmation, ConfirmationRequest, Contest, Evidence, Label, Panelist, PersonSkill, Skill

State, What = PersonSkill.State, Evidence.What
REMINDED_BEFORE = timedelta(days=60)


def _whole(rows: QuerySet[PersonSkill]) -> QuerySet[PersonSkill]:
    """With what a page tells of them, in a fixed number of statements."""
    return rows.select_related("person__unit", "skill").prefetch_related(
        "skill__labels",
        Prefetch("evidences", Evidence.objects.order_by("-on", "-pk")),
        Prefetch("confirmations", Confirmation.objects.filter(withdrawn_on=None).select_related("confirmer", "evidence")),
    )


def skills_of(person: Person) -> list[PersonSkill]:
    """Everything that a person's acts show, for themselves: what waits for them first."""
    order = {State.PROPOSED: 0, State.SHOWN: 1, State.KEPT: 2, State.REFUSED: 3}
    rows = _whole(PersonSkill.objects.filter(person=person, skill__state=Skill.State.ACTIVE)).order_by("-level", "-proposed_at", "pk")
    return sorted(rows, key=lambda one: order[State(one.state)])


def skills_shown_by(person: Person) -> list[PersonSkill]:
    """What a person shows to colleagues, the highest level first."""
    rows = PersonSkill.objects.filter(person=person, state=State.SHOWN, skill__state=Skill.State.ACTIVE)
    return list(rows.select_related("skill").prefetch_related("skill__labels").order_by("-level", "answered_at"))


def person_skill_for(pk: int) -> PersonSkill | None:
    """One of them, whole; a rule says who may see it."""
    return _whole(PersonSkill.objects.filter(pk=pk)).first()


def requests_to(person: Person) -> list[ConfirmationRequest]:
    """Whom this person is asked to confirm."""
    waiting = ConfirmationRequest.objects.filter(
        colleague=person, answered_at=None, person_skill__state__in=[State.SHOWN, State.KEPT], person_skill__person__is_active=True
    )
    return list(
        waiting.select_related("person_skill__person", "person_skill__skill")
        .prefetch_related("person_skill__skill__labels")
        .order_by("asked_at", "pk")
    )


def who_may_have_seen(person_skill: PersonSkill, found: Q) -> QuerySet[Person]:
    """Colleagues who may be asked to confirm: those who match, take part and have not been asked nor answered yet."""
    asked = person_skill.requests.values("colleague")
    spoke = person_skill.confirmations.filter(withdrawn_on=None).values("confirmer")
    free = Person.objects.filter(found, is_active=True, participation="member").exclude(pk=person_skill.person_id)
    return free.exclude(pk__in=asked).exclude(pk__in=spoke).select_related("unit").order_by("name", "pk")


def is_expert(person: Person, skill: Skill) -> bool:
    """Whether a person is certified in this skill or an adjacent one (aligned to the same concept), or on its first panel."""
    concepts = Alignment.objects.filter(skill=skill).values("uri")
    near = Q(pk=skill.pk) | Q(alignments__uri__in=concepts)
    skills = Skill.objects.filter(near).values("pk")
    certified = PersonSkill.objects.filter(person=person, skill__in=skills, level__gte=Level.CERTIFIED)
    return certified.exists() or Panelist.objects.filter(person=person, skill__in=skills).exists()


def holder_of(person_skill: PersonSkill, transmissions: Transmissions) -> Holder:
    """Whose skill it is, as the rules look at them."""
    confirmed = Confirmation.objects.filter(confirmer_id=person_skill.person_id, withdrawn_on=None)
    return Holder(
        team=team_of(person_skill.person),
        confirmed=frozenset(str(one) for one in confirmed.values_list("person_skill__person", flat=True)),
        transmissions=transmissions,
        evidences=person_skill.evidences.count(),
    )


def voices_on(person_skill: PersonSkill) -> list[Voice]:
    """What colleagues confirmed, as the rules hear it."""
    rows = person_skill.confirmations.filter(withdrawn_on=None).select_related("evidence")
    return [Voice(str(one.confirmer_id), one.team, one.given_on, one.evidence.on, one.expert) for one in rows]


def transmissions_of(person_skill: PersonSkill) -> Transmissions:
    """What the person passed on in this skill, and how it was received.

    Published things and rated workshops count once each. Received well: the share of published things that solved a case or worked
    for a colleague, by its Wilson bound.
    """
    rows = person_skill.evidences.exclude(what=What.OBSERVED).values_list("what", "object_type", "object_id")
    given = {(kind, pk) for _what, kind, pk in rows}
    received = {(kind, pk) for what, kind, pk in rows if what in {What.ACCEPTED, What.APPLIED, What.RATED}}
    return Transmissions(len(given), wilson(len(received), len(given))[0])


def team_of(person: Person) -> str:
    """The team a person is in today, as the rules tell teams apart; who is in none is a team by themselves."""
    return str(person.unit_id or person.pk)


def lapsing(day: date) -> QuerySet[PersonSkill]:
    """Levels that rest on voices which are no longer heard on that day."""
    return PersonSkill.objects.filter(lapses_on__lte=day)


def contest_for(pk: int) -> Contest | None:
    """A contested level."""
    return Contest.objects.select_related("person_skill__person__unit", "person_skill__skill").filter(pk=pk).first()


def contests_open() -> list[Contest]:
    """Those that wait for two colleagues of other teams, the oldest first."""
    rows = Contest.objects.filter(outcome=Contest.Outcome.OPEN).select_related("person_skill__person__unit", "person_skill__skill", "first")
    return list(rows.prefetch_related("person_skill__skill__labels", "person_skill__confirmations").order_by("opened_at"))


def name_of(skill: Skill, language: str) -> str:
    """How a skill is called in a language, or in the other one; its labels are at hand already."""
    preferred = {label.language: label.text for label in skill.labels.all() if label.kind == Label.Kind.PREFERRED}
    return preferred.get(language) or next(iter(preferred.values()), "")
