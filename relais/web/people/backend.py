"""Sign-in is django-allauth's; a request that is signed in already finds its person in its session."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from relais.people.models import Person
from relais.people.sessions import person_of, person_read


class Backend(AuthenticationBackend):
    def get_user(self, user_id: UUID) -> Person | None:
        """The person read with the session, unless another is meant; Django checks the session's hash afterwards."""
        person = person_read(user_id)
        if person is None:
            found: Person | None = super().get_user(user_id)
            return found
        return person if self.user_can_authenticate(person) else None


class SignedIn(AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        signed_in: Any = SimpleLazyObject(lambda: _person(request))
        request.user = signed_in


def _person(request: HttpRequest) -> Any:
    with person_of(request.session):
        return get_user(request)
