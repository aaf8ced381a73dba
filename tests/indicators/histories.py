"""Random histories as rows of the ledger: crowded around the edges of every window, at midnight, at month ends."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import strategies as st

from relais.ledger.models import Entry

DATES = [date(2026, 3, 31), date(2026, 3, 1), date(2026, 2, 28), date(2024, 2, 29), date(2025, 12, 31)]
_EDGES = [0, 1, 2, 26, 27, 28, 29, 30, 31, 59, 60, 61, 88, 89, 90, 91, 178, 363, 364, 365, 366, 452, 453, 454]
_TIMES = [time.min, time.max, time(12), time(0, 0, 0, 1)]
_PEOPLE = [UUID(int=n + 1) for n in range(9)]
_CASE_VERBS = ["use_case.asked"] * 4 + ["use_case.solved"] * 3 + ["use_case.reopened", "use_case.withdrawn", "use_case.supported"]
_TEXT_VERBS = [
    *["answer.published", "content.published", "application.reported", "application.told", "contribution.rated"] * 3,
    *["answer.withdrawn", "content.withdrawn", "content.linked", "answer.revised", "application.skipped"],
]
_MEETING_VERBS = ["workshop.held"] * 4 + ["workshop.rated", "workshop.co_led"] + ["need.opened", "need.answered"] * 2
_MEETING_VERBS += ["initiative.proposed"] * 3 + ["initiative.accepted", "initiative.refused", "initiative.launched"]
_PERSON_VERBS = ["person.visited"] * 3 + ["person.departed", "person.moved", "person.arrived", "person.paused", "person.joined"]


def _moment(dice: random.Random, at: date) -> datetime:
    offset = dice.choice(_EDGES) if dice.random() < 0.6 else dice.randint(-3, 100)
    return datetime.combine(at - timedelta(offset), dice.choice(_TIMES), UTC)


def _entry(dice: random.Random, at: date) -> Entry:
    actor = dice.choice(_PEOPLE)
    group = dice.choices(["person", "case", "text", "meeting"], [2, 3, 6, 3])[0]
    verb = dice.choice({"person": _PERSON_VERBS, "case": _CASE_VERBS, "text": _TEXT_VERBS, "meeting": _MEETING_VERBS}[group])
    object_id = str(actor) if group == "person" else str(dice.randint(1, 6 if group == "case" else 30))
    by_somebody = verb not in {"person.arrived", "person.moved", "person.departed"} and dice.random() > 0.03
    object_type = {"person": "person", "case": "usecase", "text": "contribution", "meeting": verb.partition(".")[0]}[group]
    return fact(verb, actor if by_somebody else None, _moment(dice, at), object_type, object_id, _payload(dice, verb))


def _payload(dice: random.Random, verb: str) -> dict[str, object]:
    if verb in {"answer.published", "content.published", "content.linked"}:
        return {"use_case": dice.randint(1, 6)}
    if verb == "application.told":
        return {"outcome": dice.choice(["yes", "yes", "partly", "no"])}
    if verb == "contribution.rated":
        authors = [str(author) for author in dice.sample(_PEOPLE[:4], dice.randint(1, 2))]
        return {"score": dice.randint(1, 5), "authors": authors, "in_line": dice.random() < 0.1}
    if verb == "workshop.held":
        registered = dice.randint(0, 12)
        return {"format": dice.choice(["long", "short"]), "registered": registered, "came": dice.randint(0, registered)}
    if verb == "initiative.proposed":
        return {"origin": dice.choice(["top_down", "bottom_up", "across"])}
    if verb == "need.answered":
        return {"workshop": dice.randint(1, 30)}
    return {}


def fact(
    verb: str,
    actor: UUID | None,
    moment: datetime,
    object_type: str,
    object_id: str,
    payload: dict[str, object] | None = None,
    unit: int | None = None,
) -> Entry:
    """A row of the ledger, not saved."""
    return Entry(
        verb=verb,
        actor=actor,
        occurred_at=moment,
        recorded_at=moment,
        object_type=object_type,
        object_id=object_id,
        payload=payload or {},
        unit=unit,
    )


def arrived(person: UUID, moment: datetime, unit: int | None = None) -> Entry:
    return fact("person.arrived", None, moment, "person", str(person), unit=unit)


@st.composite
def histories(draw: st.DrawFn) -> tuple[date, list[Entry]]:
    """A day to ask for, and the entries of a small restless community around it."""
    at = draw(st.sampled_from(DATES))
    dice = draw(st.randoms(use_true_random=False, note_method_calls=False))
    long_ago = datetime.combine(at - timedelta(dice.choice([600, 61, 60, 59, 31, 30])), time.min, UTC)
    people = [arrived(person, long_ago if dice.random() < 0.7 else _moment(dice, at)) for person in _PEOPLE]
    acts = [_entry(dice, at) for _ in range(draw(st.integers(0, 120)))]
    return at, people + _born_once(acts)


def _born_once(acts: list[Entry]) -> list[Entry]:
    """A case is asked once, a text published once: later births of the same thing are left out."""
    born: set[tuple[str, str]] = set()
    kept = []
    for act in acts:
        thing = (act.object_type, act.object_id)
        if act.verb in {"use_case.asked", "answer.published", "content.published"}:
            if thing in born:
                continue
            born.add(thing)
        kept.append(act)
    return kept
