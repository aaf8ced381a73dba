from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from relais.core import clock
from relais.people.models import Pace, Person


@dataclass(frozen=True)
class Limits:
    minute: int
    hour: int


LIMITS = {"write": Limits(30, 300), "draft": Limits(120, 3000)}
_UPSERT = f"""
INSERT INTO {Pace._meta.db_table} AS pace (person_id, kind, minute, in_minute, hour, in_hour) VALUES (%s, %s, %s, 1, %s, 1)
ON CONFLICT (person_id, kind) DO UPDATE SET
    in_minute = CASE WHEN pace.minute = excluded.minute THEN pace.in_minute + 1 ELSE 1 END, minute = excluded.minute,
    in_hour = CASE WHEN pace.hour = excluded.hour THEN pace.in_hour + 1 ELSE 1 END, hour = excluded.hour
RETURNING in_minute, in_hour
"""  # noqa: S608 (the table's own name)


def keep_pace(person: Person, kind: str = "write") -> int:
    """Count one write of this person; says how many seconds to wait when they go too fast, 0 otherwise."""
    moment = clock.recorded()
    minute = moment.replace(second=0, microsecond=0)
    hour = minute.replace(minute=0)
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [person.pk, kind, minute, hour])
        in_minute, in_hour = cursor.fetchone() or (0, 0)
    if in_hour > LIMITS[kind].hour:
        return _seconds(hour + timedelta(hours=1) - moment)
    return _seconds(minute + timedelta(minutes=1) - moment) if in_minute > LIMITS[kind].minute else 0


def _seconds(rest: timedelta) -> int:
    return max(1, round(rest.total_seconds()))
