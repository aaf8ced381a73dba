from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from relais.skills.detection.learning import Labelled
from relais.skills.detection.words import Language, language_of
from relais.skills.models import Evidence, PersonSkill, Skill
from relais.skills.queries.detection import OWN, uris_of, what_is_looked_for

ANSWERED = (PersonSkill.State.SHOWN, PersonSkill.State.KEPT, PersonSkill.State.REFUSED)


@dataclass(frozen=True)
class Act:
    """Something published: what it is, what it says, and the day it was published."""

    kind: str
    pk: int
    text: str
    language: Language
    on: date


Thing = tuple[str, int]


def answered_proposals(texts_of: Callable[[Collection[Thing]], Mapping[Thing, str]]) -> list[Labelled]:
    """What the community accepted and refused: for each thing published, the skills its author said it shows."""
    keys = {UUID(skill.key): list(skill.entries) for skill in what_is_looked_for()[1]}
    told: dict[Thing, set[str]] = defaultdict(set)
    rows = Evidence.objects.filter(what=Evidence.What.PUBLISHED, person_skill__state__in=ANSWERED, object_id__isnull=False)
    for kind, pk, skill, state in rows.values_list("object_type", "object_id", "person_skill__skill", "person_skill__state"):
        told[kind, pk or 0] |= set() if state == PersonSkill.State.REFUSED else set(keys.get(skill, [])[:1])
    texts = texts_of(told)
    return [Labelled(texts[thing], language_of(texts[thing]), frozenset(right)) for thing, right in sorted(told.items()) if thing in texts]


def skill_by_entry(keys: list[str]) -> dict[str, Skill]:
    """The community's own skill for each thing that was found; what it has no name for yet is left out."""
    own = Skill.objects.filter(state=Skill.State.ACTIVE, pk__in=[key.removeprefix(OWN) for key in keys if key.startswith(OWN)])
    found: dict[str, Skill] = {f"{OWN}{skill.pk}": skill for skill in own}
    aligned = Skill.objects.filter(state=Skill.State.ACTIVE, alignments__uri__in=keys).distinct().prefetch_related("alignments")
    places: dict[str, tuple[int, Skill]] = {}
    for skill in aligned.order_by("created_at", "pk"):
        for place, uri in enumerate(uris_of(skill)):
            if uri in keys and (uri not in places or place < places[uri][0]):
                places[uri] = (place, skill)
    return found | {uri: skill for uri, (_place, skill) in places.items()}
