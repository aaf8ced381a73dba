"""A big community made in bulk, outside the demo: 10,000 people, 20,000 use cases, 100,000 answers, and their ledger."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from psycopg.types.json import Jsonb

from relais.people.models import Person

WORDS = [
    "client",
    "commande",
    "fenêtre",
    "porte",
    "volet",
    "pose",
    "chantier",
    "retard",
    "facture",
    "devis",
    "agence",
    "atelier",
    "machine",
    "réglage",
    "vitrage",
    "joint",
    "livraison",
    "transport",
    "camion",
    "stock",
    "pièce",
    "contrôle",
    "mesure",
    "plan",
    "équipe",
    "consigne",
    "sécurité",
    "gant",
    "harnais",
    "échelle",
    "écran",
    "réseau",
    "imprimante",
    "mot",
    "passe",
    "tableau",
    "formule",
    "contrat",
    "congé",
    "accueil",
    "tuteur",
    "stage",
    "formation",
    "réunion",
    "compte",
    "rendu",
    "appel",
    "courrier",
    "plainte",
    "remise",
    "essai",
    "défaut",
    "humidité",
    "isolation",
    "thermique",
    "motorisation",
    "télécommande",
    "serrure",
    "clé",
    "cylindre",
    "poignée",
    "quincaillerie",
    "peinture",
    "laque",
    "nettoyage",
    "tri",
    "déchet",
]


def _text(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def _copy(table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


class Crowd:
    """The sizes and the dice of one bulk community."""

    def __init__(self, people: int, use_cases: int, answers: int, seed: int = 11) -> None:
        self.rng = random.Random(seed)
        self.people = [uuid.UUID(int=self.rng.getrandbits(128), version=4) for _ in range(people)]
        self.use_cases, self.answers = use_cases, answers
        self.now = datetime.now(UTC)

    def moment(self, days: int = 365) -> datetime:
        return self.now - timedelta(seconds=self.rng.uniform(60, days * 86_400))

    def unit_rows(self) -> Iterator[Sequence[Any]]:
        for n in range(1, 401):
            yield n, f"bench-{n}", f"Équipe {n}", None if n <= 20 else (n % 20) + 1

    def person_rows(self) -> Iterator[Sequence[Any]]:
        for n, pk in enumerate(self.people):
            email, day = f"bench{n}@example.org", (self.now - timedelta(400)).date()
            yield (pk, email, f"Personne {n}", "!", "fr", "Europe/Paris", 21 + n % 380, "", day, "member", self.now, self.now.date(),
                   [], "", "", "", True)  # fmt: skip

    def membership_rows(self) -> Iterator[Sequence[Any]]:
        for n, pk in enumerate(self.people):
            yield pk, 21 + n % 380, (self.now - timedelta(400)).date()

    def circle_rows(self) -> Iterator[Sequence[Any]]:
        for n in range(1, 41):
            yield n, f"bench-{n}", f"Cercle {n}", _text(self.rng, 12), self.now

    def member_rows(self) -> Iterator[Sequence[Any]]:
        for pk in self.people:
            for circle in self.rng.sample(range(1, 41), 3):
                yield circle, pk, False, self.now

    def use_case_rows(self) -> Iterator[Sequence[Any]]:
        per_case = self.answers // self.use_cases
        for n in range(1, self.use_cases + 1):
            asked, answered = self.moment(), 20 if n <= 10 else per_case
            text = _text(self.rng, 60)
            yield (n, self.rng.choice(self.people), self.rng.randint(1, 40), "fr", _text(self.rng, 9), f"<p>{text}</p>", "<p>Une idée ?</p>",
                   "", text, True, False, asked, None if n % 10 == 0 else asked + timedelta(hours=3),
                   None if n % 2 else asked + timedelta(2), 2, 0 if n % 10 == 0 else answered, 0, 0, 0)  # fmt: skip

    def contribution_rows(self) -> Iterator[Sequence[Any]]:
        for n in range(1, self.answers + 1):
            case = (n - 1) // 20 + 1 if n <= 200 else self.rng.randint(11, self.use_cases)
            text = _text(self.rng, 50)
            yield (n, "answer", case, self.rng.choice(self.people), "fr", "", "", f"<p>{text}</p>", text, "", 1, self.moment(), 0, 0, 6, 27,
                   0, 0)  # fmt: skip

    def entry_rows(self) -> Iterator[Sequence[Any]]:
        for pk in self.people:
            arrived = self.now - timedelta(400)
            yield arrived, self.now, None, "person.arrived", "person", str(pk), 21, None, Jsonb({})
        verbs = [("use_case.asked", "usecase", self.use_cases), ("answer.published", "contribution", self.answers)]
        for verb, kind, count in verbs:
            for n in range(1, count + 1):
                payload = Jsonb({"use_case": n % self.use_cases + 1})
                yield self.moment(), self.now, self.rng.choice(self.people), verb, kind, str(n), 21 + n % 380, n % 40 + 1, payload
        for _ in range(self.answers):
            person = self.rng.choice(self.people)
            yield self.moment(), self.now, person, "person.visited", "person", str(person), 21, None, Jsonb({})


COPIES = [
    ("people_unit", "id code name parent_id", "unit_rows"),
    ("people_person", "id email name password language time_zone unit_id employee_number arrived_on participation joined_at last_seen_on "
     "roles passes_on wants_to_learn identity_mark is_active", "person_rows"),
    ("people_membership", "person_id unit_id since", "membership_rows"),
    ("knowledge_circle", "id slug name purpose opened_at", "circle_rows"),
    ("knowledge_circlemember", "circle_id person_id animator since", "member_rows"),
    ("knowledge_usecase", "id author_id circle_id language title situation need audience text for_customers for_employees asked_at "
     "first_answer_at solved_at supports_count answers_count contents_count applications_count teams_count", "use_case_rows"),
    ("knowledge_contribution", "id kind use_case_id author_id language title result body text url version published_at "
     "applications_count teams_count ratings_count ratings_sum worked_count told_count", "contribution_rows"),
    ("ledger_entry", "occurred_at recorded_at actor verb object_type object_id unit circle payload", "entry_rows"),
]  # fmt: skip


def populate(people: int = 10_000, use_cases: int = 20_000, answers: int = 100_000) -> None:
    """Fill an empty database; takes a minute or two, most of it for the search index."""
    crowd = Crowd(people, use_cases, answers)
    for table, columns, rows in COPIES:
        _copy(table, columns.split(), getattr(crowd, rows)())
    with connection.cursor() as cursor:
        for table in ("people_unit", "knowledge_circle", "knowledge_usecase", "knowledge_contribution"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("ANALYZE")


def sessions(backend: str, count: int = 24) -> list[str]:
    """Signed-in session keys of the first people."""
    keys = []
    for person in Person.objects.order_by("email")[:count]:
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
        store[BACKEND_SESSION_KEY] = backend
        store.save()
        keys.append(str(store.session_key))
    return keys
