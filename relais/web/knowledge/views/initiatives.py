from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import RelaisError
from relais.indicators.queries.courses import pictures_of
from relais.knowledge.actions import initiatives as actions
from relais.knowledge.queries.initiatives import balance, courses_of, initiative_for, initiatives_for, participants_of, thing_to_gather
from relais.knowledge.queries.use_cases import circles_for
from relais.knowledge.rules import can_decide
from relais.web.access import PersonRequest, initiative_readers, members
from relais.web.knowledge.initiative_forms import DecisionForm, IndicatorForm, InitiativeForm, MeasureForm, PulseForm
from relais.web.knowledge.words import course_in_words
from relais.web.knowledge.writing import arrived, begun
from relais.web.paging import page_of
from relais.web.posted import attempt, sent

PER_PAGE = 20


def found_initiative(request: PersonRequest, pk: int) -> Any:
    """The initiative, for who may see it; 404 for the others."""
    initiative = initiative_for(request.user, pk)
    if initiative is None:
        raise Http404
    return initiative


def led_initiative(request: PersonRequest, pk: int) -> Any:
    """The initiative, for who opened it; 404 for the others."""
    initiative = found_initiative(request, pk)
    if initiative.author_id != request.user.pk:
        raise Http404
    return initiative


@require_GET
@initiative_readers
def initiative_list(request: PersonRequest) -> HttpResponse:
    circle = request.GET.get("cercle", "")
    page = page_of(initiatives_for(request.user, circle=circle), request.GET.get("page"), PER_PAGE)
    counts = balance(request.user)
    context = {"page": page, "balance": counts, "total": sum(counts.values()), "circle": circle, "circles": list(circles_for(request.user))}
    return render(request, "knowledge/initiative_list.html", context)


@require_http_methods(["GET", "POST"])
@members
def initiative_open(request: PersonRequest) -> HttpResponse:
    start = begun(request, request.path)
    form = InitiativeForm(request.user, sent(request), initial=start["initial"])
    if request.method == "POST" and form.is_valid():
        initiative = actions.open_initiative(form.text(), by=request.user, sent_key=form.cleaned_data["sent_key"])
        arrived(request, _("Begun. Say what should move and where it stands, then propose it."))
        return redirect("knowledge:initiative_show", initiative.pk)
    return render(request, "knowledge/initiative_open.html", {"form": form, "draft": start["draft"], "place": request.path})


@require_GET
@initiative_readers
def initiative_show(request: PersonRequest, pk: int) -> HttpResponse:
    return page_of_initiative(request, found_initiative(request, pk))


def page_of_initiative(request: PersonRequest, initiative: Any, **forms: Any) -> HttpResponse:
    """The page of an initiative; a form that was refused comes back on it, with what was typed."""
    courses = courses_of(initiative, request.user)
    pictures = pictures_of(get_language() or "", [course.indicator.pk for course in courses])
    context = {
        "initiative": initiative,
        "gathered": any(things.all() for things in (initiative.use_cases, initiative.contents, initiative.workshops)),
        "own": initiative.author_id == request.user.pk,
        "decides": can_decide(request.user, initiative),
        "people": participants_of(initiative),
        "courses": [(course, course_in_words(course), pictures.get(course.indicator.pk, "")) for course in courses],
        "indicator_form": IndicatorForm(),
        "decision_form": DecisionForm(),
        "measure_form": MeasureForm(),
        "pulse_form": PulseForm(),
        "propose_form": None,
    }
    return render(request, "knowledge/initiative_show.html", context | forms)


@require_http_methods(["GET", "POST"])
@members
def initiative_revise(request: PersonRequest, pk: int) -> HttpResponse:
    initiative = led_initiative(request, pk)
    start = begun(request, request.path, InitiativeForm.filled_from(initiative))
    form = InitiativeForm(request.user, sent(request), initial=start["initial"])
    if request.method == "POST" and form.is_valid():
        revised = attempt(form, lambda: actions.revise_initiative(initiative, form.text(), by=request.user))
        if revised:
            arrived(request, _("The initiative is revised."))
            return redirect("knowledge:initiative_show", pk)
    context = {"form": form, "draft": start["draft"], "place": request.path, "initiative": initiative}
    return render(request, "knowledge/initiative_revise.html", context)


