from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core import clock
from relais.core.errors import RelaisError
from relais.knowledge.actions import workshops as actions
from relais.knowledge.queries.use_cases import circles_for
from relais.knowledge.queries.workshops import (
    case_to_work_on,
    other_dates,
    registrations_of,
    workshop_for,
    workshops_over,
    workshops_to_come,
)
from relais.knowledge.rules import can_lead, can_register
from relais.knowledge.structures import course
from relais.web.access import PersonRequest, members
from relais.web.knowledge.workshop_forms import CancelForm, MaterialsForm, ProposalForm, WarmUpForm, WorkshopForm, WorthForm
from relais.web.knowledge.writing import arrived, begun, case_address
from relais.web.paging import page_of
from relais.web.posted import attempt, sent, tried

PER_PAGE = 20


def found_workshop(request: PersonRequest, pk: int) -> Any:
    """The workshop, for who may see it; 404 for the others."""
    workshop = workshop_for(request.user, pk)
    if workshop is None:
        raise Http404
    return workshop


def led_workshop(request: PersonRequest, pk: int) -> Any:
    """The workshop, for who leads it; 404 for the others."""
    workshop = found_workshop(request, pk)
    if not can_lead(request.user, workshop):
        raise Http404
    return workshop


@require_GET
@members
def workshop_list(request: PersonRequest) -> HttpResponse:
    over, circle = request.GET.get("voir") == "passes", request.GET.get("cercle", "")
    found = (workshops_over if over else workshops_to_come)(request.user, clock.now(), circle)
    page = page_of(found, request.GET.get("page"), PER_PAGE)
    return render(
        request, "knowledge/workshop_list.html", {"page": page, "over": over, "circle": circle, "circles": list(circles_for(request.user))}
    )


@require_http_methods(["GET", "POST"])
@members
def workshop_propose(request: PersonRequest) -> HttpResponse:
    use_case = _case(request)
    given = {"title": use_case.title, "circle": use_case.circle} if use_case else {"title": request.GET.get("titre", "")[:160]}
    start = begun(request, request.path, given)
    form = ProposalForm(request.user, sent(request), initial=start["initial"])
    if request.method == "POST" and form.is_valid() and (workshop := _proposed(request, form, use_case)):
        arrived(request, _("Your workshop is proposed: its circle sees it, and whoever registers gets it in their calendar."))
        return redirect("knowledge:workshop_show", workshop.pk)
    context = {"form": form, "draft": start["draft"], "place": request.path, "use_case": use_case}
    return render(request, "knowledge/workshop_propose.html", context)


def _case(request: PersonRequest) -> Any:
    asked = request.POST.get("use_case") or request.GET.get("cas", "")
    return case_to_work_on(request.user, int(asked)) if asked.isdecimal() and len(asked) < 19 else None


def _proposed(request: PersonRequest, form: ProposalForm, use_case: Any) -> Any:
    text, key = form.text(use_case), form.cleaned_data["sent_key"]
    return attempt(form, lambda: actions.propose_workshop(text, by=request.user, sent_key=key, **form.rhythm()))


@require_GET
@members
def workshop_show(request: PersonRequest, pk: int) -> HttpResponse:
    return render(request, "knowledge/workshop_show.html", _shown(request, found_workshop(request, pk)))


def _shown(request: PersonRequest, workshop: Any) -> dict[str, Any]:
    everybody = registrations_of(workshop)
    own = next((each for each in everybody if each.person_id == request.user.pk), None)
    leads = can_lead(request.user, workshop)
    return {
        "workshop": workshop,
        "own": own,
        "leads": leads,
        "open": can_register(request.user, workshop),
        "coming": [each for each in everybody if each.state == "registered"],
        "waiting": [each for each in everybody if each.state == "waiting"],
        "replies": [each for each in everybody if each.reply] if leads or own else [],
        "other_dates": other_dates(workshop),
        "warm_up_form": WarmUpForm(initial={"reply": own.reply if own else ""}),
        "worth_form": WorthForm(initial={"worth": own.worth, "relevance": own.relevance} if own else {}),
        "materials_form": MaterialsForm(initial={"materials": workshop.materials}),
    }


