from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from relais.core.richtext import plain
from relais.knowledge.actions.drafts import drop_draft, keep_draft
from relais.knowledge.queries.drafts import drafts_for
from relais.web.access import PersonRequest, members
from relais.web.knowledge.writing import NOT_KEPT
from relais.web.people.pace import at_draft_pace


@require_GET
@members
def draft_list(request: PersonRequest) -> HttpResponse:
    """What I have begun, on whichever device."""
    return render(request, "knowledge/draft_list.html", {"drafts": [(draft, _begins(draft.fields)) for draft in drafts_for(request.user)]})


def _begins(fields: dict[str, Any]) -> str:
    title, body = str(fields.get("title") or ""), str(fields.get("body") or "")
    return title or plain(body)[:80] or _("A text just begun")


@require_POST
@members
@at_draft_pace
def draft_keep(request: PersonRequest) -> HttpResponse:
    """Keep what is being typed; a script asks again and again, a person once with a button."""
    place = request.POST.get("place", "")
    if not _is_ours(place):
        return HttpResponseBadRequest()
    typed = [(name, [value.replace("\0", "") for value in values]) for name, values in request.POST.lists()]
    fields = {name: values if len(values) > 1 else values[0] for name, values in typed if name not in NOT_KEPT}
    kept = keep_draft(place, fields, by=request.user)
    said = _("Draft kept at %(time)s") % {"time": time_format(timezone.localtime(kept.kept_at), "H:i")}
    if request.headers.get("X-Draft"):
        return HttpResponse(said, content_type="text/plain; charset=utf-8")
    messages.success(request, said)
    return redirect(place)


def _is_ours(place: str) -> bool:
    return place.startswith("/") and url_has_allowed_host_and_scheme(place, None)


@require_POST
@members
def draft_drop(request: PersonRequest) -> HttpResponse:
    """Start again from an empty form."""
    place = request.POST.get("place", "")
    if not _is_ours(place):
        return HttpResponseBadRequest()
    drop_draft(place, by=request.user)
    return redirect(place)
