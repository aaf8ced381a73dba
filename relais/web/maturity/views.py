from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.maturity import actions
from relais.maturity.queries import Results, answers_so_far, closed_waves, latest_means, open_wave_now, results_of, ticket_for, wave_for
from relais.people.rules import can_pilot
from relais.web.access import PersonRequest, aggregates, pilots, signed_in
from relais.web.maturity.forms import MeansForm, SheetForm, WaveForm
from relais.web.maturity.page import page_of, table_of
from relais.web.posted import attempt, sent


@aggregates
@require_GET
def wave_list(request: PersonRequest) -> HttpResponse:
    """Where we start from: the last wave, those before it, and what is asked now."""
    closed, under_way = closed_waves(), open_wave_now()
    context = {
        "page": page_of(results_of(request.user, closed[0])) if closed else None,
        "earlier": closed[1:],
        "under_way": under_way,
        "so_far": answers_so_far(under_way) if under_way else 0,
        "ticket": ticket_for(request.user),
        "means": latest_means(),
        "pilots": can_pilot(request.user),
    }
    return render(request, "maturity/wave_list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def sheet_fill(request: PersonRequest) -> HttpResponse:
    """The questions, once; whoever has no ticket is thanked and led home."""
    ticket = ticket_for(request.user)
    if ticket is None:
        messages.info(request, _("Nothing is asked of you for now. If you have answered already: thank you, it is counted."))
        return redirect("knowledge:home")
    form = SheetForm(ticket.wave.kind == "pulse", sent(request))
    if form.is_valid():
        attempt(form, lambda: actions.answer_wave(ticket.wave, form.answers, form.cleaned_data["comment"], by=request.user))
        if not form.errors:
            messages.success(request, _("Thank you. Your answers are counted; that they are yours is written nowhere."))
            return redirect("knowledge:home")
    return render(request, "maturity/sheet_fill.html", {"form": form, "wave": ticket.wave})


@pilots
@require_http_methods(["GET", "POST"])
def wave_open(request: PersonRequest) -> HttpResponse:
    form = WaveForm(sent(request))
    opened = attempt(form, lambda: actions.open_wave(**form.cleaned_data, by=request.user)) if form.is_valid() else None
    if opened:
        messages.success(request, _("Everybody finds the questions on their home page."))
        return redirect("maturity:wave_list")
    return render(request, "maturity/wave_open.html", {"form": form})


@pilots
@require_POST
def wave_close(request: PersonRequest) -> HttpResponse:
    wave = open_wave_now()
    if wave:
        actions.close_wave(wave, by=request.user)
        messages.success(request, _("The questions are closed. The figures are kept, the answers are gone."))
    return redirect("maturity:wave_list")


@pilots
@require_http_methods(["GET", "POST"])
def means_tell(request: PersonRequest) -> HttpResponse:
    last = latest_means()
    form = MeansForm(sent(request), initial={name: getattr(last, name) for name in MeansForm.base_fields} if last else None)
    kept = attempt(form, lambda: actions.tell_means(actions.Facts(**form.cleaned_data), by=request.user)) if form.is_valid() else None
    if kept:
        messages.success(request, _("Kept."))
        return redirect("maturity:wave_list")
    return render(request, "maturity/means_tell.html", {"form": form})


def _results(request: PersonRequest, pk: int) -> Results:
    wave = wave_for(pk)
    if wave is None:
        raise Http404
    return results_of(request.user, wave)


@aggregates
@require_GET
def wave_show(request: PersonRequest, pk: int) -> HttpResponse:
    return render(request, "maturity/wave_show.html", {"page": page_of(_results(request, pk))})


@aggregates
@require_GET
def wave_download(request: PersonRequest, pk: int) -> HttpResponse:
    """The table as a file: nothing more than the page tells."""
    file = StringIO()
    writer: Any = csv.writer(file)
    writer.writerows(table_of(_results(request, pk)))
    return HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": "attachment"})
