"""What the pages of levers print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from relais.core import clock
from relais.indicators import levers as catalogue
from relais.indicators.catalogue import BY_KEY
from relais.indicators.effects.posteriors import Posterior
from relais.indicators.levers import Content, Lever
from relais.indicators.models import LeverUse
from relais.indicators.proposing import Proposal
from relais.indicators.queries.levers import estimate_of

EFFORTS = {1: gettext_lazy("under two hours"), 2: gettext_lazy("up to two days"), 3: gettext_lazy("some weeks")}
GRADES = {
    "A": gettext_lazy("A: seen in an experiment, elsewhere"),
    "B": gettext_lazy("B: observed, elsewhere"),
    "C": gettext_lazy("C: a practice; nobody has measured it"),
}
HOLDERS = {
    "pilot": gettext_lazy("the pilot"),
    "animators": gettext_lazy("the animators"),
    "managers": gettext_lazy("the managers"),
    "sponsor": gettext_lazy("the sponsor"),
}
MECHANISMS = {
    "capability": gettext_lazy("knowing how"),
    "opportunity": gettext_lazy("being able to"),
    "motivation": gettext_lazy("wishing to"),
}
DESIGNS: dict[str, tuple[str | Promise, str | Promise]] = {
    "stepped": (
        gettext_lazy("One team after the other, in an order drawn at random"),
        gettext_lazy("The surest: teams that have not begun yet are what those that have are compared with."),
    ),
    "differences": (
        gettext_lazy("Some teams begin, the others are compared with them"),
        gettext_lazy("Sure enough when both went the same way before; the page shows whether they did."),
    ),
    "interrupted": (
        gettext_lazy("Everybody at once, compared with what was before"),
        gettext_lazy("Weak: whatever else happens on that day is read as well."),
    ),
    "before_after": (
        gettext_lazy("Before and after, nothing more"),
        gettext_lazy("Proves nothing: it says what moved, not why."),
    ),
}
VERDICTS = {
    "probable_gain": gettext_lazy("Probable gain"),
    "unclear": gettext_lazy("Unclear"),
    "probable_loss": gettext_lazy("Probable loss"),
    "not_measurable": gettext_lazy("Not measurable here"),
}
NOTES = {
    "few_teams": gettext_lazy("There are few teams: the interval is right, and wide."),
    "short_series": gettext_lazy("The series is short: how one week leads to the next cannot be learnt from it."),
    "pre_trend": gettext_lazy("These teams were already drifting apart before the start."),
    "placebo_moved": gettext_lazy("A date at which nothing happened shows an effect too: do not believe this one."),
    "not_attributable": gettext_lazy("It moved; nothing says that the lever did it."),
    "teams_left_out": gettext_lazy("Some teams were not there in every week: they are left out."),
}


@dataclass(frozen=True)
class Offer:
    """A lever proposed, with its reason in a sentence."""

    lever: Lever
    reason: str


@dataclass(frozen=True)
class Line:
    """A lever in the list."""

    lever: Lever
    effort: str
    grade: str
    moves: str
    state: str


@dataclass(frozen=True)
class UsePage:
    """All that the template prints of a use."""

    use: LeverUse
    indicator: str
    design: str
    caution: str
    when: str
    expected: str
    foreseen: str
    verdict: str
    effect: str
    notes: list[str]


def said(content: Content) -> Lever:
    """A lever in the reader's language."""
    return catalogue.in_language(content, get_language() or "fr")


def points(share: float) -> str:
    """Share points, as people read them."""
    return _("%(points)s points") % {"points": number_format(round(100 * share, 1), 1)}


def names_of(keys: tuple[str, ...] | list[str]) -> str:
    """Indicators by their names."""
    return ", ".join(str(BY_KEY[key].name) for key in keys if key in BY_KEY)


