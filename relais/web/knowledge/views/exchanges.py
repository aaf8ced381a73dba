from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import RelaisError
from relais.knowledge.actions import exchanges as actions
from relais.knowledge.queries.circles import circle_for
from relais.knowledge.queries.exchanges import circles_one_animates, exchange_for, exchanges_for, openness_of, rounds_in, voices_of
from relais.knowledge.question_sheet import MINUTES, QUESTIONS
from relais.people.queries import person_by_id
from relais.people.rules import can_take_part
from relais.web.access import PersonRequest, animators, members
from relais.web.posted import attempt, sent

CAPACITIES = [(0, gettext_lazy("None for now")), *((number, str(number)) for number in range(1, 6))]
USEFUL = [(5, gettext_lazy("5 – Very")), (4, "4"), (3, "3"), (2, "2"), (1, gettext_lazy("1 – Not at all"))]
MOST = 100
FEW = 3  # pairs below which their number would tell of fewer than five people


class OpennessForm(forms.Form):
    capacity = forms.TypedChoiceField(label=gettext_lazy("How many exchanges at a time?"), choices=CAPACITIES, coerce=int)


class AskForm(forms.Form):
    about = forms.CharField(
        label=gettext_lazy("What would you like to talk about?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("One sentence. Example: how you prepare a difficult building site."),
    )


class CloseForm(forms.Form):
    happened = forms.ChoiceField(
        label=gettext_lazy("Did it take place?"), choices=[("1", gettext_lazy("Yes")), ("0", gettext_lazy("No"))], widget=forms.RadioSelect
    )
    useful = forms.TypedChoiceField(
        label=gettext_lazy("How useful was it?"),
        choices=[("", gettext_lazy("I cannot say")), *USEFUL],
        coerce=int,
        empty_value=None,
        required=False,
    )
    learned = forms.CharField(
        label=gettext_lazy("What I take from it"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Read by the two of you, and by nobody else."),
    )


def _found(request: PersonRequest, pk: int) -> Any:
    exchange = exchange_for(request.user, pk)
    if exchange is None:
        raise Http404
    return exchange


@require_http_methods(["GET", "POST"])
@members
def exchange_list(request: PersonRequest) -> HttpResponse:
    """My exchanges, and to how many I am open: saying 0 is one click."""
    openness = openness_of(request.user)
    form = OpennessForm(sent(request), initial={"capacity": openness.capacity if openness else 0})
    if request.method == "POST" and form.is_valid():
        actions.open_to_exchanges(form.cleaned_data["capacity"], by=request.user)
        messages.success(request, _("Kept. You can change it whenever you like."))
        return redirect("knowledge:exchange_list")
    mine, animated = list(exchanges_for(request.user)[:MOST]), circles_one_animates(request.user)
    return render(request, "knowledge/exchange_list.html", {"form": form, "exchanges": mine, "animated": animated})


@require_GET
@members
def exchange_show(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk), CloseForm())


def _page(request: PersonRequest, exchange: Any, form: CloseForm) -> HttpResponse:
    voices = voices_of(exchange)
    own = next((voice for voice in voices if voice.person_id == request.user.pk), None)
    partner = exchange.other if exchange.asker_id == request.user.pk else exchange.asker
    waits = exchange.state == "asked" and exchange.other_id == request.user.pk
    context = {"exchange": exchange, "partner": partner, "voices": voices, "own": own, "waits": waits, "form": form}
    return render(request, "knowledge/exchange_show.html", context | {"questions": QUESTIONS, "minutes": MINUTES})


@require_POST
@members
def exchange_answer(request: PersonRequest, pk: int) -> HttpResponse:
    exchange, accepted = _found(request, pk), request.POST.get("accepted") == "1"
    try:
        actions.answer_exchange(exchange, accepted=accepted, by=request.user)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Agreed: find half an hour together.") if accepted else _("Understood. Nobody asks why."))
    return redirect("knowledge:exchange_show", pk) if accepted else redirect("knowledge:exchange_list")


@require_POST
@members
def exchange_close(request: PersonRequest, pk: int) -> HttpResponse:
    exchange, form = _found(request, pk), CloseForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data | {"happened": form.cleaned_data["happened"] == "1"}
        closed = attempt(form, lambda: actions.close_exchange(exchange, **given, by=request.user))
        if closed:
            messages.success(request, _("Thank you. What you wrote is for the two of you."))
            return redirect("knowledge:exchange_show", pk)
    return _page(request, exchange, form)


@require_http_methods(["GET", "POST"])
@members
def exchange_ask(request: PersonRequest, person: UUID) -> HttpResponse:
    """Ask a colleague; what refuses it says what else to do."""
    other, form = person_by_id(person), AskForm(sent(request))
    if other is None or not can_take_part(other):
        raise Http404
    if request.method == "POST" and form.is_valid():
        exchange = attempt(form, lambda: actions.ask_exchange(other, form.cleaned_data["about"], by=request.user))
        if exchange:
            messages.success(request, _("Asked. You will see the answer here."))
            return redirect("knowledge:exchange_show", exchange.pk)
    return render(request, "knowledge/exchange_ask.html", {"form": form, "other": other})


@require_http_methods(["GET", "POST"])
@animators
def round_draw(request: PersonRequest, slug: str) -> HttpResponse:
    """What a draw would give, in numbers; then the draw."""
    circle = circle_for(request.user, slug)
    if circle is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.draw_round(circle, by=request.user)
        except RelaisError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Drawn. Each finds their pair on the page of exchanges."))
        return redirect("knowledge:round_draw", slug)
    context = {"circle": circle, "drawn": actions.preview(circle, by=request.user), "rounds": rounds_in(circle), "few": FEW}
    return render(request, "knowledge/round_draw.html", context)
