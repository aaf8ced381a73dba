"""What every page does with what was sent to it: read it, try the act, say why it is refused."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import QueryDict

from relais.core.errors import Refused, RelaisError
from relais.web.access import PersonRequest


def sent(request: PersonRequest) -> QueryDict | None:
    """What was sent, even when it is empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def attempt[T](form: Form, act: Callable[[], T]) -> T | None:
    """The act's result; None when it is refused, and the form then says why."""
    try:
        return act()
    except RelaisError as refusal:
        field = refusal.field if isinstance(refusal, Refused) else None
        form.add_error(field if field in form.fields else None, str(refusal))
        return None


def tried[T](request: PersonRequest, act: Callable[[], T]) -> T | None:
    """The act's result; None when it is refused, and the next page then says why."""
    try:
        return act()
    except RelaisError as refusal:
        messages.error(request, str(refusal))
        return None
