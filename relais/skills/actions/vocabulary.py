from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.ledger.actions import record
from relais.people.models import Person
from relais.skills import events, rules
from relais.skills.models import Alignment, Label, Skill, SkillChange
from relais.skills.queries.vocabulary import state_of

What, State, Kind = SkillChange.What, Skill.State, Label.Kind
LONGEST = 120


@dataclass(frozen=True)
class Wording:
    """How a skill is called and what it stands for: (language, kind, text) and (URI, relation)."""

    labels: tuple[tuple[str, str, str], ...]
    alignments: tuple[tuple[str, str], ...] = ()
    key: uuid.UUID | None = None


@transaction.atomic
def add_skills(wordings: Iterable[Wording], *, by: Person | None) -> list[Skill]:
    """Add skills to the community's vocabulary; one whose key is known already is left as it is."""
    _may_curate(by)
    wanted = [(wording.key or uuid.uuid4(), wording) for wording in wordings]
    known = set(Skill.objects.filter(pk__in=[key for key, _one in wanted]).values_list("pk", flat=True))
    added = [Skill(pk=key, created_at=clock.now()) for key, _one in wanted if key not in known]
    Skill.objects.bulk_create(added)
    skills = {skill.pk: skill for skill in added}
    _write([(skills[key], wording) for key, wording in wanted if key in skills])
    _keep(added, What.ADDED, by)
    if added:
        record(events.SKILLS_ADDED, by=by, about=None, payload={"count": len(added)})
    return added


@transaction.atomic
def revise_skill(skill: Skill, wording: Wording, *, hidden: bool = False, by: Person | None) -> Skill:
    """Rename a skill, change its other names, align it, hide it or show it again."""
    _may_curate(by)
    (skill,) = _locked(skill)
    before = state_of(skill)
    skill.state = State.HIDDEN if hidden else State.ACTIVE
    skill.save(update_fields=["state"])
    skill.labels.all().delete()
    skill.alignments.all().delete()
    _write([(skill, wording)])
    if state_of(skill) != before:
        _keep([skill], What.REVISED, by)
        record(events.SKILL_REVISED, by=by, about=skill)
    return skill


@transaction.atomic
def merge_skill(skill: Skill, into: Skill, *, by: Person | None) -> Skill:
    """Two names of one thing: the first skill ends, and the other is found by its names too."""
    _may_curate(by)
    if skill.pk == into.pk:
        raise Refused(_("A skill cannot be merged into itself: choose another one."))
    skill, into = _locked(skill, into)
    _take_over(into, skill)
    skill.state, skill.merged_into = State.MERGED, into
    skill.save(update_fields=["state", "merged_into"])
    _keep([skill, into], What.MERGED, by, others=[skill, into])
    record(events.SKILL_MERGED, by=by, about=skill, payload={"into": str(into.pk)})
    return into


@transaction.atomic
def split_skill(skill: Skill, parts: Sequence[Wording], *, by: Person | None) -> list[Skill]:
    """One name for several things: the skill ends, and two or more come out of it."""
    _may_curate(by)
    if len(parts) < 2:
        raise Refused(_("A skill is split into two or more: name them all."))
    (skill,) = _locked(skill)
    skill.state = State.SPLIT
    skill.save(update_fields=["state"])
    made = Skill.objects.bulk_create([Skill(created_at=clock.now(), split_from=skill) for _part in parts])
    _write(list(zip(made, parts, strict=True)))
    _keep([skill, *made], What.SPLIT, by, others=[skill, *made])
    record(events.SKILL_SPLIT, by=by, about=skill, payload={"into": [str(one.pk) for one in made]})
    return made


def _may_curate(by: Person | None) -> None:
    if not rules.can_curate(by):
        raise NotAllowed(_("Only those who animate, pilot or administer change the vocabulary."))


def _locked(*skills: Skill) -> list[Skill]:
    """The rows, locked in one order; a skill that has ended no longer changes."""
    rows = {row.pk: row for row in Skill.objects.select_for_update().filter(pk__in=[skill.pk for skill in skills]).order_by("pk")}
    if any(row.state in {State.MERGED, State.SPLIT} for row in rows.values()):
        raise Refused(_("This skill was merged or split meanwhile: choose the one that took its place."))
    return [rows[skill.pk] for skill in skills]


def _write(pairs: Sequence[tuple[Skill, Wording]]) -> None:
    labels = [Label(skill=skill, language=a, kind=b, text=c) for skill, wording in pairs for a, b, c in _clean(wording)]
    _refuse_known(labels)
    Label.objects.bulk_create(labels)
    Alignment.objects.bulk_create(Alignment(skill=s, uri=uri, relation=how) for s, wording in pairs for uri, how in wording.alignments)


def _clean(wording: Wording) -> list[tuple[str, str, str]]:
    """Names as they are kept: trimmed, each once a language, the preferred one winning."""
    kept: dict[tuple[str, str], str] = {}
    for language, kind, text in sorted(wording.labels, key=lambda label: label[1] != Kind.PREFERRED):
        kept.setdefault((language, " ".join(text.split())[:LONGEST]), kind)
    cleaned = [(language, kind, text) for (language, text), kind in kept.items() if text]
    if all(kind != Kind.PREFERRED for _language, kind, _text in cleaned):
        raise Refused(_("A skill needs a name in one language at least."))
    return cleaned


def _refuse_known(labels: Sequence[Label]) -> None:
    """Two skills in use never bear one name."""
    names = [label for label in labels if label.kind == Kind.PREFERRED]
    mine = {(label.language, label.text.lower()): label.skill_id for label in names}
    known = Label.objects.filter(kind=Kind.PREFERRED, skill__state__in=[State.ACTIVE, State.HIDDEN])
    for language, text, skill in known.values_list("language", "text", "skill"):
        if mine.get((language, text.lower()), skill) != skill:
            raise Refused(_("There is a skill called “%(name)s” already: use it, or merge the two.") % {"name": text})
    if len(mine) < len(names):
        raise Refused(_("Two of these skills have the same name: give each its own."))


def _take_over(into: Skill, skill: Skill) -> None:
    known = {(label.language, label.text) for label in into.labels.all()}
    Label.objects.bulk_create(
        Label(skill=into, language=label.language, text=label.text, kind=Kind.ALTERNATIVE if label.kind == Kind.PREFERRED else label.kind)
        for label in skill.labels.all()
        if (label.language, label.text) not in known
    )
    aligned = {alignment.uri for alignment in into.alignments.all()}
    Alignment.objects.bulk_create(
        Alignment(skill=into, uri=one.uri, relation=one.relation) for one in skill.alignments.all() if one.uri not in aligned
    )


def _keep(skills: Sequence[Skill], what: str, by: Person | None, others: Sequence[Skill] = ()) -> None:
    """History keeps the whole of each skill after the change, and the others that took part in it."""
    rows = Skill.objects.filter(pk__in=[skill.pk for skill in skills]).prefetch_related("labels", "alignments")
    SkillChange.objects.bulk_create(
        SkillChange(
            skill=row,
            what=what,
            at=clock.now(),
            by=by.pk if by else None,
            others=[str(other.pk) for other in others if other.pk != row.pk],
            after=state_of(row),
        )
        for row in rows
    )
