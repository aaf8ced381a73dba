"""Who may open an address: each view declares it; what declares nothing does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from relais.people import rules
from relais.people.models import Person

View = Callable[..., HttpResponse]
Rule = Callable[[Person], bool]


def _allowed_to(rule: Rule | None) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.allowed_to = rule  # type: ignore[attr-defined]
        return view

    return mark


def _signed_in(person: Person) -> bool:
    return person.is_active


everyone = _allowed_to(None)
signed_in = _allowed_to(_signed_in)
members = _allowed_to(rules.can_take_part)
aggregates = _allowed_to(rules.can_read_aggregates)
animators = _allowed_to(rules.can_animate)
pilots = _allowed_to(rules.can_pilot)
administrators = _allowed_to(rules.can_administer)


class PersonRequest(HttpRequest):
    """A request whose person is known: what every view but those for everyone receives."""

    user: Person
    htmx: Any
