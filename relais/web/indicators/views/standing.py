from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from relais.indicators.queries import standing as queries
from relais.web.access import PersonRequest, aggregates
from relais.web.indicators.page import page_of


@aggregates
@require_GET
def standing(request: PersonRequest) -> HttpResponse:
    """Where the community stands: one sentence, one picture, and what would change it."""
    context = {"page": page_of(queries.standing()), "picture": queries.picture_in(get_language() or "")}
    return render(request, "indicators/standing.html", context)
