"""Recompute the community's figures from an export of the ledger, and from nothing else.

    relais ledger export | python bench/recompute.py 2026-03-31 2026-04-30

prints one line of JSON a date. Written from docs/figures.md with the standard library only: it shares no code with the
product, so that the two can disagree.
"""

from __future__ import annotations

import json
import math
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

VISITS = {"person.visited"}
PUBLISHED = {"answer.published", "content.published"}
TRANSMISSIONS = {*PUBLISHED, "workshop.held", "workshop.co_led"}
CLOSED = {"use_case.solved", "pseudonym.solved", "workshop.rated"}
VALUE_ACTS = {*TRANSMISSIONS, *CLOSED, "use_case.asked", "application.reported", "pseudonym.asked"}
OTHER_VOLUNTARY_ACTS = {
    "person.joined",
    "person.resumed",
    "circle.opened",
    "circle.joined",
    "use_case.revised",
    "use_case.supported",
    "use_case.reopened",
    "best_answer.chosen",
    "answer.revised",
    "content.revised",
    "content.linked",
    "co_author.added",
    "application.told",
    "contribution.rated",
    "contribution.questioned",
    "reaction.settled",
    "proposal.declined",
    "prompt.accepted",
    "prompt.declined",
    "initiative.opened",
    "initiative.revised",
    "initiative.proposed",
    "initiative.launched",
    "initiative.joined",
    "initiative.linked",
    "initiative.ended",
    "measures.kept",
    "pulse.opened",
    "pulse.closed",
    "exchanges.opened",
    "exchange.asked",
    "exchange.agreed",
    "exchange.declined",
    "exchange.closed",
    "content.confirmed",
    "need.opened",
    "need.wished",
    "need.offered",
    "need.declined",
    "need.answered",
    "need.closed",
    "workshop.proposed",
    "workshop.revised",
    "workshop.moved",
    "workshop.registered",
    "workshop.waited",
    "workshop.warmed_up",
    "workshop.attended",
    "skill.accepted",
    "skill.refused",
    "skill.kept",
    "confirmation.asked",
    "confirmation.left",
    "skill.confirmed",
    "contest.opened",
    "contest.judged",
}
VOLUNTARY_ACTS = VALUE_ACTS | OTHER_VOLUNTARY_ACTS
DAY = timedelta(days=1)
FEWEST = 5


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Fact:
    """A line of the export with its times read."""

    def __init__(self, line):
        self.id, self.verb, self.actor = line["id"], line["verb"], line["actor"]
        self.when = moment(line["occurred_at"])
        self.day = self.when.date()
        self.thing = (line["object_type"], line["object_id"])
        self.payload = line["payload"]


def half_up(value, places):
    scale = 10**places
    return math.floor(Fraction(value) * scale + Fraction(1, 2)) / scale


def told(people):
    return people if people >= FEWEST else None


def share(part, whole):
    return None if part is None or not whole else half_up(Fraction(part, whole), 4)


def wilson(part, whole):
    if part is None or not whole:
        return None
    z = 1.959963984540054
    p = part / whole
    centre = p + z * z / (2 * whole)
    spread = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    below = 1 + z * z / whole
    return [round(max(0.0, (centre - spread) / below), 4), round(min(1.0, (centre + spread) / below), 4)]


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


