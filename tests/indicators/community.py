"""A community of two teams, told straight to the ledger: thirty people, some of whom are engaged."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from relais.ledger.models import Entry
from relais.people.models import Unit
from tests.factories import make_unit
from tests.indicators.histories import arrived, fact

NOW = datetime(2026, 3, 11, 10, tzinfo=UTC)
LAST = date(2026, 3, 10)


def make_community(engaged: dict[str, tuple[int, int]] | None = None) -> list[Unit]:
    """Teams of so many people, so many of whom are engaged in February and March."""
    root, entries, number = make_unit("Maison"), [], 0
    teams = engaged or {"Agences": (40, 12), "Ateliers": (30, 8)}
    units = [make_unit(name, parent=root) for name in teams]
    for unit, (size, acting) in zip(units, teams.values(), strict=True):
        for place in range(size):
            number += 1
            person = UUID(int=number)
            entries.append(arrived(person, NOW - timedelta(300), unit.pk))
            if place < acting:
                entries += _engaging(person, number)
    Entry.objects.bulk_create(entries)
    return units


def _engaging(person: UUID, number: int) -> list[Entry]:
    """A case and two answers, one day after the other, at the start of February."""
    days = [datetime(2026, 2, day, 9, tzinfo=UTC) for day in (2, 3, 4)]
    case, texts = str(number), [f"{number}1", f"{number}2"]
    asked = fact("use_case.asked", person, days[0], "usecase", case)
    return [
        asked,
        *(fact("answer.published", person, day, "contribution", t, {"use_case": number}) for day, t in zip(days[1:], texts, strict=True)),
    ]
