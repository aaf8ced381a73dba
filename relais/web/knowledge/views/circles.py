from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relais.core.errors import Refused
from relais.knowledge.actions.circles import dismiss_animator, found_circle, join_circle, leave_circle, trust_with
from relais.knowledge.queries.circles import animators_of, circle_by_slug, circle_for, circles_to_keep, circles_with_life, life_of
from relais.knowledge.rules import can_keep_circles
from relais.web.access import PersonRequest, circle_keepers, members
from relais.web.knowledge.addresses import address


class CircleForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the circle"), max_length=80, help_text=gettext_lazy("A theme, in one to three words.")
    )
    purpose = forms.CharField(
        label=gettext_lazy("What for"), max_length=300, required=False, help_text=gettext_lazy("One sentence that makes one want to join.")
    )


class AnimatorForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Their e-mail address"))


def _or_404(circle: Any) -> Any:
    if circle is None:
        raise Http404
    return circle


@require_GET
@members
def circle_list(request: PersonRequest) -> HttpResponse:
    return render(
        request, "knowledge/circle_list.html", {"circles": circles_with_life(request.user), "keeps": can_keep_circles(request.user)}
    )


@require_GET
@members
def circle_show(request: PersonRequest, slug: str) -> HttpResponse:
    circle = _or_404(circle_for(request.user, slug))
    life = life_of(circle, request.user)
    context = {"circle": circle, "life": life, "unanswered": _linked(life.unanswered), "recent": _linked(life.recent)}
    return render(request, "knowledge/circle_show.html", context)


def _linked(cases: list[Any]) -> list[tuple[Any, str]]:
    return [(case, address("use_case_show", case.pk)) for case in cases]


def _back(request: PersonRequest, slug: str) -> HttpResponse:
    """To the list for those who came from it, so that a newcomer can join several."""
    to_list = request.POST.get("next") == reverse("knowledge:circle_list")
    return redirect("knowledge:circle_list") if to_list else redirect("knowledge:circle_show", slug)


@require_POST
@members
def circle_join(request: PersonRequest, slug: str) -> HttpResponse:
    circle = _or_404(circle_for(request.user, slug))
    join_circle(circle, by=request.user)
    messages.success(request, _("You are in the circle %(circle)s: what is new there shows on your home page.") % {"circle": circle})
    return _back(request, slug)


@require_POST
@members
def circle_leave(request: PersonRequest, slug: str) -> HttpResponse:
    circle = _or_404(circle_for(request.user, slug))
    leave_circle(circle, by=request.user)
    messages.success(request, _("You left the circle %(circle)s. You can come back when you like.") % {"circle": circle})
    return _back(request, slug)


@require_http_methods(["GET", "POST"])
@circle_keepers
def circle_keep(request: PersonRequest) -> HttpResponse:
    form = CircleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            circle = found_circle(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The circle %(circle)s is open.") % {"circle": circle})
            return redirect("knowledge:circle_animators", circle.slug)
    return render(request, "knowledge/circle_keep.html", {"form": form, "circles": circles_to_keep()})


@require_http_methods(["GET", "POST"])
@circle_keepers
def circle_animators(request: PersonRequest, slug: str) -> HttpResponse:
    circle, form = _or_404(circle_by_slug(slug)), AnimatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            trust_with(circle, form.cleaned_data["email"], by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("This circle has somebody more to look after it."))
            return redirect("knowledge:circle_animators", slug)
    animators = animators_of(circle)
    return render(request, "knowledge/circle_animators.html", {"circle": circle, "form": form, "animators": animators})


@require_POST
@circle_keepers
def circle_dismiss(request: PersonRequest, slug: str) -> HttpResponse:
    circle = _or_404(circle_by_slug(slug))
    person = _or_404(next((one for one in animators_of(circle) if str(one.pk) == request.POST.get("person")), None))
    dismiss_animator(circle, person, by=request.user)
    messages.success(request, _("%(name)s no longer looks after this circle, and stays in it.") % {"name": person})
    return redirect("knowledge:circle_animators", slug)
