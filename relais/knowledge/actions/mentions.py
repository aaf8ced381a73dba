from __future__ import annotations

from relais.knowledge import events
from relais.knowledge.actions.pseudonyms import record_on
from relais.knowledge.models import Contribution, UseCase
from relais.knowledge.queries.mentions import named_in
from relais.ledger.actions import record
from relais.people.models import Person


def mention(written: Contribution | UseCase, *, by: Person, before: str = "") -> None:
    """Colleagues newly named in a text are told, each once; who asked a case is told of what answers it anyway."""
    case = written if isinstance(written, UseCase) else written.use_case
    for person in named_in(written.text, before):
        payload = {"person": str(person.pk)}
        if person.pk in (by.pk, case.author_id):
            continue
        if isinstance(written, UseCase):
            record_on(written, events.PERSON_MENTIONED, by=by, payload=payload)
        else:
            record(events.PERSON_MENTIONED, by=by, about=written, circle=case.circle_id, payload=payload)
