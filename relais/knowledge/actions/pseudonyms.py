"""What is done under a pseudonym (F22): the ledger never holds a person and their pseudonymous case in one fact."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.db import transaction

from relais.core import clock
from relais.knowledge import events, rules
from relais.knowledge.models import QuietAct, UseCase
from relais.knowledge.queries.pseudonyms import quiet_acts_to_tell
from relais.ledger.actions import record
from relais.ledger.verbs import Verb, known
from relais.people.models import Person

_COUNTED = {events.USE_CASE_ASKED: events.PSEUDONYM_ASKED, events.USE_CASE_SOLVED: events.PSEUDONYM_SOLVED}


def record_on(use_case: UseCase, verb: Verb, *, by: Person, payload: dict[str, Any] | None = None) -> None:
    """Write down what somebody did with a case; from its asker under a pseudonym, the fact names nobody and counts for them at night."""
    quiet = rules.is_asker_under_pseudonym(by, use_case)
    record(verb, by=None if quiet else by, about=use_case, circle=use_case.circle_id, payload=payload)
    if quiet and verb in _COUNTED:
        QuietAct.objects.create(person=by, verb=_COUNTED[verb].name, day=clock.today())


@transaction.atomic
def tell_quiet_acts() -> int:
    """Tell the ledger what people did under a pseudonym on days that ended: the day only, in no order that means anything."""
    acts = list(quiet_acts_to_tell(clock.today()).select_for_update(of=("self",)).select_related("person"))
    for act in acts:
        with clock.acting_at(datetime.combine(act.day, time(12), UTC)):
            record(known()[act.verb], by=act.person, about=None)
    QuietAct.objects.filter(pk__in=[act.pk for act in acts]).delete()
    return len(acts)
