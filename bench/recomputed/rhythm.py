"""Regularity, giving and taking, coming back, what worked."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from bench.recomputed.facts import DAY, TRANSMISSIONS, VALUE_ACTS, VOLUNTARY_ACTS, enough, half_up, share, told, wilson
from bench.recomputed.people import eligible_at

LEARNING = {"application.reported", "workshop.rated", "use_case.solved", "pseudonym.solved"}
PERIODS = {"m1": (28, 55), "m3": (84, 111), "m6": (168, 195)}


def rhythm(facts, at):
    """Who acts in a week and in four, what is given and received in ninety days, among eligible people."""
    here = eligible_at(facts, at)
    recent = [f for f in facts if f.actor in here and f.verb in VALUE_ACTS and f.day >= at - 89 * DAY]
    month = {f.actor for f in recent if f.day >= at - 27 * DAY}
    weeks = [{f.actor for f in recent if (at - f.day).days // 7 == n} for n in range(4)]
    given, received = ([f for f in recent if f.verb in verbs] for verbs in (TRANSMISSIONS, LEARNING))
    weekly = Fraction(sum(map(len, weeks)), 4)
    wae = weekly if enough(len(month)) and enough(weekly) else None
    both = enough(min(len({f.actor for f in given}), len({f.actor for f in received})))
    return {
        "wae": None if wae is None else half_up(wae, 1),
        "mae": told(len(month)),
        "stickiness": None if wae is None else half_up(wae / len(month), 4),
        "acts_given": len(given) if both else None,
        "acts_received": len(received) if both else None,
        "reciprocity": half_up(Fraction(len(given), len(received)), 2) if both else None,
    }


def survival(facts, at):
    """Of those who began, who came back in the second, the fourth and the seventh period of four weeks."""
    days = defaultdict(set)
    for fact in facts:
        if fact.actor and fact.verb in VOLUNTARY_ACTS:
            days[fact.actor].add(fact.day)
    found = {}
    for name, (first, last) in PERIODS.items():
        begun = [mine for mine in days.values() if at - (last + 364) * DAY <= min(mine) <= at - last * DAY]
        back = [mine for mine in begun if any(first <= (day - min(mine)).days <= last for day in mine)]
        whole, part = told(len(begun)), told(len(back))
        found |= {
            f"begun_{name}": whole,
            f"back_{name}": part,
            f"survival_{name}": share(part, whole),
            f"survival_{name}_interval": wilson(part, whole),
        }
    return found


def outcomes(facts, at):
    """Each contribution that somebody applied, fourteen days ago or more, and the last word they told of it."""
    reported, last_word = {}, {}
    for fact in sorted(facts, key=lambda f: (f.when, f.id)):
        if fact.verb == "application.reported" and fact.actor:
            reported[fact.actor, fact.thing] = fact.day
        elif fact.verb == "application.told":
            last_word[fact.actor, fact.thing] = fact.payload["outcome"]
    due = [key for key, day in reported.items() if at - 103 * DAY <= day <= at - 14 * DAY]
    words = [last_word[key] for key in due if key in last_word]
    tellable = enough(len({key[0] for key in due if key in last_word}))
    worked = words.count("yes")
    return {
        "outcomes_due": len(due),
        "outcomes_told": len(words) if tellable else None,
        "outcomes_worked": worked if tellable else None,
        "outcomes_told_share": share(len(words), len(due)) if tellable else None,
        "worked_share": share(worked, len(words)) if tellable else None,
        "worked_interval": wilson(worked, len(words)) if tellable else None,
    }
