from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core import clock
from relais.studio.actions.choices import choose, stop
from relais.studio.actions.notices import read_everything, read_notice
from relais.studio.queries.choices import DIGEST, choice_of, stopping
from relais.studio.queries.digest import digest_for
from relais.studio.queries.notices import PAGES, address_of, lines_for, notice_for, notices_for, unread_for
from relais.web.access import PersonRequest, everyone, members
from relais.web.paging import page_of
from relais.web.posted import sent
from relais.web.studio.forms import ChoiceForm

PER_PAGE = 30


@require_GET
@members
def notice_list(request: PersonRequest) -> HttpResponse:
    """What concerned me lately: the same things that mails tell."""
    page = page_of(notices_for(request.user), request.GET.get("page"), PER_PAGE)
    context = {"lines": lines_for(request.user, page.rows), "page": page, "unread": unread_for(request.user)}
    return render(request, "studio/notice_list.html", context)


@require_GET
@members
def notice_open(request: PersonRequest, pk: int) -> HttpResponse:
    """Go to what it is about; it is read."""
    notice = notice_for(request.user, pk)
    if notice is None:
        raise Http404
    read_notice(notice, by=request.user)
    return redirect(address_of(notice))


@require_POST
@members
def notice_read_all(request: PersonRequest) -> HttpResponse:
    """Nothing waits any more."""
    read_everything(by=request.user)
    messages.success(request, _("All read."))
    return redirect("studio:notice_list")


@require_http_methods(["GET", "POST"])
@members
def choice(request: PersonRequest) -> HttpResponse:
    """What I wish to be written about, how often, and when never."""
    form = ChoiceForm(sent(request), initial=ChoiceForm.initial_of(choice_of(request.user)))
    if form.is_valid():
        choose(form.pace, form.cleaned_data["at_once"], by=request.user)
        messages.success(request, _("Kept. The next mail follows it."))
        return redirect("studio:choice")
    return render(request, "studio/choice.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@members
def digest_show(request: PersonRequest) -> HttpResponse:
    """The digest as it would leave now."""
    items = digest_for(request.user, clock.now())
    rows = [(item, reverse(PAGES.get(item.kind, "studio:notice_open"), args=[item.pk])) for item in items]
    return render(request, "studio/digest_show.html", {"rows": rows, "choice": choice_of(request.user)})


@csrf_exempt  # the mailbox posts it for the person (RFC 8058); the token says whose mails stop, and can do nothing else
@require_http_methods(["GET", "POST"])
@everyone
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click, without signing in: no more mails of this kind."""
    found = stopping(token)
    if found is None:
        raise Http404
    person, what = found
    if request.method == "POST":
        stop(what, by=person)
    return render(request, "studio/mail_stop.html", {"stopped": request.method == "POST", "digest": what == DIGEST})
