"""The review of a quarter, as a page, a paper and slides: aggregates alone, for sponsors, pilots and members."""

from __future__ import annotations

from importlib import import_module

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from relais.indicators.queries import goals, levers
from relais.indicators.queries.cards import cards
from relais.indicators.queries.standing import standing
from relais.maturity.queries import closed_waves, results_of
from relais.web.access import PersonRequest, aggregates
from relais.web.indicators.page import page_of
from relais.web.indicators.review import LAYOUT, Review, review_of
from relais.web.maturity.page import page_of as wave_page
from relais.web.papers import pdf

SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def _review(request: PersonRequest) -> Review:
    waves = closed_waves()
    start = wave_page(results_of(request.user, waves[0])).sentence if waves else ""
    return review_of(page_of(standing()), start, cards(), goals.followed(goals.open_goals()), levers.uses())


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@aggregates
@require_GET
def review_show(request: PersonRequest) -> HttpResponse:
    return render(request, "indicators/review_show.html", {"review": _review(request)})


@aggregates
@require_GET
def review_print(request: PersonRequest) -> HttpResponse:
    """The same, as a paper (tagged PDF)."""
    return _file(pdf(LAYOUT, _review(request).data), "application/pdf", "relais-revue.pdf")


@aggregates
@require_GET
def review_slides(request: PersonRequest) -> HttpResponse:
    """The same, as slides."""
    return _file(import_module("relais.web.indicators.slides").slides_of(_review(request)), SLIDES, "relais-revue.pptx")
