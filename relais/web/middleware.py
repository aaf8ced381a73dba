from __future__ import annotations

import zoneinfo
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation

from relais.core import clock
from relais.people.actions import note_visit

GetResponse = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger(__name__)
OPEN_NAMESPACES = ("/compte/",)


def outage(get_response: GetResponse) -> GetResponse:
    """While the database is away, a humane page; nothing to restart when it is back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware


def language_and_time(get_response: GetResponse) -> GetResponse:
    """The person's language and time zone; for a stranger, the browser's language."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        language = getattr(person, "language", None) or translation.get_language_from_request(request)
        translation.activate(language)
        timezone.activate(zoneinfo.ZoneInfo(getattr(person, "time_zone", settings.TIME_ZONE)))
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def access(get_response: GetResponse) -> GetResponse:
    """Deny by default: a view that declares nobody, or not this person, answers 404."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object) -> None:
        if request.path.startswith(OPEN_NAMESPACES):
            return
        if not hasattr(view, "allowed_to"):
            raise Http404
        if view.allowed_to is None:
            return
        if not request.user.is_authenticated or not view.allowed_to(request.user):
            raise Http404
        if request.user.last_seen_on != clock.today():
            note_visit(request.user)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
