"""The levers: what is proposed, the catalogue, taking one, and what it did."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.indicators import levers as catalogue
from relais.indicators.actions.levers import Plan, do_step, give_step, revise_levers, stop_use, take_lever
from relais.indicators.catalogue import INDICATORS
from relais.indicators.effects.designs import Design
from relais.indicators.queries import levers as queries
from relais.people.queries import units
from relais.people.rules import can_pilot
from relais.web.access import PersonRequest, pilots, signed_in
from relais.web.indicators import levers as page
from relais.web.indicators.forms import CatalogueForm, StepForm, StopForm, TakeForm
from relais.web.posted import attempt, sent


@pilots
@require_GET
def lever_list(request: PersonRequest) -> HttpResponse:
    """Three proposals at most, what is under way, and the whole catalogue."""
    contents, uses = queries.contents(), queries.uses()
    context = {
        "offers": [page.offer_of(proposal, contents) for proposal in queries.proposals(contents, uses)],
        "running": [(use, page.state_of(use)) for use in uses if not use.is_over],
        "over": [(use, page.state_of(use)) for use in uses if use.is_over],
        "lines": [page.line_of(content, uses) for content in contents.values()],
    }
    return render(request, "indicators/lever_list.html", context)


def _content(key: str) -> catalogue.Content:
    content = queries.lever_for(key)
    if content is None:
        raise Http404
    return content


@pilots
@require_GET
def lever_show(request: PersonRequest, key: str) -> HttpResponse:
    """All of one lever: what it moves, how sure that is, what to do, what it did here."""
    content = _content(key)
    lever, uses = page.said(content), [use for use in queries.uses() if use.lever == key]
    context = {
        "lever": lever,
        "moves": page.names_of(lever.moves),
        "mechanisms": ", ".join(str(page.MECHANISMS[each]) for each in lever.mechanisms),
        "effort": page.EFFORTS[lever.effort],
        "grade": page.GRADES[lever.evidence],
        "by": page.HOLDERS[lever.by],
        "steps": [(step, page.HOLDERS[step.by]) for step in lever.steps],
        "hoped": page.hoped_of(queries.posterior_of(content, uses)),
        "uses": [(use, page.state_of(use)) for use in uses],
    }
    return render(request, "indicators/lever_show.html", context)


@pilots
@require_http_methods(["GET", "POST"])
def lever_take(request: PersonRequest, key: str) -> HttpResponse:
    """Pull it: what is hoped for and how it will be read are written down first."""
    content = _content(key)
    names = {indicator.key: str(indicator.name) for indicator in INDICATORS}
    first = [each for each in content["moves"] if each in names]
    choices = {
        "indicator": [(each, names[each]) for each in dict.fromkeys([*first, *names])],
        "design": [(design, f"{name}. {what}") for design, (name, what) in page.DESIGNS.items()],
        "units": [(str(unit.pk), unit.name) for unit in units()],
        "starts_on": [(day.isoformat(), date_format(day, "l j F Y")) for day in page.mondays()],
    }
    form = TakeForm(choices, sent(request), initial={"design": "stepped"})
    use = None
    if form.is_valid():
        plan = Plan(**form.plan | {"design": Design(form.plan["design"])})
        use = attempt(form, lambda: take_lever(key, plan, by=request.user))
    if use:
        messages.success(request, _("The lever is taken. Its steps have their dates; you can hand them to colleagues."))
        return redirect("indicators:use_show", use.pk)
    return render(request, "indicators/lever_take.html", {"lever": page.said(content), "form": form})


@signed_in
@require_GET
def use_show(request: PersonRequest, pk: int) -> HttpResponse:
    """A use, for pilots and for those who have a step in it."""
    return _shown(request, pk)


def _shown(request: PersonRequest, pk: int, *, stop: StopForm | None = None, step: StepForm | None = None) -> HttpResponse:
    use = queries.use_for(request.user, pk)
    if use is None:
        raise Http404
    context = {
        "page": page.use_page(use),
        "steps": [(each, page.HOLDERS[each.by]) for each in use.steps.all()],
        "pilots": can_pilot(request.user),
        "stop": stop or StopForm(),
        "give": step or StepForm(),
    }
    bad = any(form and form.errors for form in (stop, step))
    return render(request, "indicators/use_show.html", context, status=422 if bad else 200)


@pilots
@require_POST
def use_stop(request: PersonRequest, pk: int) -> HttpResponse:
    use, form = queries.use_for(request.user, pk), StopForm(request.POST)
    if use is None:
        raise Http404
    stopped = attempt(form, lambda: stop_use(use, form.cleaned_data["reason"], by=request.user)) if form.is_valid() else None
    if stopped is None:
        return _shown(request, pk, stop=form)
    messages.success(request, _("It is stopped. Its reason stays readable."))
    return redirect("indicators:lever_list")


@signed_in
@require_POST
def step_do(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that a step is done."""
    step = queries.step_for(request.user, pk)
    if step is None:
        raise Http404
    do_step(step, by=request.user)
    messages.success(request, _("Done. Thank you."))
    return redirect("indicators:use_show", step.use_id)


@pilots
@require_POST
def step_give(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand a step to a colleague."""
    step, form = queries.step_for(request.user, pk), StepForm(request.POST)
    if step is None:
        raise Http404
    if not form.is_valid():
        return _shown(request, step.use_id, step=form)
    given = give_step(step, form.cleaned_data["email"], by=request.user)
    messages.success(request, _("%(name)s finds this step among theirs.") % {"name": given.owner})
    return redirect("indicators:use_show", step.use_id)


@signed_in
@require_GET
def step_list(request: PersonRequest) -> HttpResponse:
    """What I said I would do for a lever."""
    return render(request, "indicators/step_list.html", {"steps": queries.steps_of(request.user)})


@pilots
@require_http_methods(["GET", "POST"])
def lever_revise(request: PersonRequest) -> HttpResponse:
    """The catalogue as a text: see what would change, then keep it."""
    text = catalogue.written(list(queries.contents().values()))
    form, changed = CatalogueForm(sent(request), initial={"text": text}), None
    if form.is_valid():
        apply = "keep" in request.POST
        changed = attempt(form, lambda: revise_levers(form.cleaned_data["text"], by=request.user, apply=apply))
        if changed is not None and apply:
            messages.success(request, _("The catalogue is kept."))
            return redirect("indicators:lever_list")
    return render(request, "indicators/lever_revise.html", {"form": form, "changed": changed})


@pilots
@require_GET
def lever_download(_request: PersonRequest) -> HttpResponse:
    """The catalogue as a file to edit and bring back."""
    text = catalogue.written(list(queries.contents().values()))
    return HttpResponse(
        text, content_type="application/yaml; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="levers.yaml"'}
    )
