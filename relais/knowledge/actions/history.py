from __future__ import annotations

from relais.knowledge import events
from relais.ledger.actions import record


def tell_history_imported(counts: dict[str, int]) -> None:
    """One fact for a whole history brought in, after its acts: how many of each kind, with no name in it."""
    record(events.HISTORY_IMPORTED, by=None, about=None, payload=counts)
