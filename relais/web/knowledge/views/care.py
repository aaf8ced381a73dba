from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from relais.core.errors import RelaisError
from relais.knowledge.actions import care as actions
from relais.knowledge.queries.care import care_for, looked_after_by
from relais.web.access import PersonRequest, members


@require_GET
@members
def care_list(request: PersonRequest) -> HttpResponse:
    """What I look after, and who would if I could not."""
    return render(request, "knowledge/care_list.html", {"cares": looked_after_by(request.user)})


def _act(request: PersonRequest, pk: int, act: Any, said: str) -> HttpResponse:
    care = care_for(request.user, pk)
    if care is None:
        raise Http404
    try:
        act(care)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("knowledge:care_list") if request.POST.get("next") == "list" else redirect("knowledge:contribution_show", pk)


@require_POST
@members
def care_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda care: actions.still_true(care, by=request.user), _("Noted: still true. It is read again in a year."))


@require_POST
@members
def care_deputy(request: PersonRequest, pk: int) -> HttpResponse:
    email = request.POST.get("email", "")
    return _act(request, pk, lambda care: actions.name_deputy(care, email, by=request.user), _("Kept."))


@require_POST
@members
def care_take(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda care: actions.take_over(care, by=request.user), _("You look after it from now on. Thank you."))
