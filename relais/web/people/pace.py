"""The pace of writes: what goes too fast waits a little, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from relais.people.actions.pace import keep_pace
from relais.people.models import Person

View = Callable[..., HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
_NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "code", "credential")


def at_draft_pace(view: View) -> View:
    """For autosaves: counted apart, with room for typing."""
    view.pace = "draft"  # type: ignore[attr-defined]
    return view


def too_fast(request: HttpRequest, view: View, person: Person) -> HttpResponse | None:
    """Count this request if it writes; the page that asks to wait when there were too many."""
    if request.method in SAFE:
        return None
    seconds = keep_pace(person, getattr(view, "pace", "write"))
    return _wait(request, seconds) if seconds else None


def _wait(request: HttpRequest, seconds: int) -> HttpResponse:
    context = {"seconds": seconds, "minutes": round(seconds / 60), "typed": _typed(request), "address": request.get_full_path()}
    response = render(request, "people/pace_wait.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Each value that was sent, to send again; no secret."""
    names = [name for name in request.POST if not any(word in name.lower() for word in _NEVER_SHOWN)]
    return [(name, value) for name in names for value in request.POST.getlist(name)]
