from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import RelaisError
from relais.knowledge.actions import needs as actions
from relais.knowledge.queries.needs import need_for, needs_for, similar_needs, who_offers, who_wishes
from relais.knowledge.queries.use_cases import circles_for
from relais.knowledge.rules import ENOUGH_TO_MEET
from relais.web.access import PersonRequest, members
from relais.web.knowledge.forms import SentOnce
from relais.web.knowledge.writing import arrived, begun
from relais.web.paging import page_of
from relais.web.posted import sent, tried

PER_PAGE = 20


class NeedForm(SentOnce):
    title = forms.CharField(
        label=gettext_lazy("I would like to learn…"),
        max_length=160,
        help_text=gettext_lazy("A gesture, a tool, a way of doing. Example: sealing a tube without bubbles."),
        error_messages={"required": gettext_lazy("Say in a few words what you would like to learn.")},
    )
    why = forms.CharField(
        label=gettext_lazy("What for?"), max_length=300, required=False, help_text=gettext_lazy("What it would change in your week.")
    )
    circle: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Circle"),
        empty_label=gettext_lazy("Choose a circle"),
        help_text=gettext_lazy("Yours come first."),
        error_messages={"required": gettext_lazy("Choose a circle: its people may know.")},
    )

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = circles_for(viewer)  # type: ignore[attr-defined]


def found_need(request: PersonRequest, pk: int) -> Any:
    """The need, for who may see it; 404 for the others."""
    need = need_for(request.user, pk)
    if need is None:
        raise Http404
    return need


@require_GET
@members
def need_list(request: PersonRequest) -> HttpResponse:
    circle = request.GET.get("cercle", "")
    page = page_of(needs_for(request.user, circle), request.GET.get("page"), PER_PAGE)
    return render(request, "knowledge/need_list.html", {"page": page, "circle": circle, "circles": list(circles_for(request.user))})


@require_http_methods(["GET", "POST"])
@members
def need_open(request: PersonRequest) -> HttpResponse:
    start = begun(request, request.path, {"title": request.GET.get("titre", "")[:160]})
    form = NeedForm(request.user, sent(request), initial=start["initial"])
    if request.method == "POST" and form.is_valid():
        need = actions.open_need(**form.cleaned_data, by=request.user)
        arrived(request, _("Said. Colleagues likely to know are being asked."))
        return redirect("knowledge:need_show", need.pk)
    context = {"form": form, "draft": start["draft"], "place": request.path}
    return render(request, "knowledge/need_open.html", context)


@require_GET
@members
def need_similar(request: PersonRequest) -> HttpResponse:
    return render(request, "knowledge/need_similar.html", {"needs": similar_needs(request.user, request.GET.get("title", ""))})


@require_GET
@members
def need_show(request: PersonRequest, pk: int) -> HttpResponse:
    need = found_need(request, pk)
    offers = who_offers(need)
    ripe = need.wanted_count >= ENOUGH_TO_MEET and bool(offers)
    context = {
        "need": need,
        "wishes": who_wishes(need),
        "offers": offers,
        "ripe": ripe,
        "lacking": max(0, ENOUGH_TO_MEET - need.wanted_count),
    }
    return render(request, "knowledge/need_show.html", context)


def _act(request: PersonRequest, pk: int, act: Any, said: str) -> HttpResponse:
    """Do one thing with a need, and go back to its page."""
    need = found_need(request, pk)
    try:
        act(need, by=request.user)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("knowledge:need_show", pk)


@require_POST
@members
def need_wish(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.wish, _("Noted: you would like to learn it too."))


@require_POST
@members
def need_unwish(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.stop_wishing, _("Understood: you no longer need it."))


@require_POST
@members
def need_offer(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(
        request, pk, actions.offer, _("Thank you! As soon as three colleagues would like to learn it, one click makes it a workshop.")
    )


@require_POST
@members
def need_decline(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.decline, _("Understood: we will not ask you about this need again."))


@require_POST
@members
def need_propose(request: PersonRequest, pk: int) -> HttpResponse:
    """One click: a proposed workshop, whose date the giver may still change."""
    need = found_need(request, pk)
    workshop = tried(request, lambda: actions.propose_for(need, by=request.user))
    if workshop is None:
        return redirect("knowledge:need_show", pk)
    messages.success(request, _("The workshop is proposed to those who would like to learn. Change its date or place if you like."))
    return redirect("knowledge:workshop_show", workshop.pk)


@require_POST
@members
def need_meet(request: PersonRequest, pk: int) -> HttpResponse:
    """One click: half an hour with whoever opened the need."""
    need = found_need(request, pk)
    exchange = tried(request, lambda: actions.propose_exchange_for(need, by=request.user))
    if exchange is None:
        return redirect("knowledge:need_show", pk)
    messages.success(request, _("Asked. You will see the answer here."))
    return redirect("knowledge:exchange_show", exchange.pk)


@require_POST
@members
def need_close(request: PersonRequest, pk: int) -> HttpResponse:
    met = request.POST.get("met") == "1"
    said = _("Good news. Thank you for telling.") if met else _("Closed. You can open it again in other words.")
    return _act(request, pk, lambda need, by: actions.close_need(need, met=met, by=by), said)
