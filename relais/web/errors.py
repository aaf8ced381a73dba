"""Pages for what went wrong: what happened, why, the next step; nothing typed is lost."""

from __future__ import annotations

import sys
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation

from relais.core.errors import NotAllowed, RelaisError
from relais.web.kept import keep

log = structlog.get_logger(__name__)
RETRY_AFTER = 10
_AWAY = ("08", "57P", "53300")  # connection lost, server stopping or starting, no connection left


def database_is_away(error: BaseException | None) -> bool:
    """Whether the database cannot be reached, unlike a statement that it refused."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_AWAY)


def _parts(address: str) -> SplitResult:
    """The parts of an address that a browser sent; one that cannot be read has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that this request comes from one of our own pages."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return _parts(origin).netloc == request.get_host()


def form_address(request: HttpRequest) -> str:
    """Where to come back to: the page that showed the form, else the address itself."""
    if request.method != "POST":
        return request.get_full_path()
    referer = _parts(request.headers.get("Referer", ""))
    return referer.path if referer.path and referer.netloc == request.get_host() else request.path


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing for this person: the two are not told apart."""
    log.debug("not found", why=type(exception).__name__)
    context = {"next": form_address(request), "kept": request.META.get("relais.kept", False)}
    return render(request, "errors/404.html", context, status=HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is older than the sign-in; its text is kept when it comes from one of our pages."""
    log.info("form refused", reason=reason)
    kept = same_origin(request) and keep(request)
    return render(request, "errors/403.html", {"next": form_address(request), "kept": kept}, status=HTTPStatus.FORBIDDEN)


def refused(request: HttpRequest, error: RelaisError) -> HttpResponse:
    """An action refused and no form is there to say it: the page says it, with the way back; what was typed waits there."""
    keep(request)
    status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "errors/refused.html", {"reason": str(error), "next": form_address(request)}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read, or that is too big to be."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_big else HTTPStatus.BAD_REQUEST
    return _bare(request, "errors/400.html", {"too_big": too_big, "next": request.path}, status)


def wrong_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An address that only a button opens, typed or opened again: the page says so, and leads back."""
    page = render(request, "errors/405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
    page["Allow"] = response["Allow"]
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; when it is the database that is away, the page says to wait a little."""
    error = sys.exception()
    if database_is_away(error):
        log.error("database away", error=type(error).__name__)
        response = _bare(request, "errors/503.html", {}, HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    return _bare(request, "errors/500.html", {"identifier": request.META.get("relais.request", "")}, HTTPStatus.INTERNAL_SERVER_ERROR)


def _bare(request: HttpRequest, name: str, context: dict[str, object], status: HTTPStatus) -> HttpResponse:
    """A page that needs neither database nor session: the person may be unknown, the language is the browser's."""
    language = getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)
    with translation.override(language):
        return HttpResponse(loader.render_to_string(name, context), status=status)
