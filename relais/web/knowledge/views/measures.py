from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from relais.core import clock
from relais.core.errors import RelaisError
from relais.knowledge.actions import measures as actions
from relais.knowledge.measures_file import Report, UnreadableMeasures, Wrong, read_measures
from relais.knowledge.queries.initiatives import indicator_for, pulse_for, unit_sizes
from relais.web.access import PersonRequest, members
from relais.web.knowledge.initiative_forms import MeasureForm, MeasuresForm, PulseForm
from relais.web.knowledge.views.initiatives import found_initiative, page_of_initiative
from relais.web.posted import attempt

LARGEST = 2**20
WRONG = {
    Wrong.DAY: gettext_lazy("is no day: write it as 31/03/2026"),
    Wrong.FUTURE: gettext_lazy("is still to come"),
    Wrong.VALUE: gettext_lazy("is no number"),
    Wrong.UNIT: gettext_lazy("is no unit of the organisation: use its name or its code"),
    Wrong.SMALL: gettext_lazy("has fewer than five people: its value would tell about somebody. Bring in the unit above it"),
    Wrong.TWICE: gettext_lazy("stands twice for the same unit"),
}


def _own(request: PersonRequest, pk: int) -> Any:
    indicator = indicator_for(request.user, pk)
    if indicator is None:
        raise Http404
    return indicator


@require_POST
@members
def measure_keep(request: PersonRequest, pk: int) -> HttpResponse:
    indicator, form = _own(request, pk), MeasureForm(request.POST)
    if form.is_valid():
        kept = attempt(form, lambda: actions.keep_measure(indicator, **form.cleaned_data, by=request.user))
        if kept:
            messages.success(request, _("Kept."))
            return redirect("knowledge:initiative_show", indicator.initiative_id)
    return page_of_initiative(request, found_initiative(request, indicator.initiative_id), measure_form=form, at=indicator.pk)


@require_http_methods(["GET", "POST"])
@members
def measures_import(request: PersonRequest, pk: int) -> HttpResponse:
    """A file is read and told about line by line before anything is kept."""
    indicator = _own(request, pk)
    form = MeasuresForm(request.POST or None, request.FILES or None)
    report: Report | None = None
    content = request.POST.get("content", "")
    if content or (request.method == "POST" and form.is_valid()):
        report, content = _read(form, content)
    if report and "apply" in request.POST and not report.mistakes and (done := _applied(request, indicator, report)):
        return done
    mistakes = [(one.number, one.cell, WRONG[one.wrong]) for one in report.mistakes] if report else []
    context = {"indicator": indicator, "form": form, "report": report, "mistakes": mistakes, "content": content}
    return render(request, "knowledge/measures_import.html", context)


def _read(form: MeasuresForm, content: str) -> tuple[Report | None, str]:
    data = content.encode() if content else form.cleaned_data["file"].read(LARGEST + 1)
    try:
        if len(data) > LARGEST:
            raise UnreadableMeasures
        report = read_measures(data, unit_sizes(), clock.today())
    except UnreadableMeasures:
        form.add_error("file", _("This is no file of measures: it needs a column “date” and a column “value”, in at most 5,000 lines."))
        return None, ""
    lines = [f"{line.on};{line.unit};{line.value}" for line in report.lines]
    return report, "\n".join(["date;unit;value", *lines])


def _applied(request: PersonRequest, indicator: Any, report: Report) -> HttpResponse | None:
    try:
        count = actions.keep_measures(indicator, report.lines, by=request.user)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, _("%(count)s measures are kept.") % {"count": count})
    return redirect("knowledge:initiative_show", indicator.initiative_id)


@require_POST
@members
def pulse_open(request: PersonRequest, pk: int) -> HttpResponse:
    indicator, form = _own(request, pk), PulseForm(request.POST)
    if form.is_valid():
        opened = attempt(form, lambda: actions.open_pulse(indicator, form.cleaned_data["question"], by=request.user))
        if opened:
            messages.success(request, _("The question is put to those who take part."))
            return redirect("knowledge:initiative_show", indicator.initiative_id)
    return page_of_initiative(request, found_initiative(request, indicator.initiative_id), pulse_form=form, at=indicator.pk)


def _pulse(request: PersonRequest, pk: int) -> Any:
    pulse = pulse_for(request.user, pk)
    if pulse is None:
        raise Http404
    return pulse


def _done(request: PersonRequest, pulse: Any, act: Any) -> HttpResponse:
    try:
        messages.success(request, act())
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    return redirect("knowledge:initiative_show", pulse.indicator.initiative_id)


@require_POST
@members
def pulse_answer(request: PersonRequest, pk: int) -> HttpResponse:
    pulse, given = _pulse(request, pk), request.POST.get("score", "")
    score = int(given) if given.isdecimal() and len(given) == 1 else 0

    def act() -> str:
        actions.answer_pulse(pulse, score, by=request.user)
        return _("Thank you. Your answer is counted; that it is yours is written nowhere.")

    return _done(request, pulse, act)


@require_POST
@members
def pulse_close(request: PersonRequest, pk: int) -> HttpResponse:
    pulse = _pulse(request, pk)

    def act() -> str:
        measure = actions.close_pulse(pulse, by=request.user)
        return _("The mean is now a measure.") if measure else _("Fewer than five answered: nothing is told, and the answers are gone.")

    return _done(request, pulse, act)