@require_http_methods(["GET", "POST"])
@members
def workshop_revise(request: PersonRequest, pk: int) -> HttpResponse:
    workshop = led_workshop(request, pk)
    start = begun(request, request.path, WorkshopForm.filled_from(workshop))
    form = WorkshopForm(request.user, sent(request), initial=start["initial"])
    if request.method == "POST" and form.is_valid():
        revised = attempt(form, lambda: actions.revise_workshop(workshop, form.text(), by=request.user))
        if revised:
            arrived(request, _("The workshop is changed. Those who come are told when its time or place moves."))
            return redirect("knowledge:workshop_show", pk)
    context = {"form": form, "draft": start["draft"], "place": request.path, "workshop": workshop}
    return render(request, "knowledge/workshop_revise.html", context)


@require_http_methods(["GET", "POST"])
@members
def workshop_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    workshop, form = led_workshop(request, pk), CancelForm(sent(request))
    if request.method == "POST" and form.is_valid():
        cancelled = attempt(form, lambda: actions.cancel_workshop(workshop, form.cleaned_data["reason"], by=request.user))
        if cancelled:
            messages.success(request, _("The workshop is cancelled. Those who were coming are told why."))
            return redirect("knowledge:workshop_show", pk)
    return render(request, "knowledge/workshop_cancel.html", {"form": form, "workshop": workshop})


@require_GET
@members
def workshop_run(request: PersonRequest, pk: int) -> HttpResponse:
    """The page the host projects: the steps with their clock, and the code by which one says "I am here"."""
    workshop = led_workshop(request, pk)
    where = request.build_absolute_uri(_check_in_address(workshop))
    code = segno.make(where, error="m").svg_inline(
        scale=4, omitsize=True, svgclass="code", lineclass=None, title=_("Scan to say that you are here")
    )
    steps = course(workshop.format)
    context = {"workshop": workshop, "steps": steps, "where": where, "code": mark_safe(code)}  # noqa: S308 - drawn by segno from our own address
    return render(request, "knowledge/workshop_run.html", context)


def _check_in_address(workshop: Any) -> str:
    return f"/rencontres/ateliers/{workshop.pk}/je-suis-la/{workshop.check_in}/"


def _done(request: PersonRequest, pk: int, act: Any, said: str) -> HttpResponse:
    """Do one thing with a workshop one leads, and go back to its page."""
    workshop = led_workshop(request, pk)
    try:
        act(workshop)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("knowledge:workshop_show", pk)


@require_POST
@members
def workshop_close(request: PersonRequest, pk: int) -> HttpResponse:
    said = _("Thank you for leading it. Those who came can now say what it was worth.")
    return _done(request, pk, lambda workshop: actions.close_workshop(workshop, by=request.user), said)


@require_POST
@members
def materials_keep(request: PersonRequest, pk: int) -> HttpResponse:
    form = MaterialsForm(request.POST)
    typed = form.cleaned_data["materials"] if form.is_valid() else request.POST.get("materials", "")[:50_000]
    return _done(request, pk, lambda workshop: actions.keep_materials(workshop, typed, by=request.user), _("Kept."))


@require_POST
@members
def materials_publish(request: PersonRequest, pk: int) -> HttpResponse:
    """One click: what was kept becomes a content of the case."""
    workshop = led_workshop(request, pk)
    content = tried(request, lambda: actions.publish_materials(workshop, by=request.user))
    if content is None:
        return redirect("knowledge:workshop_show", pk)
    messages.success(request, _("It is now a content of the case, which colleagues can apply."))
    return redirect(case_address(content.use_case_id, content.pk))
