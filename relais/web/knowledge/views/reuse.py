from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import RelaisError
from relais.knowledge.actions import reuse as actions
from relais.knowledge.queries.reuse import application_for, reaction_for, reactions_for
from relais.web.access import PersonRequest, members
from relais.web.knowledge.forms import OutcomeForm, RemarkForm
from relais.web.knowledge.rows import rows
from relais.web.knowledge.views.contributions import found_contribution
from relais.web.knowledge.writing import case_address
from relais.web.posted import attempt, sent


def _act(request: PersonRequest, pk: int, act: Any, done: str) -> HttpResponse:
    """Do one thing with a contribution; answer with its fragment, or go back to its place in the page."""
    contribution = found_contribution(request, pk)
    try:
        act(contribution)
    except RelaisError as refusal:
        done = ""
        messages.error(request, str(refusal))
    if request.htmx:
        contribution = found_contribution(request, pk)
        context = {"rows": rows([contribution], contribution.use_case, request.user), "use_case": contribution.use_case, "said": done}
        return render(request, "knowledge/contribution_list.html", context)
    if done:
        messages.success(request, done)
    return redirect(case_address(contribution.use_case_id, pk))


@require_POST
@members
def application_report(request: PersonRequest, pk: int) -> HttpResponse:
    done = _("Noted, thank you. In two weeks we ask you whether it worked.")
    return _act(request, pk, lambda contribution: actions.report_application(contribution, by=request.user), done)


@require_POST
@members
def contribution_rate(request: PersonRequest, pk: int) -> HttpResponse:
    given = request.POST.get("score", "")
    score = int(given) if given.isdecimal() and len(given) == 1 else 0
    return _act(request, pk, lambda contribution: actions.rate(contribution, score, by=request.user), _("Your rating is kept."))


@require_http_methods(["GET", "POST"])
@members
def reaction_make(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell its authors what should be mended; they alone read it."""
    contribution = found_contribution(request, pk)
    form = RemarkForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.question_contribution(contribution, given["kind"], given["note"], by=request.user)):
            messages.success(request, _("Passed on to the person who wrote it, and to nobody else. Thank you."))
            return redirect(case_address(contribution.use_case_id, pk))
    return render(request, "knowledge/reaction_make.html", {"form": form, "contribution": contribution})


@require_GET
@members
def reaction_list(request: PersonRequest) -> HttpResponse:
    """The remarks that wait for me."""
    return render(request, "knowledge/reaction_list.html", {"reactions": list(reactions_for(request.user))})


@require_POST
@members
def reaction_settle(request: PersonRequest, pk: int) -> HttpResponse:
    reaction = reaction_for(request.user, pk)
    if reaction is None:
        raise Http404
    actions.settle_reaction(reaction, by=request.user)
    messages.success(request, _("Settled. Thank you for keeping it true."))
    return redirect("knowledge:reaction_list")


@require_http_methods(["GET", "POST"])
@members
def application_tell(request: PersonRequest, pk: int) -> HttpResponse:
    """Did it work, and what time did it save?"""
    application = _own_application(request, pk)
    form = OutcomeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        outcome, saved = form.cleaned_data["outcome"], form.cleaned_data["minutes_saved"]
        actions.tell_outcome(application, outcome, minutes_saved=saved, by=request.user)
        messages.success(request, _("Thank you: those who come next will know."))
        return redirect(case_address(application.contribution.use_case_id, application.contribution_id))
    return render(request, "knowledge/application_tell.html", {"form": form, "application": application})


@require_POST
@members
def application_skip(request: PersonRequest, pk: int) -> HttpResponse:
    actions.skip_outcome(_own_application(request, pk), by=request.user)
    messages.success(request, _("Left aside: we will not ask again."))
    return redirect("/")


def _own_application(request: PersonRequest, pk: int) -> Any:
    application = application_for(request.user, pk)
    if application is None:
        raise Http404
    return application
