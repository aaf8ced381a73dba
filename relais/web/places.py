"""The places of the product, always the same, in one list: a later place is one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relais.knowledge.rules import can_moderate_somewhere
from relais.people import rules
from relais.people.models import Person


@dataclass(frozen=True)
class Place:
    """An entry of the navigation; `wide` ones live in the side bar and, on a phone, in the account menu."""

    label: str | Promise
    address: str
    icon: str
    shown_to: Callable[[Person], bool]
    wide: bool = False

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.address)

    def holds(self, path: str) -> bool:
        """Whether an address is inside this place."""
        return path == self.url if self.url == "/" else path.startswith(self.url)


PLACES = (
    Place(_("Home"), "knowledge:home", "home", rules.can_take_part),
    Place(_("Use cases"), "knowledge:use_case_list", "cases", rules.can_take_part),
    Place(_("Meetings"), "knowledge:workshop_list", "meet", rules.can_take_part),
    Place(_("Know-how"), "skills:skill_list", "skills", rules.can_take_part),
    Place(_("Where we stand"), "indicators:standing", "standing", rules.can_read_aggregates),
    Place(_("Animate"), "knowledge:animation", "animate", rules.can_animate, wide=True),
    Place(_("Steer"), "indicators:cockpit", "standing", rules.can_pilot, wide=True),
    Place(_("Reports"), "knowledge:matter_list", "check", can_moderate_somewhere, wide=True),
    Place(_("Administer"), "people:administration", "administer", rules.can_administer, wide=True),
)


def places_for(person: Person) -> list[Place]:
    """The places this person may enter."""
    return [place for place in PLACES if place.shown_to(person)]
