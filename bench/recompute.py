"""Recompute the community's figures from an export of the ledger, and from nothing else.

    relais ledger export | python bench/recompute.py 2026-03-31 2026-04-30

prints one line of JSON a date. Written from docs/figures.md with the standard library only: it shares no code with the
product, so that the two can disagree.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as it is run by its path

from bench.recomputed.facts import Fact, share, told, wilson
from bench.recomputed.knowledge import initiatives, knowledge, relevance, skills
from bench.recomputed.meetings import meetings
from bench.recomputed.people import ladder, welcome
from bench.recomputed.rhythm import outcomes, rhythm, survival


def recompute(lines: Iterable[str], at: date) -> dict[str, object]:
    """Every figure at the end of that UTC day."""
    facts = [fact for fact in (Fact(json.loads(line)) for line in lines if line.strip()) if fact.day <= at]
    people = {name: told(count) for name, count in ladder(facts, at).items()}
    things = knowledge(facts)
    return {
        "at": at.isoformat(),
        **people,
        "engagement": share(people["engaged"], people["eligible"]),
        "engagement_interval": wilson(people["engaged"], people["eligible"]),
        **{f"{name}_share": share(people[name], people["eligible"]) for name in ("reached", "active", "transmitters", "engaged_12_months")},
        **things,
        "use_cases_answered_share": share(things["use_cases_answered"], things["use_cases"]),
        **relevance(facts),
        **welcome(facts, at),
        **meetings(facts, at),
        **initiatives(facts, at),
        **skills(facts),
        **rhythm(facts, at),
        **survival(facts, at),
        **outcomes(facts, at),
        "definitions": 1,
    }


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Name at least one date: relais ledger export | python bench/recompute.py 2026-03-31")
    exported = sys.stdin.readlines()
    for asked in sys.argv[1:]:
        print(json.dumps(recompute(exported, date.fromisoformat(asked))))
