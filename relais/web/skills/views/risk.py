from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from relais.core import clock
from relais.knowledge.queries.skills import demand_by_skill
from relais.skills.queries.risk import holders, turnover_at
from relais.skills.queries.skill_map import names_by_key
from relais.skills.risk import risk, transmissions
from relais.web.access import PersonRequest, members

MOST = 8


@members
@require_GET
def risk_show(request: PersonRequest) -> HttpResponse:
    """What a year's departures may take away, and what to pass on first."""
    held, leaving = holders(clock.today()), turnover_at(clock.today())
    waiting = {str(skill): count for skill, count in demand_by_skill().items()}
    plan = transmissions(held, leaving, waiting, MOST)
    names = names_by_key([UUID(one.skill) for one in plan], get_language() or "fr")
    found = risk(held, leaving)
    context = {
        "held": len(held),
        "risk": found,
        "rows": [(count, found.by_holders.get(count, 0)) for count in (1, 2, 3)],
        "leaving": leaving,
        "percent": round(100 * leaving.share),
        "plan": [(one, names[UUID(one.skill)], len(held[one.skill])) for one in plan],
        "saved": sum(one.saves for one in plan),
    }
    return render(request, "skills/risk_show.html", context)
