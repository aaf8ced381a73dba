from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from relais.core import clock
from relais.knowledge.queries import animation as queries
from relais.knowledge.queries.care import due_in, without_owner
from relais.knowledge.queries.newcomers import cases_to_welcome, texts_to_welcome
from relais.web.access import PersonRequest, animators
from relais.web.knowledge.addresses import address
from relais.web.knowledge.writing import case_address


@require_GET
@animators
def animation(request: PersonRequest) -> HttpResponse:
    circles, now = queries.animated_by(request.user), clock.now()
    unanswered = queries.unanswered_for_two_days(circles, now)[: queries.SHOWN]
    newcomers = cases_to_welcome(circles, now)[: queries.SHOWN]
    texts = texts_to_welcome(circles, now)[: queries.SHOWN]
    context = {
        "unanswered": [(case, address("use_case_show", case.pk)) for case in unanswered],
        "newcomers": [(case, address("use_case_show", case.pk)) for case in newcomers],
        "texts": [(text, case_address(text.use_case_id, text.pk)) for text in texts],
        "needs": [(missed, address("miss_dismiss", missed.pk)) for missed in queries.searches_in_vain()[: queries.SHOWN]],
        "orphans": without_owner(circles)[: queries.SHOWN],
        "due": due_in(circles)[: queries.SHOWN],
        "remarks": queries.remarks_waiting(circles, now),
    }
    return render(request, "knowledge/animation_show.html", context)
