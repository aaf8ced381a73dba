"""What the demo has made so far, by the names the plan gives it, and the company as it opens."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from relais.core import clock
from relais.demo.company import PLACES, Member
from relais.demo.stories import Text
from relais.knowledge.models import Application, Circle, Contribution, UseCase
from relais.people import actions as people
from relais.people.models import Person, Unit


class Stage:
    """Holds what acts make, so that later ones find it; what a theme makes of its own, it keeps in `things` under the plan's name."""

    def __init__(self, members: list[Member], first: date) -> None:
        self.members, self.first = members, first
        self.units: dict[str, Unit] = {}
        self.people: dict[int, Person] = {}
        self.circles: dict[str, Circle] = {}
        self.cases: dict[str, UseCase] = {}
        self.contributions: dict[str, Contribution] = {}
        self.texts: dict[str, Text] = {}
        self.applications: dict[tuple[int, str], Application] = {}
        self.things: dict[str, Any] = {}
        self.made = 0

    def moment(self, at: float) -> datetime:
        """That moment of the demo on the clock."""
        return datetime.combine(self.first, time.min, UTC) + timedelta(seconds=round(at * 86400))

    def set(self) -> None:
        """The company as it is when the community opens."""
        with clock.simulated(self.moment(0.25)):
            for place in PLACES:
                self.units[place.code] = people.add_unit(place.code, place.name, parent=self.units.get(place.parent))
            for member in self.members:
                if member.arrives < 0:
                    self.welcome(member)

    def welcome(self, member: Member) -> None:
        """They enter the company, and are invited."""
        self.people[member.index] = people.add_person(
            member.email,
            member.name,
            unit=self.units[member.place.code],
            arrived_on=self.first + timedelta(member.arrives),
            id=member.id,
            language=member.language,
            time_zone="Europe/London" if member.language == "en" else "Europe/Paris",
            manager=self.people[member.manager] if member.manager is not None else None,
        )
