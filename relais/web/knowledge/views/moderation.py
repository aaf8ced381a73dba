from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core import clock
from relais.knowledge.actions import moderation as actions
from relais.knowledge.queries import moderation as queries
from relais.knowledge.queries.things import WORDS, Thing, thing, thing_to_report
from relais.knowledge.rules import can_hold_key, can_moderate
from relais.web.access import PersonRequest, everyone, members, members_and_moderators, moderators
from relais.web.knowledge.addresses import address
from relais.web.knowledge.moderation_forms import AppealForm, Decision, ReportForm, RulingForm, VoiceForm
from relais.web.posted import attempt, sent

PAGES = {
    "usecase": "use_case_show",
    "contribution": "contribution_show",
    "workshop": "workshop_show",
    "need": "need_show",
    "initiative": "initiative_show",
}


def page_of_thing(about: Thing) -> str:
    """Where a thing is read."""
    return address(PAGES[about.object_type], about.pk)


@require_GET
@everyone
def charter_show(request: HttpRequest) -> HttpResponse:
    """The manners of the house."""
    return render(request, "knowledge/charter_show.html")


@require_http_methods(["GET", "POST"])
@members
def thing_report(request: PersonRequest, word: str, pk: int) -> HttpResponse:
    about = thing_to_report(request.user, word, pk)
    if about is None:
        raise Http404
    form = ReportForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reported = attempt(form, lambda: actions.report_thing(about, **form.cleaned_data, by=request.user))
        if reported:
            messages.success(request, _("Thank you. Those who look after this circle will decide; your name is not told to the author."))
            return redirect(page_of_thing(about))
    context = {"form": form, "about": about, "signed": about.signed(request.user), "url": page_of_thing(about)}
    return render(request, "knowledge/thing_report.html", context)


@require_GET
@members
def report_list(request: PersonRequest) -> HttpResponse:
    """What I reported, and what came of it."""
    reports = queries.reports_of(request.user)
    unread = any(report.ruling_id and report.read_at is None for report, _about in reports)
    return render(request, "knowledge/report_list.html", {"reports": reports, "unread": unread})


@require_POST
@members
def report_read(request: PersonRequest) -> HttpResponse:
    actions.read_reports(by=request.user)
    return redirect("knowledge:home")


def _matter_url(about: Thing) -> str:
    return reverse("knowledge:matter_decide", args=[about.kind.word, about.pk])


@require_GET
@moderators
def matter_list(request: PersonRequest) -> HttpResponse:
    """What waits for a decision, what waits for a judge, what was decided lately."""
    person = request.user
    context = {
        "matters": [(matter, matter.thing.signed(person), _matter_url(matter.thing)) for matter in queries.matters_for(person)],
        "appeals": [(ruling, about, address("appeal_judge", ruling.pk)) for ruling, about in queries.appeals_for(person)],
        "decided": [(ruling, about, address("ruling_show", ruling.pk)) for ruling, about in queries.lately_decided(person)],
        "holds_key": can_hold_key(person),
    }
    return render(request, "knowledge/matter_list.html", context)


@require_http_methods(["GET", "POST"])
@moderators
def matter_decide(request: PersonRequest, word: str, pk: int) -> HttpResponse:
    """Read what was reported and why, then decide with reasons."""
    about = thing(WORDS.get(word, ""), pk)
    if about is None or not can_moderate(request.user, about.circle_id):
        raise Http404
    reports, hiding = list(queries.open_reports(about)), queries.ruling_that_hides(about)
    form = RulingForm(sent(request), choices=_choices(about, waits=bool(reports), hidden=bool(hiding)))
    if request.method == "POST" and form.is_valid():
        ruling = attempt(form, lambda: actions.decide(about, **form.cleaned_data, by=request.user))
        if ruling:
            messages.success(request, _("Your decision is written down. The author reads your reasons."))
            return redirect("knowledge:matter_list")
    context = {
        "form": form,
        "about": about,
        "signed": about.signed(request.user),
        "reports": reports,
        "rulings": queries.rulings_on(about),
        "apart": queries.has_part(request.user, about, reports),
        "case": about.row if about.object_type == "usecase" and about.row.pseudonym and can_hold_key(request.user) else None,
    }
    return render(request, "knowledge/matter_decide.html", context)


def _choices(about: Thing, *, waits: bool, hidden: bool) -> list[Decision]:
    """What may be decided about it today."""
    if hidden:
        return [Decision.KEEP, Decision.RESTORE] if waits else [Decision.RESTORE]
    return [Decision.KEEP, Decision.AMEND, Decision.HIDE] if about.kind.can_hide else [Decision.KEEP, Decision.AMEND]


def _found(request: PersonRequest, pk: int) -> tuple[Any, Thing]:
    found = queries.ruling_for(request.user, pk)
    if found is None:
        raise Http404
    return found


def _ruling(request: PersonRequest, ruling: Any, about: Thing) -> dict[str, Any]:
    mine = request.user.pk in about.authors
    return {
        "ruling": ruling,
        "about": about,
        "signed": about.signed(request.user),
        "mine": mine,
        "hidden": queries.ruling_that_hides(about) is not None,
        "voices": queries.voices_on(ruling),
        "until": ruling.made_at + queries.APPEAL_WITHIN,
        "may_appeal": mine and queries.can_appeal(request.user, ruling, about, clock.now()),
        "may_judge": queries.can_judge(request.user, ruling, about),
        "reports": [] if mine else list(ruling.reports.all()),
    }


@require_GET
@members_and_moderators
def ruling_show(request: PersonRequest, pk: int) -> HttpResponse:
    """A decision, its reasons, the appeal."""
    ruling, about = _found(request, pk)
    return render(request, "knowledge/ruling_show.html", _ruling(request, ruling, about) | {"form": AppealForm()})


@require_POST
@members
def ruling_read(request: PersonRequest, pk: int) -> HttpResponse:
    ruling, _about = _found(request, pk)
    actions.read_ruling(ruling, by=request.user)
    return redirect("knowledge:home")


@require_POST
@members
def ruling_appeal(request: PersonRequest, pk: int) -> HttpResponse:
    ruling, about = _found(request, pk)
    form = AppealForm(request.POST)
    appealed = attempt(form, lambda: actions.appeal(ruling, form.cleaned_data["appeal"], by=request.user)) if form.is_valid() else None
    if appealed:
        messages.success(request, _("Your appeal is written down. Two people who took no part in the decision will judge it."))
        return redirect(address("ruling_show", pk))
    return render(request, "knowledge/ruling_show.html", _ruling(request, ruling, about) | {"form": form}, status=422)


@require_http_methods(["GET", "POST"])
@moderators
def appeal_judge(request: PersonRequest, pk: int) -> HttpResponse:
    ruling, about = _found(request, pk)
    form = VoiceForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        judged = {"upholds": given["stands"] == "yes", "reasons": given["reasons"]}
        spoken = attempt(form, lambda: actions.judge_appeal(ruling, **judged, by=request.user))
        if spoken:
            messages.success(request, _("Your judgment is written down. It is read once both of you have spoken."))
            return redirect("knowledge:matter_list")
    return render(request, "knowledge/appeal_judge.html", _ruling(request, ruling, about) | {"form": form})
