from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import Refused
from relais.people.actions.guarded import bring_in, give_role, send_invitation, take_role_back
from relais.people.queries import people_matching, role_changes, unit_tree
from relais.web.access import PersonRequest, administrators
from relais.web.people.entering import person_or_404
from relais.web.people.forms import PersonForm, RoleForm

PER_PAGE = 30


@require_GET
@administrators
def administration(request: PersonRequest) -> HttpResponse:
    """The people of the perimeter: never what they do here."""
    words = request.GET.get("nom", "").strip()
    page = Paginator(people_matching(words), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/administration.html", {"page": page, "words": words})


@require_http_methods(["GET", "POST"])
@administrators
def person_add(request: PersonRequest) -> HttpResponse:
    """Bring one person in by hand."""
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            person = bring_in(form.cleaned_data["email"], form.cleaned_data["name"], by=request.user)
        except Refused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("people:person_manage", person.pk)
    return render(request, "people/person_add.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@administrators
def person_manage(request: PersonRequest, person_id: UUID) -> HttpResponse:
    """Somebody's place, roles and invitation."""
    person = person_or_404(person_id)
    context = {"person": person, "form": RoleForm(), "changes": role_changes(person)}
    return render(request, "people/person_manage.html", context)


@require_POST
@administrators
def role_grant(request: PersonRequest, person_id: UUID) -> HttpResponse:
    """Give a role."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    give_role(person_or_404(person_id), form.cleaned_data["role"], by=request.user)
    messages.success(request, _("The role is given."))
    return redirect("people:person_manage", person_id)


@require_POST
@administrators
def role_revoke(request: PersonRequest, person_id: UUID) -> HttpResponse:
    """Take a role back."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    take_role_back(person_or_404(person_id), form.cleaned_data["role"], by=request.user)
    messages.success(request, _("The role is taken back."))
    return redirect("people:person_manage", person_id)


@require_POST
@administrators
def invitation_send(request: PersonRequest, person_id: UUID) -> HttpResponse:
    """Send an invitation; its link signs in, so nobody but its person ever sees it."""
    send_invitation(person_or_404(person_id), by=request.user)
    messages.success(request, _("The invitation is on its way"))
    return redirect("people:person_manage", person_id)


@require_GET
@administrators
def unit_list(request: PersonRequest) -> HttpResponse:
    """The tree of units."""
    return render(request, "people/unit_list.html", {"tree": unit_tree()})
