"""Lifting a pseudonym takes two keys, two people and a reason; the asker and the ledger are told (F22)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge import events, rules
from relais.knowledge.models import Reveal, UseCase
from relais.knowledge.queries.reveals import reveals_that_lapse
from relais.ledger.actions import record
from relais.ledger.verbs import Verb
from relais.people.models import Person

FEWEST_WORDS = 5


@transaction.atomic
def ask_reveal(use_case: UseCase, reason: str, *, by: Person) -> Reveal:
    """Turn the first key: ask, with a reason the asker will read, to know who asked a case."""
    use_case = UseCase.objects.select_for_update().get(pk=use_case.pk)
    _refuse_first_key(use_case, by)
    reason = reason.strip()[:1000]
    if len(reason.split()) < FEWEST_WORDS:
        raise Refused(_("Write the reason in a full sentence: the person who asked will read it."), field="reason")
    let_reveals_lapse()
    if use_case.reveals.filter(state=Reveal.State.OPEN).exists():
        raise Refused(_("Somebody has turned a first key for this case already: look at their request."))
    reveal = Reveal.objects.create(use_case=use_case, asked_by=by, reason=reason, asked_at=clock.now())
    _record(events.REVEAL_ASKED, reveal, by=by)
    return reveal


def _refuse_first_key(use_case: UseCase, by: Person) -> None:
    if not rules.can_hold_key(by):
        raise NotAllowed(_("Only pilots and administrators hold a key. Report the case instead: those who moderate will look at it."))
    if not use_case.pseudonym:
        raise Refused(_("This case bears its asker’s name: there is nothing to lift."))
    if use_case.author_id == by.pk:
        raise NotAllowed(_("This case is your own: you know who asked."))


@transaction.atomic
def answer_reveal(reveal: Reveal, *, grant: bool, by: Person) -> Reveal:
    """Turn the second key, or refuse to: whoever holds the other key decides, once, within seven days."""
    reveal = Reveal.objects.select_for_update(of=("self",)).select_related("use_case", "asked_by").get(pk=reveal.pk)
    if reveal.state != Reveal.State.OPEN or reveals_that_lapse(clock.now()).filter(pk=reveal.pk).exists():
        raise Refused(_("This request is closed: it was answered, or a week has passed. A new one needs a new reason."))
    _refuse_second_key(reveal, by)
    reveal.state = Reveal.State.GRANTED if grant else Reveal.State.REFUSED
    reveal.answered_by, reveal.answered_at = by, clock.now()
    reveal.save(update_fields=["state", "answered_by", "answered_at"])
    _record(events.REVEAL_GRANTED if grant else events.REVEAL_REFUSED, reveal, by=by)
    return reveal


def _refuse_second_key(reveal: Reveal, by: Person) -> None:
    if reveal.use_case.author_id == by.pk:
        raise NotAllowed(_("This case is your own: nobody decides on their own pseudonym."))
    if not rules.keys_open(reveal.asked_by, by):
        raise NotAllowed(_("The second key is held by somebody else: a pilot and an administrator, two people, decide together."))


@transaction.atomic
def let_reveals_lapse() -> int:
    """A request without a second key after a week is over: the pseudonym stands."""
    over = list(reveals_that_lapse(clock.now()).select_for_update(of=("self",)).select_related("use_case"))
    for reveal in over:
        reveal.state = Reveal.State.LAPSED
        reveal.save(update_fields=["state"])
        _record(events.REVEAL_LAPSED, reveal, by=None)
    return len(over)


def _record(verb: Verb, reveal: Reveal, *, by: Person | None) -> None:
    """The fact is about the case, so that its asker is told; it names those who hold the keys, never the asker."""
    record(verb, by=by, about=reveal.use_case, circle=reveal.use_case.circle_id, payload={"reveal": reveal.pk})
