from __future__ import annotations

import time
import uuid
import zoneinfo
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation

from relais.core import clock
from relais.core.errors import RelaisError
from relais.people.actions import note_visit
from relais.web import errors, kept
from relais.web.access import may_open
from relais.web.people.pace import too_fast

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
log = structlog.get_logger(__name__)
SLOW_SECONDS = 0.5
SAFE = ("GET", "HEAD", "OPTIONS")
NEVER_WRITTEN_DOWN = ("/compte/", "/mon-compte/", "/administrer/", "/invitation/", "/agenda/")  # secrets, and what is about people

NAMELESS = ("maturity:sheet_fill",)  # a line with the person and the moment would say when they answered


def traces(get_response: GetResponse) -> GetResponse:
    """Each request has an id that its log lines carry and that an error page shows. A quick, quiet reading leaves no line."""

    def middleware(request: HttpRequest) -> HttpResponse:
        identifier = request.META["relais.request"] = uuid.uuid4().hex[:12]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=identifier)
        started = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - started
        if request.method not in SAFE or response.status_code >= 400 or seconds > SLOW_SECONDS:
            _tell(request, response, seconds)
        structlog.contextvars.clear_contextvars()
        return response

    return middleware


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """The route, never the address or what was sent: they may hold what people wrote."""
    match = request.resolver_match
    nameless = match is not None and match.view_name in NAMELESS
    person = None if nameless else getattr(request, "_cached_user", None)
    log.info(
        "request",
        method=request.method,
        route=match.view_name or match.route if match else None,
        status=response.status_code,
        milliseconds=round(seconds * 1000),
        person=str(person.pk) if person and person.pk else None,
    )


def head_as_get(get_response: GetResponse) -> GetResponse:
    """HEAD is GET without the body, everywhere; the server leaves the body out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        response = get_response(request)
        request.method = asked
        return response

    return middleware


def never_shared(get_response: GetResponse) -> GetResponse:
    """Pages are made for one person: no cache in between keeps them, and a browser asks again before it shows one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response.headers:
            alone = request.path.startswith(NEVER_WRITTEN_DOWN)
            response.headers["Cache-Control"] = "private, no-store" if alone else "private, no-cache"
        return response

    return middleware


def language_and_time(get_response: GetResponse) -> GetResponse:
    """The person's language and time zone; for a stranger, the one chosen before or the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        language = getattr(person, "language", None) or translation.get_language_from_request(request)
        translation.activate(language)
        timezone.activate(zoneinfo.ZoneInfo(getattr(person, "time_zone", settings.TIME_ZONE)))
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


class Access:
    """Deny by default: a view that declares nobody, or not this person, answers 404; what a stranger typed is kept."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return errors.wrong_method(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_view(self, request: HttpRequest, view: View, _args: Any, _kwargs: Any) -> HttpResponse | None:
        person = request.user
        if not may_open(request, view):
            if not person.is_authenticated and request.method == "POST":
                request.META["relais.kept"] = kept.keep(request)
            raise Http404
        if person.is_authenticated:
            if person.last_seen_on != clock.today():
                note_visit(person)
            wait = too_fast(request, view, person)
            if request.method == "POST":
                (kept.keep if wait else kept.drop)(request)
            return wait
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError):  # a character or a number that no table can hold
            return errors.bad_request(request, exception)
        return errors.refused(request, exception) if isinstance(exception, RelaisError) else None
