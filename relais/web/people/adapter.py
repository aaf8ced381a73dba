from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from relais.people.models import Person


def display_name(person: Person) -> str:
    """How sign-in pages and mails name somebody."""
    return person.name


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: people come by import or invitation."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False
