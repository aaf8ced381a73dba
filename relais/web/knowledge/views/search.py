from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import Refused
from relais.knowledge import wording
from relais.knowledge.actions.search import add_synonyms, dismiss_miss, drop_synonyms, report_search_miss
from relais.knowledge.queries.animation import search_miss
from relais.knowledge.queries.search import Excerpt, Filters, Found, Sort, excerpts, search, similar_use_cases, synonym, synonyms
from relais.web.access import PersonRequest, members, word_keepers
from relais.web.knowledge.addresses import address

PER_PAGE = 10
SORTS = (
    (Sort.ALL, gettext_lazy("Everything")),
    (Sort.CASES, gettext_lazy("Cases")),
    (Sort.ANSWERS, gettext_lazy("Answers")),
    (Sort.CONTENTS, gettext_lazy("Contents")),
    (Sort.PEOPLE, gettext_lazy("People")),
    (Sort.CIRCLES, gettext_lazy("Circles")),
)
KINDS = {
    "case": gettext_lazy("Case"),
    "answer": gettext_lazy("Answer"),
    "sheet": gettext_lazy("Practice sheet"),
    "story": gettext_lazy("Story"),
    "checklist": gettext_lazy("Checklist"),
    "media": gettext_lazy("Video or file"),
    "link": gettext_lazy("Link"),
}


def _filters(request: HttpRequest) -> Filters:
    asked = request.GET
    return Filters(
        sort=Sort(asked["quoi"]) if asked.get("quoi") in list(Sort) else Sort.ALL,
        circle=wording.tidy(asked.get("cercle", ""))[:60],
        language=asked["langue"] if asked.get("langue") in {"fr", "en"} else "",
        solved=asked.get("resolu") == "1",
    )


def _row(excerpt: Excerpt) -> dict[str, Any]:
    hit = excerpt.hit
    url = address("contribution_show", hit.pk) if hit.kind == "content" else address("use_case_show", hit.use_case)
    return {"url": f"{url}#apport-{hit.pk}" if hit.kind == "answer" else url, "kind": KINDS[excerpt.kind], "it": excerpt}


@require_GET
@members
def search_show(request: PersonRequest) -> HttpResponse:
    filters = _filters(request)
    found = search(request.user, request.GET.get("q", ""), filters)
    page = Paginator(found.hits, PER_PAGE).get_page(request.GET.get("page"))
    if found.in_vain and not filters.any and page.number == 1:
        report_search_miss(found.query)
    context = {
        "query": wording.tidy(request.GET.get("q", "")),
        "found": found,
        "filters": filters,
        "sorts": SORTS,
        "page": page,
        "rows": [_row(excerpt) for excerpt in excerpts(found, list(page.object_list))],
        "shows_places": page.number == 1,
    }
    return render(request, "knowledge/search_show.html", context | _counts(found))


def _counts(found: Found) -> dict[str, Any]:
    return {"total": len(found.hits) + len(found.people) + len(found.circles), "narrowable": bool(found.query)}


@require_GET
@members
def similar(request: PersonRequest) -> HttpResponse:
    close = similar_use_cases(request.user, request.GET.get("q", "") or request.GET.get("title", ""))
    return render(request, "knowledge/search_similar.html", {"cases": [(case, address("use_case_show", case.pk)) for case in close]})


class SynonymForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Words that mean the same"),
        max_length=300,
        help_text=gettext_lazy("Parted by commas. Example: BL, delivery note."),
    )


@require_http_methods(["GET", "POST"])
@word_keepers
def synonym_list(request: PersonRequest) -> HttpResponse:
    form = SynonymForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_synonyms(form.cleaned_data["words"], by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Search understands these words as one from now on."))
            return redirect("knowledge:synonym_list")
    context = {"form": form, "families": [(words, address("synonym_drop", pk)) for pk, words in synonyms()]}
    return render(request, "knowledge/search_synonyms.html", context)


@require_POST
@word_keepers
def synonym_drop(request: PersonRequest, pk: int) -> HttpResponse:
    family = synonym(pk)
    if family is None:
        raise Http404
    drop_synonyms(family, by=request.user)
    messages.success(request, _("These words are apart again."))
    return redirect("knowledge:synonym_list")


@require_POST
@word_keepers
def miss_dismiss(request: PersonRequest, pk: int) -> HttpResponse:
    missed = search_miss(pk)
    if missed is None:
        raise Http404
    dismiss_miss(missed, by=request.user)
    messages.success(request, _("This search has left the list."))
    return redirect("knowledge:animation" if request.user.has_role("animator") else "knowledge:synonym_list")
