from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.skills.actions.confirmations import (
    confirm,
    confirm_seen,
    judge_contest,
    leave_request,
    name_panelist,
    withdraw_confirmation,
)
from relais.skills.queries.people import contest_for, contests_open, person_skill_for, requests_to
from relais.skills.queries.skill_map import person_named, skill_for
from relais.skills.rules import can_confirm, can_judge
from relais.web.access import PersonRequest, members, pilots
from relais.web.posted import attempt, sent
from relais.web.skills.forms import SEEN, AskForm, ConfirmForm, JudgeForm
from relais.web.skills.page import act_label, acts, called


def _theirs(request: PersonRequest, pk: int) -> Any:
    """A colleague's skill that this person may confirm: shown to all, or put to them by its owner."""
    theirs = person_skill_for(pk)
    asked = theirs and theirs.requests.filter(colleague=request.user).exists()
    if theirs is None or not can_confirm(request.user, theirs) or not (asked or theirs.state == "shown"):
        raise Http404
    return theirs


@members
@require_http_methods(["GET", "POST"])
def skill_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Two clicks: what was seen, and « je confirme »."""
    theirs = _theirs(request, pk)
    evidences = {str(one.pk): one for one in theirs.evidences.all()}
    form = ConfirmForm(
        [(key, act_label(one)) for key, one in evidences.items()], sent(request), initial={"evidence": next(iter(evidences), SEEN)}
    )
    if form.is_valid():
        said = form.cleaned_data

        def act() -> Any:
            if said["evidence"] == SEEN:
                return confirm_seen(theirs, said["note"], said["on"], by=request.user)
            return confirm(theirs, evidences[said["evidence"]], by=request.user)

        if attempt(form, act):
            messages.success(request, _("Thank you: your voice is counted, under your name."))
            return redirect("skills:mine_list")
    voice = next((one for one in theirs.confirmations.all() if one.confirmer_id == request.user.pk), None)
    context = {
        "theirs": theirs,
        "name": called(theirs.skill),
        "acts": acts(theirs.evidences.all()),
        "form": form,
        "voice": voice,
        "asked": any(one.person_skill_id == theirs.pk for one in requests_to(request.user)),
    }
    return render(request, "skills/skill_confirm.html", context)


@members
@require_POST
def confirmation_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    theirs = _theirs(request, pk)
    voice = next((one for one in theirs.confirmations.all() if one.confirmer_id == request.user.pk), None)
    if voice:
        withdraw_confirmation(voice, by=request.user)
        messages.success(request, _("Your voice is taken back."))
    return redirect("skills:skill_confirm", pk)


@members
@require_POST
def request_leave(request: PersonRequest, pk: int) -> HttpResponse:
    asked = next((one for one in requests_to(request.user) if one.person_skill_id == pk), None)
    if asked is None:
        raise Http404
    leave_request(asked, by=request.user)
    messages.success(request, _("Left. Nothing is told to whoever asked."))
    return redirect("skills:mine_list")


@pilots
@require_http_methods(["GET", "POST"])
def panelist_name(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Name one of the first experts of a skill."""
    skill = skill_for(pk)
    if skill is None:
        raise Http404
    form = AskForm(sent(request))
    form.fields["colleague"].label = _("The name or the address of somebody who knows")
    form.fields["colleague"].help_text = _("Three at least, agreed with those concerned: their voice counts while nobody is certified.")
    if form.is_valid():
        person = person_named(form.cleaned_data["colleague"])
        if person is None:
            form.add_error("colleague", _("Nobody, or several people, bear this name: write the address."))
        else:
            name_panelist(skill, person, by=request.user)
            messages.success(request, _("%(name)s is one of its first experts.") % {"name": person.name})
            return redirect("skills:panelist_name", pk)
    context = {
        "form": form,
        "skill": skill,
        "name": called(skill),
        "panel": list(skill.panel.select_related("person")),
    }
    return render(request, "skills/panelist_name.html", context)


@members
@require_GET
def contest_list(request: PersonRequest) -> HttpResponse:
    """Contested levels that this person may look at."""
    rows = [(one, called(one.person_skill.skill)) for one in contests_open() if can_judge(request.user, one)]
    return render(request, "skills/contest_list.html", {"contests": rows})


@members
@require_http_methods(["GET", "POST"])
def contest_judge(request: PersonRequest, pk: int) -> HttpResponse:
    contest = contest_for(pk)
    if contest is None or contest.outcome != "open" or not can_judge(request.user, contest):
        raise Http404
    form = JudgeForm(sent(request))
    judged = attempt(form, lambda: judge_contest(contest, **form.cleaned_data, by=request.user)) if form.is_valid() else None
    if judged:
        messages.success(request, _("Thank you. A second colleague looks at it too, or it is decided."))
        return redirect("skills:contest_list")
    mine = person_skill_for(contest.person_skill_id)
    context = {
        "contest": contest,
        "form": form,
        "acts": acts(mine.evidences.all() if mine else ()),
        "name": called(contest.person_skill.skill),
    }
    return render(request, "skills/contest_judge.html", context)
