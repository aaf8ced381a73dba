from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from relais.people.models import Person
from relais.people.queries import person_by_email
from relais.web.people.landing import landing_for


def display_name(person: Person) -> str:
    """How sign-in pages and mails name somebody."""
    return person.name


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: people come by import or invitation. Mails speak the person's language."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse(landing_for(request.user)) if isinstance(request.user, Person) else "/"

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be sent on to this address; what is no address is not."""
        try:
            return bool(url and super().is_safe_url(url))
        except ValueError:
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = person_by_email(email)
        with translation.override(person.language if person else translation.get_language()):
            super().send_mail(template_prefix, email, context)
