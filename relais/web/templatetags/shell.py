"""What the shell of every page needs: places, and moments as people say them. Built in: no `{% load %}` needed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from relais.core import clock
from relais.knowledge.queries.pseudonyms import Asker, asker_for
from relais.web import moments
from relais.web.places import places_for

register = template.Library()


@register.simple_tag(takes_context=True)
def places(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The places the person may enter, with the present one marked; none for a stranger."""
    request = context.get("request")
    person = getattr(request, "user", None)
    if request is None or person is None or not person.is_authenticated:
        return []
    return [{"place": place, "here": place.holds(request.path)} for place in places_for(person)]


@register.filter
def when(moment: date | datetime | None) -> SafeString | str:
    """A moment as people say it; the full date on hover and for machines."""
    if moment is None:
        return ""
    now = timezone.localtime(clock.now())
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), moments.full(moment), moments.said(moment, now))
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), moments.full(local), moments.said(local, now)
    )


@register.filter
def asked_by(use_case: Any, viewer: Any) -> Asker:
    """Who asked a case, as this viewer may know it."""
    return asker_for(viewer, use_case)
