"""The starter vocabulary that ships with Relais, and what stands for ESCO in it. Pure: a table in, skills out."""

from __future__ import annotations

import csv
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from relais.skills.detection.words import LANGUAGES, Language

SHIPPED = Path(__file__).parent / "shipped"
ESCO = "http://data.europa.eu/esco/skill/"
_KEYS = uuid.UUID("5f0c9c0e-2a5d-4c8e-9a53-3f2b7f0d8a11")


@dataclass(frozen=True)
class StarterSkill:
    """An everyday skill of work: its names (the preferred one first) and the concepts of ESCO closest to it."""

    key: uuid.UUID
    names: dict[Language, tuple[str, ...]]
    closest: tuple[str, ...]


@cache
def starter_skills() -> tuple[StarterSkill, ...]:
    """The whole of it, in its order."""
    with (SHIPPED / "skills.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        StarterSkill(
            uuid.uuid5(_KEYS, row["id"]),
            {code: (row[f"label_{code}"], *filter(None, row[f"alt_{code}"].split("|"))) for code in LANGUAGES},
            tuple(ESCO + one for one in row["esco"].split("|")),
        )
        for row in rows
    )
