"""What the big community does together: workshops and their places, needs, initiatives and their measures, exchanges, notices."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Model

from bench.vocabulary import text
from relais.knowledge.models import (
    Exchange,
    Giver,
    Indicator,
    Initiative,
    Measure,
    Need,
    Openness,
    Participant,
    Registration,
    Wish,
    Workshop,
)
from relais.studio.models import Notice

NOTICES = 10
PLACES, MEASURES = 12, 12
KINDS = ("answered", "asked", "applied", "chosen")


def _all(model: type[Model], rows: Iterable[Model]) -> None:
    model._base_manager.bulk_create(rows, batch_size=5_000)


class Together:
    """The same dice as the crowd, for what several people do at once."""

    def __init__(self, people: Sequence[uuid.UUID], circles: int, cases: int, now: datetime) -> None:
        self.rng = random.Random(12)
        self.people, self.circles, self.cases, self.now = people, circles, cases, now
        self.workshops_count, self.needs_count, self.initiatives_count = len(people) // 5, len(people) // 10, len(people) // 33

    def some(self, count: int) -> list[uuid.UUID]:
        return self.rng.sample(self.people, count)

    def write(self) -> None:
        """All of it, in the order the tables lean on each other."""
        self.workshops()
        self.needs()
        self.initiatives()
        self.exchanges()
        _all(Notice, self._notices())

    def workshops(self) -> None:
        """Half of them held, half to come; each full but for two places."""
        rows, places = [], []
        for n in range(1, self.workshops_count + 1):
            starts = self.now + timedelta(days=self.rng.uniform(1, 90) * (1 if n % 2 else -1))
            host, *guests = self.some(PLACES - 1)
            rows.append(
                Workshop(
                    pk=n, circle_id=n % self.circles + 1, host_id=host, title=text(self.rng, 6), purpose=text(self.rng, 30),
                    place="Salle 2", capacity=PLACES, starts_at=starts, ends_at=starts + timedelta(minutes=45),
                    held_at=None if n % 2 else starts, registered_count=len(guests),
                )
            )  # fmt: skip
            for guest in guests:
                places.append(Registration(workshop_id=n, person_id=guest, state="registered", came=None if n % 2 else True))
        _all(Workshop, rows)
        _all(Registration, places)

    def needs(self) -> None:
        """Four wish each of them, one can show it; three in ten are met."""
        rows, wishes, givers = [], [], []
        for n in range(1, self.needs_count + 1):
            author, *others, giver = self.some(5)
            met = n % 10 < 3
            rows.append(
                Need(
                    pk=n, author_id=author, circle_id=n % self.circles + 1, title=text(self.rng, 6), why=text(self.rng, 10),
                    wanted_count=4, closed_at=self.now if met else None, met=True if met else None,
                )
            )  # fmt: skip
            wishes += [Wish(need_id=n, person_id=person) for person in (author, *others)]
            givers.append(Giver(need_id=n, person_id=giver, state=Giver.State.OFFERED))
        _all(Need, rows)
        _all(Wish, wishes)
        _all(Giver, givers)

    def initiatives(self) -> None:
        """Under way, with six people and a year of monthly measures."""
        rows, people, indicators, measures = [], [], [], []
        for n in range(1, self.initiatives_count + 1):
            author, *others = self.some(6)
            rows.append(
                Initiative(
                    pk=n, author_id=author, circle_id=n % self.circles + 1, origin="bottom_up", title=text(self.rng, 6),
                    what=text(self.rng, 30), for_customers=True, state="launched", proposed_at=self.now,
                    decided_at=self.now, decided_by_id=others[0],
                )
            )  # fmt: skip
            people += [Participant(initiative_id=n, person_id=person) for person in (author, *others)]
            start = (self.now - timedelta(400)).date()
            indicators.append(
                Indicator(pk=n, initiative_id=n, name="Réclamations", unit="par semaine", baseline=Decimal(40), baseline_on=start)
            )
            measures += [
                Measure(indicator_id=n, on=start + timedelta(30 * month), value=Decimal(40 - month)) for month in range(1, MEASURES + 1)
            ]
        _all(Initiative, rows)
        _all(Participant, people)
        _all(Indicator, indicators)
        _all(Measure, measures)

    def exchanges(self) -> None:
        """Everybody is open to one; one in five of the pairs has not met yet."""
        _all(Openness, (Openness(person_id=person) for person in self.people))
        pairs = (self.some(2) for _ in range(self.workshops_count))
        _all(
            Exchange,
            (
                Exchange(asker_id=asker, other_id=other, about=text(self.rng, 5), state="asked" if n % 5 == 0 else "closed")
                for n, (asker, other) in enumerate(pairs)
            ),
        )

    def _notices(self) -> Iterable[Notice]:
        for person in self.people:
            for n in range(NOTICES):
                at = self.now - timedelta(days=self.rng.uniform(0, 60))
                case = self.rng.randint(1, self.cases)
                yield Notice(
                    person_id=person,
                    entry=n + 1,
                    kind=KINDS[n % len(KINDS)],
                    object_type="usecase",
                    object_id=case,
                    made_at=at,
                    mailed_at=at,
                )
