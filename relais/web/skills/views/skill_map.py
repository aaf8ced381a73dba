from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from relais.knowledge.queries.skills import cases_waiting_about, demand_by_skill, needs_open_about, shared_about
from relais.people.rules import can_pilot
from relais.skills.queries.skill_map import neighbours_of, panel_of, skill_for, skill_rows, who_shows
from relais.web.access import PersonRequest, members
from relais.web.knowledge.addresses import address
from relais.web.skills.page import HEIGHT, WIDTH, called, shown, tiles

PER_PAGE = 40
ZOOMS = (1, 2, 4)


def zoom_of(request: PersonRequest) -> int:
    """How many times larger the picture is drawn."""
    asked = request.GET.get("zoom", "")
    return int(asked) if asked in {str(zoom) for zoom in ZOOMS} else 1


@members
@require_GET
def skill_list(request: PersonRequest) -> HttpResponse:
    """What we know: the picture, and the same as a table; demand stands beside supply."""
    words = request.GET.get("mots", "")[:120]
    rows, demand = skill_rows(get_language() or "fr", words), demand_by_skill()
    context = {
        "page": Paginator([(row, demand.get(row.pk, 0)) for row in rows], PER_PAGE).get_page(request.GET.get("page")),
        "count": len(rows),
        "certified": sum(1 for row in rows if row.certified),
        "gaps": [(row, demand[row.pk]) for row in rows if demand.get(row.pk) and not row.people][:6],
        "tiles": [] if words else tiles(rows, demand),
        "width": WIDTH,
        "height": HEIGHT,
        "zoom": zoom_of(request),
        "zooms": ZOOMS,
        "words": words,
    }
    return render(request, "skills/skill_list.html", context)


@members
@require_GET
def skill_show(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One skill: who can help, what was shared, what waits for somebody who knows."""
    skill = skill_for(pk)
    if skill is None:
        raise Http404
    if skill.pk != pk:
        return redirect("skills:skill_show", skill.pk, permanent=True)
    language = get_language() or "fr"
    people = who_shows(skill)
    context = {
        "skill": skill,
        "name": called(skill),
        "others": [label.text for label in skill.labels.all() if label.kind == "alternative" and label.language == language],
        "people": shown(people),
        "mine": any(one.person_id == request.user.pk for one in people),
        "things": [(one, address("contribution_show", one.pk)) for one in shared_about(request.user, skill)],
        "waiting": cases_waiting_about(request.user, skill),
        "needs": needs_open_about(request.user, skill),
        "neighbours": [(one, called(one)) for one in neighbours_of(skill)],
        "panel": panel_of(skill),
        "pilots": can_pilot(request.user),
    }
    return render(request, "skills/skill_show.html", context)
