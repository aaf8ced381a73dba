"""Who does what because of a fact: `@on(VERB)` in a domain's `jobs.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from relais.ledger.models import Entry
from relais.ledger.verbs import Verb

Handler = Callable[[Entry], None]
_at_once: ContextVar[bool] = ContextVar("at_once", default=False)


@dataclass(frozen=True)
class Subscription:
    """One handler of one verb; `history` says whether imported facts concern it too."""

    handler: Handler
    history: bool

    @property
    def name(self) -> str:
        return f"{self.handler.__module__}.{self.handler.__name__}"


_subscriptions: dict[str, list[Subscription]] = {}


def on(*verbs: Verb, history: bool = False) -> Callable[[Handler], Handler]:
    """Call the function, in a job of the same transaction, for each entry of these verbs. It may run twice."""

    def subscribe(handler: Handler) -> Handler:
        for verb in verbs:
            _subscriptions.setdefault(verb.name, []).append(Subscription(handler, history))
        return handler

    return subscribe


def subscriptions_for(entry: Entry) -> list[Subscription]:
    """The subscriptions this entry concerns."""
    return [s for s in _subscriptions.get(entry.verb, []) if s.history or not told_late(entry)]


def told_late(entry: Entry) -> bool:
    """Whether a fact is history: it was brought in after its day."""
    return entry.occurred_at.date() < entry.recorded_at.date()


@contextmanager
def delivered_at_once() -> Iterator[None]:
    """Inside, subscribers run right after their entry, with no job: a simulated community has no worker."""
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def at_once() -> bool:
    """Whether subscribers run without a job here."""
    return _at_once.get()
