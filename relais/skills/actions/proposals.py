"""From what was published to what is proposed: the skills a text is about, and to its author those that it shows (F14)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed
from relais.ledger.actions import record
from relais.people.models import Person
from relais.people.rules import can_take_part
from relais.skills import events
from relais.skills.actions.levels import reassess
from relais.skills.actions.vocabulary import Wording, add_skills
from relais.skills.detection.detector import Found
from relais.skills.models import Alignment, Concept, Evidence, Label, PersonSkill, Skill, Tag
from relais.skills.queries.detection import OWN, detector
from relais.skills.queries.proposals import Act, skill_by_entry

State, What = PersonSkill.State, Evidence.What
LIKELY = 0.5  # below this chance nobody is asked
PROPOSED_AT_ONCE = 3
LONGEST_WORD = 60
SHARED = ("contribution", "workshop")


@transaction.atomic
def tag(act: Act) -> list[Tag]:
    """Note what something published is about; reading it again replaces what was noted before."""
    found = [one for one in detector().detect(act.text, act.language) if one.detected or one.chance >= LIKELY][:PROPOSED_AT_ONCE]
    skills = _skills_for(found)
    before = Tag.objects.filter(object_type=act.kind, object_id=act.pk).exclude(skill__in=[skill for skill, _one in skills])
    changed = {skill.pk for skill, _one in skills} | set(before.values_list("skill", flat=True))
    before.delete()
    tags = [
        Tag(skill=skill, object_type=act.kind, object_id=act.pk, chance=round(one.chance, 4), words=_shown(one), at=clock.now())
        for skill, one in skills
    ]
    made = Tag.objects.bulk_create(
        tags, update_conflicts=True, unique_fields=["object_type", "object_id", "skill"], update_fields=["chance", "words"]
    )
    _count_things(changed)
    return made


@transaction.atomic
def untag(kind: str, pk: int) -> None:
    """Something was withdrawn: it tells of no skill any more."""
    gone = Tag.objects.filter(object_type=kind, object_id=pk)
    changed = set(gone.values_list("skill", flat=True))
    gone.delete()
    _count_things(changed)


def _count_things(skills: Collection[UUID]) -> None:
    shared = Tag.objects.filter(skill=OuterRef("pk"), object_type__in=SHARED).order_by().values("skill").annotate(n=Count("pk")).values("n")
    Skill.objects.filter(pk__in=skills).update(things_count=Coalesce(Subquery(shared), 0))


def _skills_for(found: Sequence[Found]) -> list[tuple[Skill, Found]]:
    """The community's skill for each; a concept it has no word for yet joins the vocabulary when it is detected for sure (it grows)."""
    known = skill_by_entry([one.key for one in found])
    skills: dict[Skill, Found] = {}
    for one in found:
        skill = known.get(one.key) or (_adopted(one.key) if one.detected and not one.key.startswith(OWN) else None)
        if skill:
            skills.setdefault(skill, one)
    return list(skills.items())


def _adopted(uri: str) -> Skill | None:
    texts = Concept.objects.filter(uri=uri).order_by("reference_id").values_list("texts", flat=True).first() or {}
    names = [(code, texts[code]["preferred"]) for code in Label.Language.values if code in texts]
    lower = Label.objects.annotate(lower=Lower("text")).filter(lower__in=[name.lower() for _code, name in names])
    known = set(lower.values_list("lower", flat=True))
    labels = tuple((code, Label.Kind.PREFERRED.value, name) for code, name in names if name.lower() not in known)
    if not labels:
        return None
    return add_skills([Wording(labels, ((uri, Alignment.Relation.EXACT),))], by=None)[0]


def _shown(found: Found) -> list[str]:
    return [word[:LONGEST_WORD] for word in found.words][:6]


@transaction.atomic
def propose(person: Person, act: Act) -> list[PersonSkill]:
    """Tell the author which skills an act of theirs shows; what they refused is not proposed again."""
    rows = list(Tag.objects.filter(object_type=act.kind, object_id=act.pk).select_related("skill").order_by("-chance", "pk"))
    return [one for row in rows if (one := _note(person, row, What.PUBLISHED, act.on))]


@transaction.atomic
def note_evidence(person: Person, what: str, kind: str, pk: int, on: date) -> list[PersonSkill]:
    """An act was accepted, applied or rated: the skills it is about rest on that too."""
    rows = list(Tag.objects.filter(object_type=kind, object_id=pk).select_related("skill").order_by("pk"))
    return [one for row in rows if (one := _note(person, row, what, on))]


def _note(person: Person, tag: Tag, what: str, on: date) -> PersonSkill | None:
    if not can_take_part(person):
        return None
    mine, new = PersonSkill.objects.get_or_create(person=person, skill=tag.skill, defaults={"proposed_at": clock.now()})
    if mine.state == State.REFUSED:
        return None
    thing = {"object_type": tag.object_type, "object_id": tag.object_id}
    _evidence, first = Evidence.objects.get_or_create(person_skill=mine, what=what, **thing, defaults={"on": on, "words": tag.words})
    payload = {"skill": str(tag.skill_id), "what": what}
    if new:
        record(events.SKILL_PROPOSED, by=None, about=mine, payload=payload | {"person": str(person.pk)})
    if first:
        record(events.SKILL_EVIDENCED, by=person, about=mine, payload=payload)
        reassess(mine)
    return mine


@transaction.atomic
def answer_proposal(person_skill: PersonSkill, state: str, *, by: Person) -> PersonSkill:
    """« C'est moi », for all to see or for oneself, or « ce n'est pas moi »; one may change one's mind at any time."""
    mine = _own(person_skill, by)
    if mine.state != state:
        mine.state, mine.answered_at = State(state), clock.now()
        mine.save(update_fields=["state", "answered_at"])
        verb = {State.SHOWN: events.SKILL_ACCEPTED, State.KEPT: events.SKILL_KEPT, State.REFUSED: events.SKILL_REFUSED}[State(state)]
        record(verb, by=by, about=mine, payload={"skill": str(mine.skill_id)})
        reassess(mine)
    return mine


@transaction.atomic
def claim_skill(skill: Skill, *, by: Person) -> PersonSkill:
    """Say oneself that one knows something, before any act shows it."""
    if not can_take_part(by):
        raise NotAllowed(_("Those who take part say what they know."))
    mine, _new = PersonSkill.objects.get_or_create(person=by, skill=skill, defaults={"proposed_at": clock.now()})
    return answer_proposal(mine, State.SHOWN, by=by)


def _own(person_skill: PersonSkill, by: Person) -> PersonSkill:
    mine = PersonSkill.objects.select_for_update(of=("self",)).select_related("person", "skill").get(pk=person_skill.pk)
    if mine.person_id != by.pk:
        raise NotAllowed(_("Only its owner says what becomes of a skill."))
    return mine
