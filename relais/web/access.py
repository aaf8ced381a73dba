"""Who may open an address: each view declares it; what declares nothing does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from relais.knowledge.rules import can_hold_key, can_keep_circles, can_keep_words, can_moderate_somewhere, can_read_initiatives
from relais.people import rules
from relais.people.models import Person

View = Callable[..., HttpResponseBase]
Rule = Callable[[Person], bool]


def _allowed_to(rule: Rule | None) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.allowed_to = rule  # type: ignore[attr-defined]
        return view

    return mark


def _signed_in(person: Person) -> bool:
    return person.is_active


def _nobody(_person: Person) -> bool:
    return False


everyone = _allowed_to(None)
signed_in = _allowed_to(_signed_in)
members = _allowed_to(rules.can_take_part)
aggregates = _allowed_to(rules.can_read_aggregates)
animators = _allowed_to(rules.can_animate)
pilots = _allowed_to(rules.can_pilot)
administrators = _allowed_to(rules.can_administer)
initiative_readers = _allowed_to(can_read_initiatives)
word_keepers = _allowed_to(can_keep_words)


def _takes_part_or_moderates(person: Person) -> bool:
    return rules.can_take_part(person) or can_moderate_somewhere(person)


moderators = _allowed_to(can_moderate_somewhere)
members_and_moderators = _allowed_to(_takes_part_or_moderates)
key_holders = _allowed_to(can_hold_key)
circle_keepers = _allowed_to(can_keep_circles)


# Sign-in is django-allauth's: these of its addresses are for strangers, its others for whoever is signed in.
OPEN_NAMES = {
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_inactive",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def declared_rule(view: View, name: str) -> Rule | None:
    """Who may open a view; nobody when it declares nothing."""
    if view.__module__.startswith("allauth."):
        return None if name in OPEN_NAMES else _signed_in
    rule: Rule | None = getattr(view, "allowed_to", _nobody)
    return rule


def may_open(request: HttpRequest, view: View) -> bool:
    """Whether this person, or a stranger, may open this view."""
    match = request.resolver_match
    rule = declared_rule(view, (match and match.url_name) or "")
    return rule is None or (request.user.is_authenticated and rule(request.user))


class PersonRequest(HttpRequest):
    """A request whose person is known: what every view but those for everyone receives."""

    user: Person
    htmx: Any
