from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from relais.knowledge.actions.people import choose_what_shows
from relais.knowledge.queries.people import portrait_for, profile_of
from relais.web.access import PersonRequest, members
from relais.web.knowledge.addresses import address
from relais.web.skills.page import shown


class ShowsForm(forms.Form):
    passed_on = forms.BooleanField(label=gettext_lazy("What I passed on"), required=False)
    learned = forms.BooleanField(label=gettext_lazy("What I learned"), required=False)


@require_GET
@members
def person_show(request: PersonRequest, pk: UUID) -> HttpResponse:
    portrait = portrait_for(request.user, pk)
    if portrait is None:
        raise Http404
    context = {
        "portrait": portrait,
        "person": portrait.person,
        "passed_on": [(one, address("contribution_show", one.pk)) for one in portrait.passed_on or []],
        "skills": shown(portrait.skills),
        "learned": [(one, address("use_case_show", one.use_case)) for one in portrait.learned or []],
    }
    return render(request, "knowledge/person_show.html", context)


@require_http_methods(["GET", "POST"])
@members
def person_choose(request: PersonRequest) -> HttpResponse:
    profile = profile_of(request.user)
    form = ShowsForm(request.POST or None, initial={"passed_on": profile.shows_passed_on, "learned": profile.shows_learned})
    if request.method == "POST" and form.is_valid():
        choose_what_shows(**form.cleaned_data, by=request.user)
        messages.success(request, _("Your profile shows what you chose."))
        return redirect("knowledge:person_show", request.user.pk)
    return render(request, "knowledge/person_choose.html", {"form": form})
