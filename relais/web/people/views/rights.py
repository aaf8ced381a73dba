from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from relais.web.access import signed_in
from relais.web.papers import pdf
from relais.web.people.rights import as_data, rights

LAYOUT = Path(__file__).parent.parent / "rights.typ"


@require_GET
@signed_in
def rights_show(request: HttpRequest) -> HttpResponse:
    """What Relais does with people's data, for whoever is signed in, before they join too."""
    paper = as_data(rights())
    return render(request, "people/rights_show.html", {"paper": paper, "words": paper["words"]})


@require_GET
@signed_in
def rights_print(_request: HttpRequest) -> HttpResponse:
    """The same, as a paper for the works council and the data protection officer."""
    response = HttpResponse(pdf(LAYOUT, as_data(rights())), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="relais-vos-donnees.pdf"'
    return response