@require_POST
@members
def indicator_add(request: PersonRequest, pk: int) -> HttpResponse:
    initiative, form = led_initiative(request, pk), IndicatorForm(request.POST)
    if form.is_valid():
        added = attempt(form, lambda: actions.add_indicator(initiative, form.start(), by=request.user))
        if added:
            messages.success(request, _("Noted: this is where it starts from."))
            return redirect("knowledge:initiative_show", pk)
    return page_of_initiative(request, initiative, indicator_form=form)


@require_POST
@members
def initiative_propose(request: PersonRequest, pk: int) -> HttpResponse:
    """Only with a purpose and a start: what is missing is said on the page, beside what one wrote."""
    initiative = led_initiative(request, pk)
    form = InitiativeForm(request.user, initial=InitiativeForm.filled_from(initiative))
    try:
        actions.propose_initiative(initiative, by=request.user)
    except RelaisError as refusal:
        return page_of_initiative(request, initiative, propose_form=form, refusal=str(refusal), missing=getattr(refusal, "field", ""))
    messages.success(request, _("Proposed. Those who decide have ten days; nobody can refuse it without a written reason."))
    return redirect("knowledge:initiative_show", pk)


@require_POST
@initiative_readers
def initiative_decide(request: PersonRequest, pk: int) -> HttpResponse:
    initiative, form = found_initiative(request, pk), DecisionForm(request.POST)
    if not can_decide(request.user, initiative):
        raise Http404
    accepted = request.POST.get("accepted") == "1"
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        decided = attempt(form, lambda: actions.decide_initiative(initiative, accepted=accepted, reason=reason, by=request.user))
        if decided:
            messages.success(request, _("It is under way.") if accepted else _("Refused, with its reason."))
            return redirect("knowledge:initiative_show", pk)
    return page_of_initiative(request, initiative, decision_form=form)


def _act(request: PersonRequest, pk: int, act: Any, said: str) -> HttpResponse:
    """Do one thing with an initiative, and go back to its page."""
    initiative = found_initiative(request, pk)
    try:
        act(initiative)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("knowledge:initiative_show", pk)


@require_POST
@members
def initiative_launch(request: PersonRequest, pk: int) -> HttpResponse:
    said = _("It is under way: nobody answered in ten days, and it serves.")
    return _act(request, pk, lambda initiative: actions.launch_unanswered(initiative, by=request.user), said)


@require_POST
@members
def initiative_end(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda initiative: actions.end_initiative(initiative, by=request.user), _("Ended. What it measured stays."))


@require_POST
@members
def initiative_join(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda initiative: actions.join_initiative(initiative, by=request.user), _("You take part in it."))


@require_POST
@members
def initiative_quit(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda initiative: actions.quit_initiative(initiative, by=request.user), _("You no longer take part in it."))


@require_POST
@members
def initiative_gather(request: PersonRequest, pk: int) -> HttpResponse:
    """Bring a case, a content or a workshop in, by the address of its page."""
    given = request.POST.get("address", "").strip().rstrip("/").split("/")
    word = {"cas": "cas", "apports": "apport", "ateliers": "atelier"}.get(given[-2] if len(given) > 1 else "", "")
    number = given[-1].partition("#")[0]
    thing = thing_to_gather(request.user, word, int(number)) if word and number.isdecimal() and len(number) < 19 else None
    if thing is None:
        found_initiative(request, pk)
        messages.error(request, _("This is no address of a case, a content or a workshop here. Copy it from its page."))
        return redirect("knowledge:initiative_show", pk)
    return _act(request, pk, lambda initiative: actions.gather(initiative, thing, by=request.user), _("Gathered here."))
