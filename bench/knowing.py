"""What the big community knows: 2,000 skills, who shows them, 200,000 acts they rest on, and what each thing published is about."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from bench.vocabulary import text

SKILLS, EACH, ACTS = 2_000, 4, 5  # skills; of each person; acts of each of these
SKILL = "00000000-0000-4000-8000-000000000001"  # the one whose page is measured
Rows = Iterator[Sequence[Any]]


class Knowing:
    """The same dice as the crowd, for skills."""

    def __init__(self, people: Sequence[uuid.UUID], cases: int, answers: int, now: datetime) -> None:
        self.rng = random.Random(13)
        self.people, self.cases, self.answers, self.now = people, cases, answers, now
        self.keys = [uuid.UUID(int=uuid.UUID(SKILL).int + n) for n in range(SKILLS)]
        self.held = [(person, key) for person in people for key in self.rng.sample(self.keys, EACH)]

    def skills(self) -> Rows:
        for key in self.keys:
            yield key, "active", self.now - timedelta(300), 2 * self.answers // len(self.keys)

    def labels(self) -> Rows:
        for n, key in enumerate(self.keys):
            for language in ("fr", "en"):
                yield key, language, "preferred", f"{text(self.rng, 3)} {n}"
                yield key, language, "alternative", f"{text(self.rng, 2)} bis {n}"

    def held_by(self) -> Rows:
        for n, (person, key) in enumerate(self.held, 1):
            state = self.rng.choices(("shown", "kept", "proposed"), (8, 1, 1))[0]
            yield n, person, key, state, self.now - timedelta(90), self.now - timedelta(80), self.rng.choices((1, 2, 3, 4), (6, 2, 1, 1))[0]

    def evidences(self) -> Rows:
        for n in range(1, len(self.held) + 1):
            for act in range(ACTS):
                on = (self.now - timedelta(self.rng.randrange(1, 500))).date()
                yield n, ("published", "applied", "accepted")[act % 3], "contribution", act * len(self.held) + n, on, "", "{client}"

    def tags(self) -> Rows:
        for kind, count in (("contribution", self.answers), ("usecase", self.cases)):
            for n in range(1, count + 1):
                for key in self.rng.sample(self.keys, 2):
                    yield key, kind, n, 0.9, "{client}", self.now - timedelta(self.rng.randrange(1, 300))


COPIES = [
    ("skills_skill", "id state created_at things_count", "skills"),
    ("skills_label", "skill_id language kind text", "labels"),
    ("skills_personskill", "id person_id skill_id state proposed_at answered_at level", "held_by"),
    ("skills_evidence", "person_skill_id what object_type object_id on note words", "evidences"),
    ("skills_tag", "skill_id object_type object_id chance words at", "tags"),
]
