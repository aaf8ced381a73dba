from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core import richtext
from relais.core.errors import RelaisError
from relais.knowledge.actions import contributions as actions
from relais.knowledge.actions.use_cases import choose_best
from relais.knowledge.differences import difference
from relais.knowledge.queries.care import care_of
from relais.knowledge.queries.contributions import also_answered, co_authors_to_choose, contribution_for, versions_of
from relais.knowledge.queries.use_cases import use_case_for
from relais.knowledge.rules import can_confirm, can_revise, can_take_over
from relais.web.access import PersonRequest, members
from relais.web.knowledge.addresses import address
from relais.web.knowledge.forms import AnswerForm, BodyForm, ContentForm
from relais.web.knowledge.rows import rows
from relais.web.knowledge.views.use_cases import found_case
from relais.web.knowledge.writing import arrived, begun, case_address, joined_file
from relais.web.posted import attempt, sent


def found_contribution(request: PersonRequest, pk: int) -> Any:
    """The contribution, for who may see it; 404 for the others and once it is withdrawn."""
    contribution = contribution_for(request.user, pk)
    if contribution is None:
        raise Http404
    return contribution


@require_http_methods(["GET", "POST"])
@members
def contribution_answer(request: PersonRequest, pk: int) -> HttpResponse:
    return _written(request, pk, AnswerForm, "knowledge/contribution_answer.html", _("Thank you: your answer is published."))


@require_http_methods(["GET", "POST"])
@members
def contribution_share(request: PersonRequest, pk: int) -> HttpResponse:
    return _written(request, pk, ContentForm, "knowledge/contribution_share.html", _("Thank you: what you share is published."))


def _written(request: PersonRequest, pk: int, form_class: type[BodyForm], template: str, thanks: str) -> HttpResponse:
    use_case = found_case(request, pk)
    start = begun(request, request.path)
    form = form_class(sent(request), request.FILES or None, initial=start["initial"])
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["sent_key"]
        published = attempt(form, lambda: actions.contribute(use_case, _text(request, form), by=request.user, sent_key=key))
        if published:
            arrived(request, thanks, published.text)
            return redirect(case_address(pk, published.pk))
    context = {"form": form, "draft": start["draft"], "html": start["html"], "use_case": use_case, "place": request.path}
    return render(request, template, context)


def _text(request: PersonRequest, form: BodyForm) -> Any:
    return form.text(joined_file(request), request.user.language)


def _care(request: PersonRequest, contribution: Any) -> dict[str, Any]:
    """Who keeps a content true, and whether the reader may say that it is."""
    care = None if contribution.is_answer else care_of(contribution)
    if care is None:
        return {"care": None}
    return {"care": care, "confirms": can_confirm(request.user, care), "takes": can_take_over(request.user, care)}


@require_GET
@members
def contribution_show(request: PersonRequest, pk: int) -> HttpResponse:
    contribution = found_contribution(request, pk)
    context = {
        "rows": rows([contribution], contribution.use_case, request.user),
        "contribution": contribution,
        "use_case": contribution.use_case,
        "others": list(also_answered(contribution)),
        **_care(request, contribution),
        "people": co_authors_to_choose(request.user, contribution, request.GET.get("avec", "")),
    }
    return render(request, "knowledge/contribution_show.html", context)


@require_http_methods(["GET", "POST"])
@members
def contribution_revise(request: PersonRequest, pk: int) -> HttpResponse:
    """Revise one's text; when a co-author saved meanwhile, both are shown side by side."""
    contribution = found_contribution(request, pk)
    if not can_revise(request.user, contribution):
        raise Http404
    form_class = AnswerForm if contribution.is_answer else ContentForm
    start = begun(request, request.path, form_class.filled_from(contribution))
    form = form_class(sent(request), request.FILES or None, initial=start["initial"])
    conflict = None
    if request.method == "POST" and form.is_valid():
        base, before = form.cleaned_data["base"] or 0, contribution.text
        revised = attempt(form, lambda: actions.revise_contribution(contribution, _text(request, form), by=request.user, base=base))
        if revised:
            arrived(request, _("Your text is revised. What it said before is kept."), revised.text, before)
            return redirect(case_address(contribution.use_case_id, pk))
        if base != contribution.version:
            conflict = difference(richtext.plain(contribution.body), richtext.plain(form.body_html()))
            form.data = {**request.POST.dict(), "base": contribution.version}
    context = {
        "form": form,
        "draft": start["draft"],
        "html": start["html"],
        "contribution": contribution,
        "conflict": conflict,
        "place": request.path,
    }
    return render(request, "knowledge/contribution_revise.html", context)


@require_POST
@members
def contribution_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    contribution = found_contribution(request, pk)
    _tried(request, lambda: actions.withdraw_contribution(contribution, by=request.user), _("Your text is withdrawn."))
    return redirect(case_address(contribution.use_case_id))


@require_POST
@members
def contribution_choose(request: PersonRequest, pk: int) -> HttpResponse:
    contribution = found_contribution(request, pk)
    _tried(request, lambda: choose_best(contribution, by=request.user), _("This answer now comes first."))
    return redirect(case_address(contribution.use_case_id, pk))


def _tried(request: PersonRequest, act: Any, done: str) -> None:
    try:
        act()
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


@require_GET
@members
def version_list(request: PersonRequest, pk: int) -> HttpResponse:
    """What changed from version to version, latest first."""
    contribution = found_contribution(request, pk)
    after, changes = contribution, []
    for version in versions_of(contribution):
        pieces = difference(_all(version), _all(after))
        changes.append({"pieces": pieces, "written_at": getattr(after, "revised_at", None) or getattr(after, "written_at", None)})
        after = version
    return render(request, "knowledge/version_list.html", {"contribution": contribution, "changes": changes})


def _all(version: Any) -> str:
    return "\n".join(part for part in (version.title, version.result, richtext.plain(version.body)) if part)


@require_POST
@members
def contribution_link(request: PersonRequest, pk: int) -> HttpResponse:
    """Say, by its number or address, which other case a content answers."""
    contribution = found_contribution(request, pk)
    digits = "".join(c for c in request.POST.get("case", "").rstrip("/").rsplit("/", 1)[-1] if c.isdecimal())
    use_case = use_case_for(request.user, int(digits[:9])) if digits else None
    if use_case is None:
        messages.error(request, _("No such case here. Paste the address of its page, or its number."))
    else:
        _tried(request, lambda: actions.also_answer(contribution, use_case, by=request.user), _("This content answers that case too."))
    return redirect(address("contribution_show", pk))


@require_POST
@members
def co_author_add(request: PersonRequest, pk: int) -> HttpResponse:
    contribution = found_contribution(request, pk)
    chosen = [
        p for p in co_authors_to_choose(request.user, contribution, request.POST.get("name", "")) if str(p.pk) == request.POST.get("person")
    ]
    if not chosen:
        messages.error(request, _("Choose a colleague from the list: look for the name first."))
    for person in chosen:
        done = _("%(name)s now writes this with you.") % {"name": person.name}
        _tried(request, lambda person=person: actions.add_co_author(contribution, person, by=request.user), done)
    return redirect(address("contribution_show", pk))
