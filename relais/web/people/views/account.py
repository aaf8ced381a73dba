from __future__ import annotations

import json
from pathlib import Path

from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core import clock
from relais.people.actions import leave_community, pause, resume
from relais.people.actions.account import describe_oneself
from relais.people.export import rows_of
from relais.web.access import PersonRequest, signed_in
from relais.web.people.forms import AccountForm
from relais.web.people.my_data import my_data
from relais.web.people.views.sign_in import FORGET

LOOK = Path(__file__).parent.parent / "kept_file.css"
_SHOWN = ("passes_on", "wants_to_learn", "language", "time_zone")


@require_http_methods(["GET", "POST"])
@signed_in
def account(request: PersonRequest) -> HttpResponse:
    """What I say of myself, my language and time, and the ways out."""
    initial = {name: getattr(request.user, name) for name in _SHOWN}
    form = AccountForm(request.POST or None, initial=initial)
    if form.is_valid():
        person = describe_oneself(request.user, by=request.user, **form.cleaned_data)
        with translation.override(person.language):
            messages.success(request, _("Your account is up to date."))
        return redirect("people:account")
    return render(request, "people/account.html", {"form": form, "person": request.user}, status=422 if form.errors else 200)


@require_POST
@signed_in
def account_pause(request: PersonRequest) -> HttpResponse:
    """Be asked nothing for a while."""
    pause(request.user)
    messages.success(request, _("You are on a pause: nothing will be asked of you. Everything stays open."))
    return redirect("people:account")


@require_POST
@signed_in
def account_resume(request: PersonRequest) -> HttpResponse:
    """Come back from a pause."""
    resume(request.user)
    messages.success(request, _("Good to see you back."))
    return redirect("people:account")


@require_http_methods(["GET", "POST"])
@signed_in
def account_leave(request: PersonRequest) -> HttpResponse:
    """Leave altogether: the page says what goes and what stays, the button does it."""
    if request.method == "GET":
        return render(request, "people/account_leave.html", {"person": request.user})
    leave_community(request.user)
    logout(request)
    response = render(request, "people/account_left.html")
    response["Clear-Site-Data"] = FORGET
    return response


@require_GET
@signed_in
def account_data(request: PersonRequest) -> HttpResponse:
    """Everything Relais keeps about me, to read."""
    return render(request, "people/account_data.html", {"data": my_data(request.user)})


@require_GET
@signed_in
def account_data_keep(request: PersonRequest) -> HttpResponse:
    """The same, as a file one keeps and opens without a network."""
    look = format_html("<style>{}</style>", mark_safe(LOOK.read_text(encoding="utf-8")))  # noqa: S308 (a file of ours)
    context = {"data": my_data(request.user), "person": request.user, "today": clock.today(), "look": look}
    return _as_file(render(request, "people/account_data_file.html", context), "relais-mes-donnees.html")


@require_GET
@signed_in
def account_data_download(request: PersonRequest) -> HttpResponse:
    """The same, as a file for another program."""
    body = json.dumps(rows_of(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return _as_file(HttpResponse(body, content_type="application/json; charset=utf-8"), "relais-mes-donnees.json")


def _as_file(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
