"""What a stranger typed is kept: a session that ended in the middle of writing must not cost the text.

The fields wait in the anonymous session, which signing in carries over, under the path they were sent to. They are dropped
when the form is sent again, and after an hour: on a shared computer the next person must not find them.

Strangers must not fill the table of sessions: they leave less, and each address so many forms (`kept` in ACCOUNT_RATE_LIMITS).
"""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest

from relais.core import clock

KEY = "kept"
MOST_PATHS = 3
MOST_CHARACTERS = 200_000
MOST_OF_A_STRANGER = 20_000
SECONDS = 3600
NEVER = ("csrfmiddlewaretoken", "password", "code", "token", "secret")


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    """The text fields that were sent; no file, no secret."""
    return {name: values for name, values in request.POST.lists() if any(values) and not any(word in name.lower() for word in NEVER)}


def _has_room(request: HttpRequest, size: int) -> bool:
    if request.user.is_authenticated:
        return size <= MOST_CHARACTERS
    return size <= MOST_OF_A_STRANGER and ratelimit.consume(request, action="kept")


def keep(request: HttpRequest) -> bool:
    """Keep the text fields of this request for after signing in; says whether it is kept."""
    fields = _typed(request)
    size = sum(len(value) for values in fields.values() for value in values)
    if not fields or not _has_room(request, size):
        return False
    kept = {path: entry for path, entry in request.session.get(KEY, {}).items() if path != request.path}
    kept[request.path] = {"at": clock.recorded().timestamp(), "fields": fields}
    request.session[KEY] = dict(list(kept.items())[-MOST_PATHS:])
    return True


def kept_fields(request: HttpRequest, path: str) -> dict[str, Any]:
    """What was typed into the form sent to `path`, as initial values; empty when nothing waits."""
    entry = request.session.get(KEY, {}).get(path)
    if entry is None or clock.recorded().timestamp() - entry["at"] > SECONDS:
        return {}
    return {name: values[0] if len(values) == 1 else values for name, values in entry["fields"].items()}


def drop(request: HttpRequest) -> bool:
    """The form is sent again by somebody who is signed in: what waited for it is no longer needed; says whether anything did."""
    kept = request.session.get(KEY)
    if not kept or kept.pop(request.path, None) is None:
        return False
    request.session[KEY] = kept
    return True
