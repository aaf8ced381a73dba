from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.knowledge.actions.prompts import answer_prompt
from relais.knowledge.queries.prompts import prompt_for, prompts_for
from relais.skills.actions.confirmations import ask_confirmation, open_contest
from relais.skills.actions.levels import assessment_of
from relais.skills.actions.proposals import answer_proposal, claim_skill
from relais.skills.queries.people import person_skill_for, requests_to, skills_of, who_may_have_seen
from relais.skills.queries.skill_map import colleagues_named, level_history, skill_for
from relais.web.access import PersonRequest, members
from relais.web.posted import attempt, sent
from relais.web.skills.forms import AskForm, ContestForm
from relais.web.skills.page import acts, called, shown
from relais.web.skills.words import LEVELS, MISSING, prompt_address, prompt_words

SAID = {
    "shown": gettext_lazy("Shown on your profile: colleagues find you when they need it."),
    "kept": gettext_lazy("Kept for yourself: nobody else sees it."),
    "refused": gettext_lazy("Noted: it will not be proposed again. You have just taught it to do better."),
}


@members
@require_GET
def mine_list(request: PersonRequest) -> HttpResponse:
    """What my acts show, and whom I am asked to confirm."""
    rows = skills_of(request.user)
    context = {
        "proposed": [(one, acts(one.row.evidences.all())) for one in shown(row for row in rows if row.state == "proposed")],
        "theirs": shown(row for row in rows if row.state in {"shown", "kept"}),
        "refused": shown(row for row in rows if row.state == "refused"),
        "prompts": [(one, called(one.skill), prompt_words(one)) for one in prompts_for(request.user)],
        "asked": [(one, called(one.person_skill.skill)) for one in requests_to(request.user)],
    }
    return render(request, "skills/mine_list.html", context)


@members
@require_POST
def prompt_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Yes leads to where it is written; later and no lead back."""
    prompt, state = prompt_for(request.user, pk), request.POST.get("state", "")
    if prompt is None or state not in {"accepted", "later", "declined"}:
        raise Http404
    answer_prompt(prompt, state, by=request.user)
    if state == "accepted":
        return redirect(prompt_address(prompt))
    messages.success(request, _("Noted. Nobody asks why, and nobody else knows."))
    return redirect("skills:mine_list")


def _own(request: PersonRequest, pk: int) -> Any:
    mine = person_skill_for(pk)
    if mine is None or mine.person_id != request.user.pk:
        raise Http404
    return mine


@members
@require_POST
def mine_answer(request: PersonRequest, pk: int) -> HttpResponse:
    state = request.POST.get("state", "")
    mine = _own(request, pk)
    if state in SAID:
        answer_proposal(mine, state, by=request.user)
        messages.success(request, str(SAID[state]))
    return redirect("skills:mine_list")


@members
@require_POST
def skill_claim(request: PersonRequest, pk: UUID) -> HttpResponse:
    skill = skill_for(pk)
    if skill is None:
        raise Http404
    claim_skill(skill, by=request.user)
    messages.success(request, _("Shown on your profile. What you answer and share from now on will show it too."))
    return redirect("skills:skill_show", skill.pk)


@members
@require_GET
def mine_show(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _own(request, pk), AskForm())


def _page(request: PersonRequest, mine: Any, form: AskForm, found: Any = ()) -> HttpResponse:
    now = assessment_of(mine)
    context = {
        "mine": mine,
        "name": called(mine.skill),
        "level": LEVELS[mine.level],
        "missing": [MISSING[one] for one in now.missing],
        "acts": acts(mine.evidences.all()),
        "voices": mine.confirmations.all(),
        "asked": mine.requests.filter(answered_at=None).select_related("colleague"),
        "history": [(one, LEVELS[one.after]) for one in level_history(request.user, mine.skill)],
        "contests": mine.contests.order_by("-opened_at"),
        "form": form,
        "found": found,
    }
    return render(request, "skills/mine_show.html", context)


@members
@require_http_methods(["GET", "POST"])
def mine_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask a colleague: the one named, or, when several bear the name, the one chosen among them."""
    mine = _own(request, pk)
    if request.method == "GET":
        return redirect("skills:mine_show", pk)
    form = AskForm(sent(request))
    if not form.is_valid():
        return _page(request, mine, form)
    found = list(who_may_have_seen(mine, colleagues_named(form.cleaned_data["colleague"]))[:10])
    if not found:
        form.add_error("colleague", _("Nobody of this name can be asked: check it, or choose somebody who was not asked yet."))
    asked = attempt(form, lambda: ask_confirmation(mine, found[0], by=request.user)) if len(found) == 1 else None
    if asked:
        messages.success(request, _("%(name)s is asked. They may also leave it, and nobody asks why.") % {"name": found[0].name})
        return redirect("skills:mine_show", pk)
    return _page(request, mine, form, found)


@members
@require_http_methods(["GET", "POST"])
def mine_contest(request: PersonRequest, pk: int) -> HttpResponse:
    mine = _own(request, pk)
    form = ContestForm(sent(request))
    opened = attempt(form, lambda: open_contest(mine, form.cleaned_data["reason"], by=request.user)) if form.is_valid() else None
    if opened:
        messages.success(request, _("Two colleagues of other teams will look at it, within fifteen days."))
        return redirect("skills:mine_show", pk)
    return render(request, "skills/mine_contest.html", {"form": form, "mine": mine, "name": called(mine.skill)})
