from __future__ import annotations

from allauth.account.views import LogoutView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.people.actions import join_community
from relais.people.actions.invitations import use_invitation
from relais.people.queries import invitation_for, person_by_email
from relais.web.access import PersonRequest, everyone, signed_in
from relais.web.people.entering import enter
from relais.web.people.landing import landing_for, workplace_of
from relais.web.people.personas import PERSONAS

FORGET = '"cache", "storage"'  # what a browser drops when its person leaves: pages, and drafts that wait on the device


@require_http_methods(["GET", "POST"])
@everyone
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out by choice; a session that merely ends leaves the drafts on the device."""
    response: HttpResponse = LogoutView.as_view()(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = FORGET
    return response


@everyone
def closed(_request: HttpRequest) -> HttpResponse:
    """Ways in that are not offered here."""
    raise Http404


@require_http_methods(["GET", "POST"])
@everyone
def persona_list(request: HttpRequest) -> HttpResponse:
    """Look around the demo as somebody of each role."""
    if not settings.DEMO:
        raise Http404
    if request.method == "GET":
        return render(request, "people/persona_list.html", {"personas": PERSONAS})
    persona = PERSONAS.get(request.POST.get("persona", ""))
    person = person_by_email(persona.email) if persona else None
    if person is None:
        raise Http404
    return enter(request, person, "persona", landing_for(person))


@require_GET
@everyone
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Say what Relais is before anything happens; opening the link spends nothing."""
    invitation = invitation_for(token)
    status = 200 if invitation else 410
    return render(request, "people/invitation_open.html", {"invitation": invitation, "token": token}, status=status)


@require_POST
@everyone
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Come in and take part."""
    person = join_community(use_invitation(token))
    return enter(request, person, "invitation", "knowledge:home")


@require_POST
@everyone
def invitation_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Come in for one's work here, without taking part."""
    person = use_invitation(token)
    return enter(request, person, "invitation", workplace_of(person))


@require_GET
@signed_in
def welcome(request: PersonRequest) -> HttpResponse:
    """The first page of somebody invited, until they choose."""
    if request.user.takes_part:
        return redirect("knowledge:home")
    return render(request, "people/welcome.html", {"person": request.user})


@require_POST
@signed_in
def community_join(request: PersonRequest) -> HttpResponse:
    """« Je rejoins »."""
    join_community(request.user)
    return redirect("knowledge:home")


@require_POST
@signed_in
def community_later(request: PersonRequest) -> HttpResponse:
    """« Pas maintenant » : nothing is asked again until the next sign-in."""
    return redirect(workplace_of(request.user))