def median(numbers):
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def knowledge(facts):
    withdrawn = {f.thing for f in facts if f.verb in {"use_case.withdrawn", "answer.withdrawn", "content.withdrawn"}}
    standing = [f for f in facts if f.thing not in withdrawn]
    cases = {f.thing[1]: f.when for f in standing if f.verb == "use_case.asked"}
    replies = defaultdict(list)
    for fact in standing:
        if fact.verb in PUBLISHED | {"content.linked"}:
            replies[str(fact.payload["use_case"])].append(fact.when)
    last_word = {}
    for fact in sorted(facts, key=lambda f: (f.when, f.id)):
        if fact.verb in {"use_case.solved", "use_case.reopened"}:
            last_word[fact.thing[1]] = fact.verb
    microsecond = timedelta(microseconds=1)
    delays = [Fraction(max(0, (min(replies[case]) - asked) // microsecond)) for case, asked in cases.items() if replies.get(case)]
    return {
        "use_cases": len(cases),
        "use_cases_answered": len(delays),
        "use_cases_solved": sum(last_word.get(case) == "use_case.solved" for case in cases),
        "answers": sum(f.verb == "answer.published" for f in standing),
        "contents": sum(f.verb == "content.published" for f in standing),
        "median_hours_to_first_answer": half_up(median(delays) / 3_600_000_000, 1) if delays else None,
    }


def relevance(facts):
    latest = {}
    for fact in sorted(facts, key=lambda f: (f.when, f.id)):
        if fact.verb == "contribution.rated" and fact.actor:
            latest[fact.actor, fact.thing] = fact
    pairs = {(f.actor, author, f.day) for f in latest.values() for author in f.payload.get("authors", ())}
    scores, raters = defaultdict(list), set()
    for fact in latest.values():
        authors = fact.payload.get("authors", ())
        mutual = any((author, fact.actor, fact.day) in pairs for author in authors)
        if fact.actor not in authors and not fact.payload.get("in_line") and not mutual:
            scores[fact.thing].append(fact.payload["score"])
            raters.add(fact.actor)
    every = [score for given in scores.values() for score in given]
    enough = len(raters) >= FEWEST
    means = [Fraction(sum(given), len(given)) for given in scores.values()]
    return {
        "ratings": len(every),
        "raters": told(len(raters)),
        "relevance": half_up(Fraction(sum(every), len(every)), 2) if enough else None,
        "relevance_by_content": half_up(sum(means) / len(means), 2) if enough else None,
        "low_ratings_share": half_up(Fraction(sum(score <= 2 for score in every), len(every)), 4) if enough else None,
    }


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


def no_show(registered, came):
    absent = registered - came
    if came < FEWEST or absent < FEWEST:
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
    for payload in (each for each in recent if each["registered"] >= FEWEST):
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


def initiatives(facts, at):
    since = at - 364 * DAY
    proposed, answers = {}, defaultdict(list)
    for fact in sorted(facts, key=lambda f: (f.when, f.id)):
        if fact.verb == "initiative.proposed" and fact.day >= since:
            proposed.setdefault(fact.thing[1], fact)
        elif fact.verb in {"initiative.accepted", "initiative.refused", "initiative.launched"}:
            answers[fact.thing[1]].append(fact.when)
    microsecond, delays, bottom_up = timedelta(microseconds=1), [], []
    for number, fact in proposed.items():
        later = [when for when in answers[number] if when >= fact.when]
        if later:
            delays.append(Fraction((min(later) - fact.when) // microsecond))
            bottom_up += delays[-1:] if fact.payload["origin"] == "bottom_up" else []
    origins = [fact.payload["origin"] for fact in proposed.values()]
    return {
        "initiatives": len(origins),
        "initiatives_by_origin": {origin: origins.count(origin) for origin in ("top_down", "bottom_up", "across")},
        "initiatives_answered": len(delays),
        "median_days_to_decision": half_up(median(delays) / 86_400_000_000, 1) if delays else None,
        "median_days_to_decision_bottom_up": half_up(median(bottom_up) / 86_400_000_000, 1) if bottom_up else None,
    }


def skills(facts):
    """Skills recognised by somebody as theirs, and those somebody who is still here is certified in; merged ones count once."""
    answers, levels, gone, merged = {}, {}, {}, {}
    for fact in sorted(facts, key=lambda f: (f.when, f.id)):
        if fact.verb in {"skill.accepted", "skill.kept", "skill.refused"}:
            answers[fact.thing[1]] = fact
        elif fact.verb == "level.changed":
            levels[fact.thing[1]] = fact
        elif fact.verb in {"person.left", "person.departed"}:
            gone[fact.thing[1]] = fact.when
        elif fact.verb == "skill.merged":
            merged[fact.thing[1]] = fact.payload["into"]

    def present(skill):
        return present(merged[skill]) if skill in merged else skill

    certified = [f for f in levels.values() if f.payload["after"] >= 3]
    here = [f for f in certified if f.payload["person"] not in gone or gone[f.payload["person"]] < f.when]
    return {
        "skills_detected": len({present(f.payload["skill"]) for f in answers.values() if f.verb != "skill.refused"}),
        "skills_certified": len({present(f.payload["skill"]) for f in here}),
    }


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
    wae = weekly if len(month) >= FEWEST and weekly >= FEWEST else None
    both = min(len({f.actor for f in given}), len({f.actor for f in received})) >= FEWEST
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
        found |= {f"begun_{name}": whole, f"survival_{name}": share(part, whole), f"survival_{name}_interval": wilson(part, whole)}
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
    enough = len({key[0] for key in due if key in last_word}) >= FEWEST
    worked = words.count("yes")
    return {
        "outcomes_due": len(due),
        "outcomes_told": len(words),
        "outcomes_told_share": share(len(words), len(due)) if enough else None,
        "worked_share": share(worked, len(words)) if enough else None,
        "worked_interval": wilson(worked, len(words)) if enough else None,
    }


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
