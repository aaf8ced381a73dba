from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from relais.skills.detection.detector import Detector
from relais.skills.detection.index import FORMAT, Entry, Index, OwnSkill, build
from relais.skills.detection.ranker import Weights, read_weights
from relais.skills.detection.vectors import MODELS, Meanings, installed, load_meanings
from relais.skills.detection.words import LANGUAGES, Language
from relais.skills.models import Alignment, Concept, Label, Reference, Skill, SkillChange
from relais.skills.starter import SHIPPED

FAST, ACCURATE = "fast", "accurate"
ASIDE = "rome"  # thirty thousand wordings of tasks: skills can be aligned to them, in detection they would drown the others
OWN = "skill:"
KEPT = 86_400  # seconds
ALL_MODELS = {model.name for model in MODELS}


def folder() -> Path:
    """Where the index and the vectors are kept: all of it can be made again."""
    found = Path(settings.DATA) / "skills"
    found.mkdir(parents=True, exist_ok=True)
    return found


def vocabulary_mark() -> str:
    """Tells one state of the vocabulary and of the references from another."""
    changes = SkillChange.objects.order_by("-pk").values_list("pk", "skill", "at").first()
    references = Reference.objects.order_by("code").values_list("code", "installed_at")
    return hashlib.blake2b(f"{FORMAT} {changes} {list(references)}".encode(), digest_size=8).hexdigest()


def what_is_looked_for() -> tuple[list[Entry], list[OwnSkill]]:
    """The concepts of the references, the skills that none of them covers, and how the community calls them."""
    entries = [_entry(concept) for concept in Concept.objects.exclude(reference__code=ASIDE).order_by("reference_id", "uri")]
    known = {entry.key for entry in entries}
    own = []
    for skill in Skill.objects.filter(state=Skill.State.ACTIVE).order_by("created_at", "pk").prefetch_related("labels", "alignments"):
        names = names_of(skill)
        covered = [uri for uri in uris_of(skill) if uri in known]
        if not covered:
            entries.append(Entry(f"{OWN}{skill.pk}", names))
        own.append(OwnSkill(str(skill.pk), names, covered or [f"{OWN}{skill.pk}"]))
    return entries, own


def names_of(skill: Skill) -> dict[Language, list[str]]:
    """A skill's names by language, the preferred one first; those never shown are understood too."""
    labels = sorted(skill.labels.all(), key=lambda label: (label.kind != Label.Kind.PREFERRED, label.pk))
    return {code: [label.text for label in labels if label.language == code] for code in LANGUAGES}


def uris_of(skill: Skill) -> list[str]:
    """The concepts a skill is aligned to, the closest first."""
    order = list(Alignment.Relation)
    return [one.uri for one in sorted(skill.alignments.all(), key=lambda one: (order.index(Alignment.Relation(one.relation)), one.pk))]


def uris_by_key() -> dict[str, list[str]]:
    """The concepts that skills covered by no installed reference are aligned to."""
    return {f"{OWN}{skill.pk}": uris_of(skill) for skill in Skill.objects.prefetch_related("alignments") if uris_of(skill)}


def _entry(concept: Concept) -> Entry:
    return Entry(
        concept.uri,
        {code: _said(concept, code) for code in LANGUAGES},
        {code: concept.texts.get(code, {}).get("description", "") for code in LANGUAGES},
        concept.reuse,
        frozenset(concept.collections),
        concept.occupations or 0,
        concept.kind,
    )


def _said(concept: Concept, language: str) -> list[str]:
    told = concept.texts.get(language)
    return [told["preferred"], *told["alternative"], *told["hidden"]] if told else []


def index_path(mark: str) -> Path:
    """The file of the index for that state of the vocabulary."""
    return folder() / f"index-{mark}.npz"


def meanings_path(model: str) -> Path:
    """The file of a model's vectors."""
    return folder() / f"meanings-{model}.npz"


def own_weights_path() -> Path:
    """Where a community keeps the weights it learnt itself."""
    return folder() / "weights.json"


def weights() -> Mapping[str, Weights]:
    """By mode: the weights that ship with Relais, or those the community adopted."""
    own = own_weights_path()
    return read_weights(((SHIPPED / "weights.json") if not own.exists() else own).read_text())


def detector(mode: str = ACCURATE) -> Detector:
    """What looks at texts, in the present state of the vocabulary; words alone where the models of meaning are not there."""
    own = own_weights_path()
    return _detector(vocabulary_mark(), mode, own.stat().st_mtime if own.exists() else 0.0)


@lru_cache(2)
def _detector(mark: str, mode: str, _adopted: float) -> Detector:
    index = index_of(mark)
    meanings = meanings_of(index) if mode == ACCURATE else {}
    return Detector(index, weights()[ACCURATE if meanings else FAST], meanings)


def index_of(mark: str) -> Index:
    """The index for that state of the vocabulary, from its file, or built now."""
    path = index_path(mark)
    if not path.exists():
        build(*what_is_looked_for()).save(path)
        for older in folder().glob("index-*.npz"):  # another process may still be about to read a recent one
            if older.stat().st_mtime < path.stat().st_mtime - KEPT:
                older.unlink(missing_ok=True)
    return Index.load(path)


def meanings_of(index: Index) -> dict[str, Meanings]:
    """Every model of meaning, or none: the weights were learnt with all of them."""
    models = installed()
    found = {model.name: load_meanings(model, index.keys, meanings_path(model.name)) for model in models}
    ready = {name: one for name, one in found.items() if one is not None}
    return ready if set(ready) == ALL_MODELS else {}
