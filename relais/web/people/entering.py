"""What several views of people share: coming in, and finding somebody or answering 404."""

from __future__ import annotations

from uuid import UUID

from allauth.account.utils import perform_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from relais.people.models import Person
from relais.people.queries import person_by_id


def enter(request: HttpRequest, person: Person, method: str, address: str) -> HttpResponse:
    """Sign in as allauth does, second factor included."""
    response: HttpResponse = perform_login(request, person, redirect_url=reverse(address), signal_kwargs={"method": method})
    return response


def person_or_404(person_id: UUID) -> Person:
    """Somebody of the perimeter who has not left."""
    person = person_by_id(person_id)
    if person is None:
        raise Http404
    return person
