from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import RelaisError
from relais.knowledge.actions import attendance as actions
from relais.knowledge.queries.workshops import registration_in, registrations_of
from relais.web.access import PersonRequest, members
from relais.web.knowledge.views.workshops import found_workshop, led_workshop
from relais.web.knowledge.workshop_forms import WarmUpForm, WorthForm
from relais.web.posted import attempt, sent


def _act(request: PersonRequest, pk: int, act: Any) -> HttpResponse:
    """Do one thing with one's place, say what came of it, and go back to the workshop."""
    try:
        messages.success(request, act(found_workshop(request, pk)))
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    return redirect("knowledge:workshop_show", pk)


@require_POST
@members
def workshop_register(request: PersonRequest, pk: int) -> HttpResponse:
    def act(workshop: Any) -> str:
        if actions.register(workshop, by=request.user).state == "registered":
            return _("You have a place. See you there!")
        return _("Every place is taken: you are on the waiting list, and get the first one that comes free.")

    return _act(request, pk, act)


@require_POST
@members
def workshop_unregister(request: PersonRequest, pk: int) -> HttpResponse:
    def act(workshop: Any) -> str:
        actions.unregister(workshop, by=request.user)
        return _("Your place is free again. Thank you for telling.")

    return _act(request, pk, act)


@require_POST
@members
def warm_up_answer(request: PersonRequest, pk: int) -> HttpResponse:
    form = WarmUpForm(request.POST)
    reply = form.cleaned_data["reply"] if form.is_valid() else request.POST.get("reply", "")[:500]

    def act(workshop: Any) -> str:
        actions.warm_up(workshop, reply, by=request.user)
        return _("Thank you: the host and those who come can read it.")

    return _act(request, pk, act)


@require_GET
@members
def attendance_list(request: PersonRequest, pk: int) -> HttpResponse:
    """The host's list: who is there."""
    workshop = led_workshop(request, pk)
    coming = [each for each in registrations_of(workshop) if each.state == "registered"]
    return render(request, "knowledge/attendance_list.html", {"workshop": workshop, "coming": coming})


@require_POST
@members
def attendance_mark(request: PersonRequest, pk: int, registration: int) -> HttpResponse:
    workshop = led_workshop(request, pk)
    found = registration_in(workshop, registration)
    if found is None:
        raise Http404
    try:
        actions.mark_came(workshop, found, came=request.POST.get("came") == "1", by=request.user)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    return redirect("knowledge:attendance_list", pk)


@require_http_methods(["GET", "POST"])
@members
def workshop_check_in(request: PersonRequest, pk: int, mark: UUID) -> HttpResponse:
    """What the code in the room opens: one button."""
    workshop = found_workshop(request, pk)
    if request.method == "GET":
        return render(request, "knowledge/workshop_check_in.html", {"workshop": workshop, "place": request.path})

    def act(workshop: Any) -> str:
        actions.check_in(workshop, mark, by=request.user)
        return _("You are marked as being there. Welcome!")

    return _act(request, pk, act)


@require_http_methods(["GET", "POST"])
@members
def workshop_rate(request: PersonRequest, pk: int) -> HttpResponse:
    workshop, form = found_workshop(request, pk), WorthForm(sent(request))
    if request.method == "POST" and form.is_valid():
        rated = attempt(form, lambda: actions.rate_workshop(workshop, **form.cleaned_data, by=request.user))
        if rated:
            messages.success(request, _("Thank you: it helps the next host, and whoever hesitates to come."))
            return redirect("knowledge:workshop_show", pk)
    return render(request, "knowledge/workshop_rate.html", {"workshop": workshop, "form": form})
