from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import RelaisError
from relais.knowledge.actions import use_cases as actions
from relais.knowledge.queries.contributions import contributions_for
from relais.knowledge.queries.newcomers import posted_before
from relais.knowledge.queries.pseudonyms import asker_for
from relais.knowledge.queries.reveals import reveals_told_to
from relais.knowledge.queries.search import similar_use_cases
from relais.knowledge.queries.use_cases import Shelf, circles_for, use_case_for, use_case_to_act_on, use_cases_for
from relais.knowledge.rules import can_hold_key
from relais.web.access import PersonRequest, members
from relais.web.knowledge.addresses import address
from relais.web.knowledge.forms import AnswerForm, AskForm, UseCaseForm
from relais.web.knowledge.rows import reuse_words, rows
from relais.web.knowledge.writing import arrived, begun, case_address
from relais.web.paging import page_of
from relais.web.posted import attempt, sent

PER_PAGE = 20


def found_case(request: PersonRequest, pk: int) -> Any:
    """The case, for who may see it; 404 for the others and once it is withdrawn."""
    use_case = use_case_for(request.user, pk)
    if use_case is None:
        raise Http404
    return use_case


@require_GET
@members
def use_case_list(request: PersonRequest) -> HttpResponse:
    shelf = Shelf(request.GET["voir"]) if request.GET.get("voir") in list(Shelf) else Shelf.TO_ANSWER
    circle = request.GET.get("cercle", "")
    page = page_of(use_cases_for(request.user, shelf, circle), request.GET.get("page"), PER_PAGE)
    context = {"page": page, "shelf": shelf, "shelves": _shelves(), "circle": circle, "circles": list(circles_for(request.user))}
    return render(request, "knowledge/use_case_list.html", context)


def _shelves() -> list[tuple[Shelf, str]]:
    return [(Shelf.TO_ANSWER, _("To answer")), (Shelf.SOLVED, _("Solved, to read")), (Shelf.ALL, _("All"))]


@require_http_methods(["GET", "POST"])
@members
def use_case_ask(request: PersonRequest) -> HttpResponse:
    """Ask; without script, similar cases are shown once before the case is published."""
    start = begun(request, request.path, {"title": request.GET.get("title", "")[:160]})
    form = AskForm(request.user, sent(request), initial=start["initial"])
    similar = []
    if request.method == "POST" and form.is_valid():
        if "looked" not in request.POST:
            similar = list(similar_use_cases(request.user, form.cleaned_data["title"], 3))
        if not similar and (asked := _asked(request, form)):
            return asked
    context = {"form": form, "draft": start["draft"], "similar": similar, "place": request.path, "first": not posted_before(request.user)}
    return render(request, "knowledge/use_case_ask.html", context)


def _asked(request: PersonRequest, form: AskForm) -> HttpResponse | None:
    given = {"sent_key": form.cleaned_data["sent_key"], "pseudonym": form.cleaned_data["pseudonym"]}
    use_case = attempt(form, lambda: actions.ask_use_case(form.text(), by=request.user, **given))
    if use_case is None:
        return None
    arrived(request, _("Your case is before the community. You will see here who answers."), use_case.text)
    return redirect(case_address(use_case.pk))


@require_GET
@members
def use_case_show(request: PersonRequest, pk: int) -> HttpResponse:
    use_case = found_case(request, pk)
    place = address("contribution_answer", pk)
    start = begun(request, place)
    context = _case(request, use_case) | {
        "who_asked": asker_for(request.user, use_case),
        "rows": rows(contributions_for(request.user, use_case), use_case, request.user),
        "form": AnswerForm(initial=start["initial"]),
        "draft": start["draft"],
        "html": start["html"],
        "place": place,
    }
    return render(request, "knowledge/use_case_show.html", context)


def _case(request: PersonRequest, use_case: Any) -> dict[str, Any]:
    mine = use_case.author_id == request.user.pk
    used = reuse_words(use_case.applications_count, use_case.teams_count)
    return {"use_case": use_case, "mine": mine, "concerned": mine or use_case.supported, "used": used} | _pseudonym(request, use_case)


def _pseudonym(request: PersonRequest, use_case: Any) -> dict[str, Any]:
    if not use_case.pseudonym:
        return {}
    may_lift = can_hold_key(request.user) and use_case.author_id != request.user.pk
    return {"reveals": reveals_told_to(request.user, use_case), "may_lift": may_lift}


@require_http_methods(["GET", "POST"])
@members
def use_case_revise(request: PersonRequest, pk: int) -> HttpResponse:
    use_case = found_case(request, pk)
    if use_case.author_id != request.user.pk:
        raise Http404
    start = begun(request, request.path, UseCaseForm.filled_from(use_case))
    form = UseCaseForm(request.user, sent(request), initial=start["initial"])
    if request.method == "POST" and form.is_valid():
        revised = attempt(form, lambda: actions.revise_use_case(use_case, form.text(), by=request.user))
        if revised:
            arrived(request, _("Your case is revised."), revised.text, use_case.text)
            return redirect(case_address(pk))
    context = {"form": form, "draft": start["draft"], "use_case": use_case, "place": request.path}
    return render(request, "knowledge/use_case_revise.html", context)


def _act(request: PersonRequest, pk: int, act: Any, done: str = "") -> HttpResponse:
    """Do one thing with a case; answer with its fragment, or go back to its page and say what happened."""
    use_case = use_case_to_act_on(request.user, pk)
    if use_case is None:
        raise Http404
    try:
        act(use_case, by=request.user)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
        done = ""
    if request.htmx:
        return render(request, "knowledge/use_case_show.html#state", _case(request, found_case(request, pk)) | {"said": done})
    if done:
        messages.success(request, done)
    return redirect(case_address(pk))


@require_POST
@members
def use_case_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    use_case = found_case(request, pk)
    try:
        actions.withdraw_use_case(use_case, by=request.user)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
        return redirect(case_address(pk))
    messages.success(request, _("Your case is withdrawn."))
    return redirect("knowledge:use_case_list")


@require_POST
@members
def use_case_support(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.support_use_case, _("Noted: you have this case too."))


@require_POST
@members
def use_case_unsupport(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.stop_supporting)


@require_POST
@members
def use_case_solve(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.mark_solved, _("Solved. Thank you for telling: it helps those who come next."))


@require_POST
@members
def use_case_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.reopen, _("The case is open again."))
