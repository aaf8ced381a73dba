"""Needs and workshops."""

from __future__ import annotations

import math
from datetime import timedelta
from fractions import Fraction

from bench.recomputed.facts import DAY, enough, half_up, median, share


def no_show(registered, came):
    absent = registered - came
    if not (enough(came) and enough(absent)):
        return None
    return share(math.floor(absent / 5 + 0.5) * 5, registered)


def sessions_of_needs(facts, held, since):
    """When each need of the year was said, and when the first workshop proposed for it was held."""
    needs, sessions = {}, {}
    for fact in facts:
        if fact.verb == "need.opened" and fact.day >= since:
            needs[fact.thing[1]] = min(fact.when, needs.get(fact.thing[1], fact.when))
    for fact in facts:
        session = held.get(str(fact.payload.get("workshop"))) if fact.verb == "need.answered" else None
        if session and fact.thing[1] in needs:
            sessions[fact.thing[1]] = min(session.when, sessions.get(fact.thing[1], session.when))
    return needs, sessions


def no_shows(groups):
    """By format, when all of them can be told."""
    by_format = {name: no_show(*groups[name]) for name in sorted(groups)}
    return dict.fromkeys(by_format) if None in by_format.values() else by_format


def meetings(facts, at):
    since = at - 364 * DAY
    held = {}
    for fact in sorted(facts, key=lambda f: (f.when, f.id)):
        if fact.verb == "workshop.held":
            held.setdefault(fact.thing[1], fact)
    needs, sessions = sessions_of_needs(facts, held, since)
    microsecond = timedelta(microseconds=1)
    delays = [Fraction(max(0, (sessions[need] - needs[need]) // microsecond)) for need in sessions]
    groups = {}
    recent = [fact.payload for fact in held.values() if fact.day >= since]
    for payload in (each for each in recent if enough(each["registered"])):
        registered, came = groups.get(payload["format"], (0, 0))
        groups[payload["format"]] = (registered + payload["registered"], came + payload["came"])
    return {
        "needs": len(needs),
        "needs_with_session": len(sessions),
        "median_days_need_to_session": half_up(median(delays) / 86_400_000_000, 1) if delays else None,
        "workshops": len(recent),
        "no_show_share": no_show(sum(r for r, _ in groups.values()), sum(c for _, c in groups.values())) if groups else None,
        "no_show_share_by_format": no_shows(groups),
    }
