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
from relais.knowledge.actions.reveals import answer_reveal, ask_reveal
from relais.knowledge.queries import reveals as queries
from relais.knowledge.rules import keys_open
from relais.web.access import PersonRequest, key_holders
from relais.web.knowledge.addresses import address
from relais.web.posted import attempt, sent


class RevealForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("The reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "A danger to somebody, a serious breach of the charter: what, and why the name is needed. The person who asked will read it."
        ),
        error_messages={"required": gettext_lazy("Without a reason, a pseudonym is not lifted.")},
    )


@require_http_methods(["GET", "POST"])
@key_holders
def reveal_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Turn the first key."""
    use_case = queries.case_to_reveal(request.user, pk)
    if use_case is None:
        raise Http404
    form = RevealForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reveal = attempt(form, lambda: ask_reveal(use_case, form.cleaned_data["reason"], by=request.user))
        if reveal:
            messages.success(request, _("The first key is turned. Somebody who holds the other key has seven days to decide."))
            return redirect(address("reveal_show", reveal.pk))
    return render(request, "knowledge/reveal_ask.html", {"use_case": use_case, "form": form})


@require_GET
@key_holders
def reveal_list(request: PersonRequest) -> HttpResponse:
    rows = [(reveal, address("reveal_show", reveal.pk)) for reveal in queries.reveals_for(request.user)]
    return render(request, "knowledge/reveal_list.html", {"rows": rows})


def _found(request: PersonRequest, pk: int) -> Any:
    reveal = queries.reveal_for(request.user, pk)
    if reveal is None:
        raise Http404
    return reveal


@require_GET
@key_holders
def reveal_show(request: PersonRequest, pk: int) -> HttpResponse:
    reveal = _found(request, pk)
    context = {
        "reveal": reveal,
        "use_case": reveal.use_case,
        "may_answer": reveal.state == "open" and keys_open(reveal.asked_by, request.user) and reveal.use_case.author_id != request.user.pk,
        "asker": queries.name_behind(request.user, reveal),
        "until": reveal.asked_at + queries.SECOND_KEY_WITHIN,
    }
    return render(request, "knowledge/reveal_show.html", context)


def _answered(request: PersonRequest, pk: int, said: str, *, grant: bool) -> HttpResponse:
    try:
        answer_reveal(_found(request, pk), grant=grant, by=request.user)
    except RelaisError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(address("reveal_show", pk))


@require_POST
@key_holders
def reveal_grant(request: PersonRequest, pk: int) -> HttpResponse:
    """Turn the second key."""
    return _answered(request, pk, _("The pseudonym is lifted, for the two of you only. The person who asked is told."), grant=True)


@require_POST
@key_holders
def reveal_refuse(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave the pseudonym as it is."""
    return _answered(request, pk, _("The pseudonym stands."), grant=False)