def offer_of(proposal: Proposal, contents: dict[str, Content]) -> Offer:
    """The proposal in one sentence."""
    lever = said(contents[proposal.key])
    values = {
        "indicator": BY_KEY[proposal.indicator].name,
        "effort": EFFORTS[lever.effort],
        "by": HOLDERS[lever.by],
        "grade": GRADES[lever.evidence],
    }
    if proposal.proven_here:
        return Offer(
            lever, _("%(indicator)s is far from its place, and this lever gave a probable gain here: %(effort)s for %(by)s.") % values
        )
    return Offer(lever, _("%(indicator)s is far from its place; it takes %(by)s %(effort)s (%(grade)s).") % values)


def line_of(content: Content, uses: list[LeverUse]) -> Line:
    """A lever with what became of it here."""
    lever, mine = said(content), [use for use in uses if use.lever == content["id"]]
    return Line(lever, str(EFFORTS[lever.effort]), str(GRADES[lever.evidence]), names_of(lever.moves), state_of(mine[0]) if mine else "")


def state_of(use: LeverUse) -> str:
    """Where a use stands, in a few words."""
    if use.read_on and use.record:
        return _("read on %(day)s: %(verdict)s") % {"day": _day(use.read_on), "verdict": str(VERDICTS[use.record["verdict"]]).lower()}
    if use.stopped_on:
        return _("stopped on %(day)s") % {"day": _day(use.stopped_on)}
    if use.starts_on > clock.today():
        return _("starts on %(day)s") % {"day": _day(use.starts_on)}
    return _("under way, read on %(day)s") % {"day": _day(use.ends_on)}


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def hoped_of(found: Posterior) -> str:
    """What one may expect of a lever here."""
    values = {"mean": points(found.mean), "low": points(found.low80), "high": points(found.high80)}
    if not found.uses:
        return (
            _("Not measured here yet. From its evidence alone: about %(mean)s, four times out of five between %(low)s and %(high)s.")
            % values
        )
    return _("After what was seen here: about %(mean)s, four times out of five between %(low)s and %(high)s.") % values


def use_page(use: LeverUse) -> UsePage:
    """A use, from before its start to what was read."""
    record: dict[str, Any] = use.record or {}
    found = estimate_of(use)
    effect = ""
    if use.read_on and found:
        values = {
            "effect": points(found.effect),
            "low": points(found.low),
            "high": points(found.high),
            "teams": found.teams,
            "weeks": found.periods,
        }
        effect = _("%(effect)s; nineteen times out of twenty, between %(low)s and %(high)s. %(teams)s teams, %(weeks)s weeks.") % values
    return UsePage(
        use,
        names_of([use.indicator]),
        str(DESIGNS[use.design][0]),
        str(DESIGNS[use.design][1]),
        _("From %(first)s to %(last)s") % {"first": _day(use.starts_on), "last": _day(use.ends_on)},
        _("Hoped for, written before the start: %(points)s.") % {"points": points(use.expected)},
        _foreseen(record, use),
        str(VERDICTS[record["verdict"]]) if use.read_on else "",
        effect,
        [str(NOTES[note]) for note in (found.notes if use.read_on and found else ()) if note in NOTES],
    )


def _foreseen(record: dict[str, Any], use: LeverUse) -> str:
    if not record:
        return _("What could be seen here is being worked out.")
    if record["detectable"] is None:
        return _("Whatever it does, it cannot be measured here in this way: too few teams, people or weeks. Pull it if you believe in it.")
    values = {"points": points(record["detectable"])}
    if record["detectable"] > use.expected:
        return (
            _("The smallest effect that could be seen here is %(points)s: more than what is hoped for. It may work and not show.") % values
        )
    return _("The smallest effect that could be seen here is %(points)s: four times out of five, it would show.") % values


def mondays(count: int = 8) -> list[date]:
    """The Mondays to come."""
    first = clock.today() + timedelta(7 - clock.today().weekday())
    return [first + timedelta(7 * week) for week in range(count)]
