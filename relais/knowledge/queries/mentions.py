from __future__ import annotations

from itertools import islice

from django.db.models import F, Func, TextField, Value

from relais.knowledge.mentions import names_after_at
from relais.people.models import Participation, Person

MOST = 10  # people whom one text tells: it calls a colleague, it does not write to the house
_TRIED = 200  # names looked up: a text of @ alone costs no more


class _Plain(Func):
    function = "relais_plain"
    output_field = TextField()


def named_in(text: str, before: str = "") -> list[Person]:
    """The colleagues whom a text names after an @ and what it said before did not; letters without their accents are enough."""
    names = sorted(names_after_at(text) - names_after_at(before))
    if not names:
        return []
    called = Person.objects.annotate(plain=_Plain(F("name"))).filter(plain__in=[_Plain(Value(name)) for name in islice(names, _TRIED)])
    return list(called.filter(is_active=True, participation__in=(Participation.MEMBER, Participation.PAUSED)).order_by("name", "pk")[:MOST])
