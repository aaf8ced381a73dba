"""A big community made in bulk, outside the demo: 10,000 people, 20,000 use cases, 100,000 answers, and their ledger."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from bench.knowing import COPIES as KNOWN
from bench.knowing import Knowing
from bench.meetings import Together
from bench.vocabulary import WORDS, text
from relais.indicators.actions.figures import refresh_figures
from relais.knowledge.wording import plain
from relais.people.models import Person
from relais.people.sessions import SessionStore

NUMBERED = ("people_unit", "knowledge_circle", "knowledge_usecase", "knowledge_contribution", "knowledge_workshop", "knowledge_need",
            "knowledge_initiative", "knowledge_indicator", "skills_personskill")  # fmt: skip
Rows = Iterator[Sequence[Any]]
UNITS, TOPS, CIRCLES, LONG_CASES, CONTENTS = 400, 20, 40, 10, 2_000


def _copy(table: str, columns: Sequence[str], rows: Rows) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(map(connection.ops.quote_name, columns))}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


class Crowd:
    """The sizes and the dice of one bulk community: ten cases have twenty answers, the others a few, one in ten none."""

    def __init__(self, people: int, use_cases: int, answers: int, seed: int = 11) -> None:
        self.rng = random.Random(seed)
        self.people = [uuid.UUID(int=self.rng.getrandbits(128), version=4) for _ in range(people)]
        self.use_cases, self.answers = use_cases, answers
        self.now = datetime.now(UTC)
        self.arrived = self.now - timedelta(400)
        self.answered = [self._case(n) for n in range(answers)]
        self.counts = [0] * (use_cases + 1)
        for case in self.answered:
            self.counts[case] += 1

    def _case(self, n: int) -> int:
        if n < 20 * LONG_CASES:
            return n // 20 + 1
        case = self.rng.randint(LONG_CASES + 1, self.use_cases)
        return case if case % 10 else case - 1

    def moment(self) -> datetime:
        return self.now - timedelta(seconds=self.rng.uniform(60, 365 * 86_400))

    def unit_of(self, n: int) -> int:
        return TOPS + 1 + n % (UNITS - TOPS)

    def units(self) -> Rows:
        for n in range(1, UNITS + 1):
            yield n, f"bench-{n}", f"Équipe {n}", None if n <= TOPS else n % TOPS + 1

    def persons(self) -> Rows:
        for n, pk in enumerate(self.people):
            name = f"{self.rng.choice(WORDS).capitalize()} {self.rng.choice(WORDS).capitalize()}"
            yield (pk, f"bench{n}@example.org", name, "!", "fr", "Europe/Paris", self.unit_of(n), "", self.arrived.date(), "member",
                   self.arrived, self.now.date(), [], text(self.rng, 8), "", "", True)  # fmt: skip

    def memberships(self) -> Rows:
        for n, pk in enumerate(self.people):
            yield pk, self.unit_of(n), self.arrived.date()

    def circles(self) -> Rows:
        for n in range(1, CIRCLES + 1):
            yield n, f"bench-{n}", f"Cercle {n}", text(self.rng, 12), self.arrived

    def circle_members(self) -> Rows:
        for pk in self.people:
            for circle in self.rng.sample(range(1, CIRCLES + 1), 3):
                yield circle, pk, False, self.arrived

    def cases(self) -> Rows:
        for n in range(1, self.use_cases + 1):
            asked, count, told = self.moment(), self.counts[n], text(self.rng, 60)
            yield (n, self.rng.choice(self.people), self.rng.randint(1, CIRCLES), "fr", text(self.rng, 9), f"<p>{told}</p>",
                   "<p>Une idée ?</p>", "", told, True, False, asked, asked + timedelta(hours=3) if count else None,
                   asked + timedelta(2) if count and n % 2 == 0 else None, 2, count, 0, 0, 0, False)  # fmt: skip

    def contributions(self) -> Rows:
        for n in range(1, self.answers + 1):
            yield self._contribution(n, "answer", "", self.answered[n - 1])
        for n in range(self.answers + 1, self.answers + CONTENTS + 1):
            yield self._contribution(n, "sheet", text(self.rng, 7), self.rng.randint(LONG_CASES + 1, self.use_cases))

    def _contribution(self, n: int, kind: str, title: str, case: int) -> Sequence[Any]:
        told = text(self.rng, 50)
        return (n, kind, case, self.rng.choice(self.people), "fr", title, "", f"<p>{told}</p>", told, "", 1, self.moment(),
                0, 0, 6, 23, 0, 0)  # fmt: skip

    def proposals(self) -> Rows:
        for pk in self.people:
            yield self.rng.randint(LONG_CASES + 1, self.use_cases), pk, "close_case", "open", 1, self.moment()

    def words(self) -> Rows:
        for word in sorted({plain(word) for word in WORDS if len(word) > 3}):
            yield (word,)

    def entries(self) -> Rows:
        for n, pk in enumerate(self.people):
            yield self.arrived, self.now, None, "person.arrived", "person", str(pk), self.unit_of(n), None, Jsonb({})
        verbs = [("use_case.asked", "usecase", self.use_cases), ("answer.published", "contribution", self.answers)]
        for verb, kind, count in verbs:
            for n in range(1, count + 1):
                yield self._entry(verb, kind, str(n), Jsonb({"use_case": n % self.use_cases + 1}))
        for _ in range(self.answers):
            yield self._entry("person.visited", "person", "", Jsonb({}))

    def _entry(self, verb: str, kind: str, about: str, payload: Jsonb) -> Sequence[Any]:
        n = self.rng.randrange(len(self.people))
        actor = self.people[n]
        return self.moment(), self.now, actor, verb, kind, about or str(actor), self.unit_of(n), n % CIRCLES + 1, payload


COPIES = [
    ("people_unit", "id code name parent_id", "units"),
    ("people_person", "id email name password language time_zone unit_id employee_number arrived_on participation joined_at last_seen_on "
     "roles passes_on wants_to_learn identity_mark is_active", "persons"),
    ("people_membership", "person_id unit_id since", "memberships"),
    ("knowledge_circle", "id slug name purpose opened_at", "circles"),
    ("knowledge_circlemember", "circle_id person_id animator since", "circle_members"),
    ("knowledge_usecase", "id author_id circle_id language title situation need audience text for_customers for_employees asked_at "
     "first_answer_at solved_at supports_count answers_count contents_count applications_count teams_count pseudonym", "cases"),
    ("knowledge_contribution", "id kind use_case_id author_id language title result body text url version published_at "
     "applications_count teams_count ratings_count ratings_sum worked_count told_count", "contributions"),
    ("knowledge_proposal", "use_case_id person_id reason state wave made_at", "proposals"),
    ("knowledge_word", "word", "words"),
    ("ledger_entry", "occurred_at recorded_at actor verb object_type object_id unit circle payload", "entries"),
]  # fmt: skip


@transaction.atomic
def populate(people: int = 10_000, use_cases: int = 20_000, answers: int = 100_000) -> None:
    """Fill an empty database, all or nothing."""
    crowd = Crowd(people, use_cases, answers)
    for table, columns, rows in COPIES:
        _copy(table, columns.split(), getattr(crowd, rows)())
    Together(crowd.people, CIRCLES, use_cases, crowd.now).write()
    knowing = Knowing(crowd.people, use_cases, answers, crowd.now)
    for table, columns, rows in KNOWN:
        _copy(table, columns.split(), getattr(knowing, rows)())
    with connection.cursor() as cursor:
        for table in NUMBERED:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("ANALYZE")
    refresh_figures(again=True)


@transaction.atomic
def sessions(backend: str, count: int) -> list[str]:
    """Signed-in session keys of the first people."""
    keys = []
    for person in Person.objects.filter(email__startswith="bench").order_by("email")[:count]:
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
        store[BACKEND_SESSION_KEY] = backend
        store.create()
        store.save()
        keys.append(str(store.session_key))
    return keys
