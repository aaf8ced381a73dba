"""Piloting: where we stand, what waits for a decision, and the goals."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from relais.indicators.actions.goals import end_goal, set_goal
from relais.indicators.catalogue import BY_KEY
from relais.indicators.queries import goals as queries
from relais.indicators.queries import levers
from relais.indicators.queries.standing import picture_in, standing
from relais.maturity.queries import closed_waves, results_of
from relais.people.rules import can_pilot
from relais.web.access import PersonRequest, aggregates, pilots
from relais.web.indicators.forms import EndForm, GoalForm, deadlines
from relais.web.indicators.goals import days_offered, decisions, page_of, to_choose
from relais.web.indicators.levers import offer_of, state_of
from relais.web.indicators.page import page_of as standing_page
from relais.web.maturity.page import page_of as wave_page
from relais.web.posted import attempt, sent

RECENT = 5  # uses of levers shown
A_YEAR = 3  # the place of twelve months among the days offered


@pilots
@require_GET
def cockpit(request: PersonRequest) -> HttpResponse:
    """Where we stand, what waits for a decision, and each goal's chain."""
    goals, waves = queries.followed(queries.open_goals()), closed_waves()
    contents, uses = levers.contents(), levers.uses()
    context = {
        "page": standing_page(standing()),
        "offers": [offer_of(proposal, contents) for proposal in levers.proposals(contents, uses)],
        "uses": [(use, state_of(use)) for use in uses[:RECENT]],
        "decisions": decisions(goals, queries.standing_of(BY_KEY["engagement"]), waves),
        "goals": [page_of(each) for each in goals],
        "to_choose": to_choose({each.goal.indicator for each in goals}),
        "wave": wave_page(results_of(request.user, waves[0])) if waves else None,
    }
    return render(request, "indicators/cockpit.html", context)


@pilots
@require_http_methods(["GET", "POST"])
def goal_set(request: PersonRequest, key: str) -> HttpResponse:
    """Three scenarios from where we stand, or a value of one's own."""
    indicator = BY_KEY.get(key)
    if indicator is None or not queries.has_goals(indicator):
        raise Http404
    start = queries.standing_of(indicator)
    if start is None:
        return render(request, "indicators/goal_set.html", {"indicator": indicator})
    days = deadlines(start)
    day = next((each for each in days if each.isoformat() == request.GET.get("pour")), days[A_YEAR])
    form = GoalForm(start, day, sent(request))
    goal = None
    if form.is_valid():
        owner = form.cleaned_data["owner_email"] or request.user
        goal = attempt(form, lambda: set_goal(key, form.wished, day, owner, by=request.user))
    if goal:
        messages.success(request, _("The goal is set. Its path and its forecast are being drawn."))
        return redirect("indicators:goal_show", goal.pk)
    context = {"indicator": indicator, "form": form, "days": days_offered(start, day, days), "start": start}
    return render(request, "indicators/goal_set.html", context)


@aggregates
@require_GET
def goal_show(request: PersonRequest, pk: int) -> HttpResponse:
    """One goal: its path, what happened, what is forecast. Whoever reads aggregates reads it; pilots end it."""
    return _shown(request, pk, EndForm())


@pilots
@require_http_methods(["POST"])
def goal_end(request: PersonRequest, pk: int) -> HttpResponse:
    """It is reached, changed or dropped; one that is changed leads to the next."""
    form, goal = EndForm(request.POST), queries.goal_for(pk)
    if goal is None:
        raise Http404
    ended = attempt(form, lambda: end_goal(goal, **form.cleaned_data, by=request.user)) if form.is_valid() else None
    if ended is None:
        return _shown(request, pk, form)
    messages.success(request, _("The goal is ended. What it was stays readable."))
    return redirect("indicators:goal_set", ended.indicator) if ended.ending == "changed" else redirect("indicators:cockpit")


def _shown(request: PersonRequest, pk: int, form: EndForm) -> HttpResponse:
    goal = queries.goal_for(pk)
    if goal is None:
        raise Http404
    [each] = queries.followed([goal])
    context = {
        "page": page_of(each),
        "picture": picture_in(get_language() or "", queries.goal_picture(goal)),
        "form": form if can_pilot(request.user) and goal.is_open else None,
    }
    return render(request, "indicators/goal_show.html", context, status=422 if form.errors else 200)
