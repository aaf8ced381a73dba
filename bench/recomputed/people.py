"""Who is counted, where each stands on the ladder, whether first posts are met."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import UTC, datetime

from bench.recomputed.facts import CLOSED, DAY, PUBLISHED, TRANSMISSIONS, VALUE_ACTS, VISITS, VOLUNTARY_ACTS, share, told


def eligible_at(facts, at):
    """Who arrived 30 days before the 1st of the month or earlier, and had not departed before the 1st."""
    first = datetime(at.year, at.month, 1, tzinfo=UTC)
    arrived, departed = {}, defaultdict(list)
    for fact in facts:
        person = fact.thing[1]
        if fact.verb == "person.arrived" and fact.when <= first - 30 * DAY:
            arrived[person] = max(fact.when, arrived.get(person, fact.when))
        elif fact.verb == "person.departed" and fact.when < first:
            departed[person].append(fact.when)
    return {person for person, since in arrived.items() if not any(gone >= since for gone in departed[person])}


def is_engaged(acts, last):
    """Three value acts on two days in the 90 days that end with `last`, one of them a transmission or closed learning."""
    within = [(day, completes) for day, completes in acts if last - 89 * DAY <= day <= last]
    return len(within) >= 3 and len({day for day, _ in within}) >= 2 and any(completes for _, completes in within)


def ladder(facts, at):
    worked = {(f.actor, f.thing) for f in facts if f.verb == "application.told" and f.payload.get("outcome") == "yes"}
    acts = defaultdict(list)
    for fact in facts:
        if fact.actor:
            acts[fact.actor].append(fact)
    counts = dict.fromkeys(("eligible", "reached", "active", "engaged", "transmitters", "engaged_12_months"), 0)
    for person in eligible_at(facts, at):
        mine = acts[person]
        recent = [f for f in mine if f.day >= at - 27 * DAY]
        value_acts = [
            (
                f.day,
                f.verb in TRANSMISSIONS or f.verb in CLOSED or (f.verb == "application.reported" and (person, f.thing) in worked),
            )
            for f in mine
            if f.verb in VALUE_ACTS
        ]
        counts["eligible"] += 1
        counts["reached"] += any(f.verb in VISITS | VOLUNTARY_ACTS for f in recent)
        counts["active"] += any(f.verb in VOLUNTARY_ACTS for f in recent)
        counts["engaged"] += is_engaged(value_acts, at)
        counts["transmitters"] += any(f.verb in TRANSMISSIONS and f.day >= at - 89 * DAY for f in mine)
        counts["engaged_12_months"] += bool(value_acts) and any(is_engaged(value_acts, at - n * DAY) for n in range(365))
    return counts


def welcome(facts, at):
    """First posts of the 90 days up to a day ago, and those that somebody else met within 24 hours."""
    posts, ordered = {}, sorted(facts, key=lambda f: (f.when, f.id))
    for fact in ordered:
        if fact.actor and fact.verb in PUBLISHED | {"use_case.asked"}:
            posts.setdefault(fact.actor, fact)
    end = datetime(at.year, at.month, at.day, tzinfo=UTC) + DAY
    due = [post for post in posts.values() if at - 89 * DAY <= post.day and post.when < end - DAY]
    times = [fact.when for fact in ordered]
    met = sum(
        any(meets(fact, post) for fact in ordered[bisect_left(times, post.when) : bisect_right(times, post.when + DAY)]) for post in due
    )
    return {"first_posts": told(len(due)), "first_posts_met": told(met), "first_posts_met_share": share(told(met), told(len(due)))}


def meets(fact, post):
    if fact.actor == post.actor:
        return False
    number = post.thing[1]
    if post.verb == "use_case.asked":
        answers = fact.verb in PUBLISHED and str(fact.payload["use_case"]) == number
        return answers or (fact.verb == "use_case.supported" and fact.thing[1] == number)
    words = {"application.reported", "contribution.rated", "contribution.questioned"}
    chosen = fact.verb == "best_answer.chosen" and str(fact.payload["contribution"]) == number
    return chosen or (fact.verb in words and fact.thing[1] == number)
