from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import Refused
from relais.people.actions.people_import import apply_people_file, keep_people_file, plan_import, read_people_file
from relais.people.hr_plan import Outcome
from relais.people.queries import kept_file
from relais.web.access import PersonRequest, administrators
from relais.web.people.forms import FileForm
from relais.web.people.report import report_of


@require_http_methods(["GET", "POST"])
@administrators
def people_import(request: PersonRequest) -> HttpResponse:
    """Send an HR export: nothing is written before its report is read."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            keep_people_file(sent.name, sent.read(), by=request.user)
        except Refused as error:
            form.add_error("file", str(error))
        else:
            return redirect("people:people_import_report")
    return render(request, "people/people_import.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@administrators
def people_import_report(request: PersonRequest) -> HttpResponse:
    """What the file would change, row by row."""
    file = kept_file(request.user)
    if file is None:
        return redirect("people:people_import")
    read = read_people_file(bytes(file.content))
    return render(request, "people/people_import_report.html", {"file": file, "report": report_of(plan_import(read), read)})


@require_POST
@administrators
def people_import_apply(request: PersonRequest) -> HttpResponse:
    """Write it down, all of it or nothing; sent twice, it is done once."""
    file = kept_file(request.user)
    if file is None:
        messages.info(request, _("This file was already applied, or is more than a day old. Nothing was changed."))
        return redirect("people:people_import")
    plan = apply_people_file(file, by=request.user)
    done = len([one for one in plan.rows if one.outcome not in (Outcome.REFUSED, Outcome.UNCHANGED, Outcome.DECLINED)])
    messages.success(request, ngettext("%(done)d person is up to date.", "%(done)d people are up to date.", done) % {"done": done})
    return redirect("people:administration")
