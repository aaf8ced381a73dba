from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.integrations.calendar.actions import close_feed, open_feed
from relais.integrations.calendar.ics import feed
from relais.integrations.calendar.queries import feed_by_token, feed_of, mark_of, workshops_in
from relais.web.access import PersonRequest, everyone, members


@require_http_methods(["GET", "POST"])
@members
def feed_choose(request: PersonRequest) -> HttpResponse:
    """Open one's calendar address, or renew it: the address is shown this once."""
    address = ""
    if request.method == "POST":
        token = open_feed(request.user, circles="circles" in request.POST)
        address = request.build_absolute_uri(reverse("knowledge:feed_show", args=[token]))
    return render(request, "knowledge/feed_choose.html", {"feed": feed_of(request.user), "address": address})


@require_POST
@members
def feed_close(request: PersonRequest) -> HttpResponse:
    close_feed(request.user)
    messages.success(request, _("Your calendar address no longer works."))
    return redirect("knowledge:feed_choose")


@require_GET
@everyone
def feed_show(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself, for a program that knows the secret; nobody signs in here."""
    found = feed_by_token(token)
    if found is None:
        raise Http404
    workshops = workshops_in(found)
    mark = f'"{mark_of(workshops, found.person.language)}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified(headers={"ETag": mark})
    with translation.override(found.person.language):
        body = feed(workshops, found.person)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"ETag": mark})
