"""What was asked, passed on, found relevant, proposed and known."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction

from bench.recomputed.facts import DAY, PUBLISHED, enough, half_up, median, told


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
    tellable = enough(len(raters))
    means = [Fraction(sum(given), len(given)) for given in scores.values()]
    return {
        "ratings": len(every),
        "raters": told(len(raters)),
        "relevance": half_up(Fraction(sum(every), len(every)), 2) if tellable else None,
        "relevance_by_content": half_up(sum(means) / len(means), 2) if tellable else None,
        "low_ratings_share": half_up(Fraction(sum(score <= 2 for score in every), len(every)), 4) if tellable else None,
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
