"""The indicators, one by one: what each answers, why it moved, how sure it is."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from relais.indicators.catalogue import BY_KEY
from relais.indicators.queries import cards as queries
from relais.indicators.queries.levers import contents as contents_now
from relais.indicators.queries.standing import picture_in
from relais.people.rules import can_pilot
from relais.web.access import PersonRequest, aggregates
from relais.web.indicators.cards import page_of, table_of, tile_of
from relais.web.indicators.levers import said


@aggregates
@require_GET
def indicator_list(request: PersonRequest) -> HttpResponse:
    """All of them, each with its question, its value and what became of it."""
    return render(request, "indicators/indicator_list.html", {"tiles": [tile_of(card) for card in queries.cards()]})


def _card(key: str) -> queries.Card:
    if key not in BY_KEY:
        raise Http404
    return queries.card_of(BY_KEY[key])


@aggregates
@require_GET
def indicator_show(request: PersonRequest, key: str) -> HttpResponse:
    """One of them, with all that is known of it."""
    card = _card(key)
    picture = picture_in(get_language() or "", queries.picture_name(card.indicator))
    contents = contents_now()
    levers = [said(contents[each]) for each in card.indicator.levers if each in contents]
    context = {"page": page_of(card), "picture": picture, "levers": levers, "pilots": can_pilot(request.user)}
    return render(request, "indicators/indicator_show.html", context)


@aggregates
@require_GET
def indicator_download(_request: PersonRequest, key: str) -> HttpResponse:
    """Its series as a file: nothing more than the page tells."""
    file = StringIO()
    writer: Any = csv.writer(file)
    writer.writerows(table_of(_card(key)))
    return HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": "attachment"})
