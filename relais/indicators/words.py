"""Figures in words: the sentence to remember first, then the number, then how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from relais.indicators.charts import Line
from relais.indicators.charts import Words as Spoken
from relais.indicators.queries.standing import Reading, in_table
from relais.indicators.series import months_since
from relais.indicators.trajectory import reference

FRACTIONS: list[tuple[int, int, str | Promise]] = [
    (1, 40, gettext_lazy("one person in forty")),
    (1, 30, gettext_lazy("one person in thirty")),
    (1, 20, gettext_lazy("one person in twenty")),
    (1, 15, gettext_lazy("one person in fifteen")),
    (1, 10, gettext_lazy("one person in ten")),
    (1, 8, gettext_lazy("one person in eight")),
    (1, 6, gettext_lazy("one person in six")),
    (1, 5, gettext_lazy("one person in five")),
    (1, 4, gettext_lazy("one person in four")),
    (1, 3, gettext_lazy("one person in three")),
    (2, 5, gettext_lazy("two people in five")),
    (1, 2, gettext_lazy("one person in two")),
    (3, 5, gettext_lazy("three people in five")),
    (2, 3, gettext_lazy("two people in three")),
    (3, 4, gettext_lazy("three people in four")),
    (4, 5, gettext_lazy("four people in five")),
    (9, 10, gettext_lazy("nine people in ten")),
]
NEAR = 0.03  # a share this close to a fraction, in proportion, is that fraction
HALF_YEAR = 180
RUNGS = (
    ("reached", pgettext_lazy("rung", "reached")),
    ("active", pgettext_lazy("rung", "active")),
    ("transmitters", pgettext_lazy("rung", "pass on")),
    ("engaged", pgettext_lazy("rung", "engaged")),
)


def percent(share: float | None) -> str:
    """A share as it is read; a dash where it cannot be told."""
    return "—" if share is None else _("%(number)s%%") % {"number": number_format(round(100 * share))}


def month_of(day: date) -> str:
    return date_format(day, "F Y")


def capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def engaged_in_words(share: float) -> str:
    """« Une personne sur cinq est engagée »."""
    if share < FRACTIONS[0][0] / FRACTIONS[0][1] * (1 - NEAR):
        return _("fewer than one person in forty is engaged")
    if share > 0.95:
        return _("almost everybody is engaged")
    top, bottom, fraction = min(FRACTIONS, key=lambda entry: abs(entry[0] / entry[1] - share))
    gap = share * bottom / top - 1
    if gap < -NEAR:
        text = ngettext("nearly %(fraction)s is engaged", "nearly %(fraction)s are engaged", top)
    elif gap > NEAR:
        text = ngettext("a little over %(fraction)s is engaged", "a little over %(fraction)s are engaged", top)
    else:
        text = ngettext("%(fraction)s is engaged", "%(fraction)s are engaged", top)
    return text % {"fraction": fraction}


def change_in_words(now: Reading, before: Reading | None) -> str:
    """How it compares with half a year ago; only a difference that chance would not make is called one."""
    if not before or not (now.engagement and before.engagement and now.interval and before.interval):
        return ""
    month = {"month": month_of(before.at)}
    if now.interval[0] > before.interval[1]:
        twice = now.engagement >= 1.9 * before.engagement
        return (_("at least twice as many as in %(month)s") if twice else _("more than in %(month)s")) % month
    if now.interval[1] < before.interval[0]:
        return _("fewer than in %(month)s") % month
    return _("about as many as in %(month)s") % month


def half_a_year_before(series: list[Reading]) -> Reading | None:
    """The reading closest to half a year before the last one, among those at least three months older."""
    last = series[-1]
    older = [reading for reading in series if (last.at - reading.at).days >= HALF_YEAR / 2 and reading.engagement is not None]
    return min(older, key=lambda reading: abs((last.at - reading.at).days - HALF_YEAR), default=None)


def standing_in_words(series: list[Reading]) -> str:
    """The one sentence of the page."""
    last = series[-1] if series else None
    if last is None or last.people["eligible"] is None:
        return _("It is too early to say where the community stands.")
    if last.engagement is None:
        return _("Fewer than five people are engaged so far: too few to be told.")
    share, change = engaged_in_words(last.engagement), change_in_words(last, half_a_year_before(series))
    return capitalised(_("%(share)s, %(change)s.") % {"share": share, "change": change} if change else _("%(share)s.") % {"share": share})


def sureness_in_words(reading: Reading) -> str:
    """How far chance alone could move the share."""
    if reading.interval is None:
        return ""
    low, high = (percent(bound) for bound in reading.interval)
    return _("With this many people, chance alone would move this share between %(low)s and %(high)s: the pale band.") % {
        "low": low,
        "high": high,
    }


def hours_in_words(hours: float) -> str:
    """A delay as people say it."""
    if hours < 1:
        return _("less than an hour")
    if hours < 48:
        whole = round(hours)
        return ngettext("%(count)d hour", "%(count)d hours", whole) % {"count": whole}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@dataclass(frozen=True)
class Lever:
    """What would change the figure: what is seen, and what one can do about it."""

    seen: str
    act: str


def levers(reading: Reading) -> list[Lever]:
    """At most two, from the widest gap of the ladder and from what waits."""
    people, figures = reading.people, reading.figures
    found = []
    waiting = figures["use_cases"] - figures["use_cases_answered"]
    if waiting:
        seen = ngettext("%(count)d use case waits for its first answer.", "%(count)d use cases wait for their first answer.", waiting)
        found.append(
            Lever(seen % {"count": waiting}, _("Two sentences are enough: an answer is what engages both who gives and who asks."))
        )
    gaps = {
        "transmitters": (people["transmitters"], people["active"], _("Many take part without passing anything on yet.")),
        "active": (people["active"], people["reached"], _("Many come by without taking part yet.")),
        "reached": (people["reached"], people["eligible"], _("Many colleagues have not come by this month.")),
    }
    acts = {
        "transmitters": _("Ask a colleague, by name, for the one thing they know: a personal request is what starts people off."),
        "active": _("Reply to a newcomer within a day: those who get a reply come back."),
        "reached": _("Bring one painful, concrete case to the next team meeting."),
    }
    shares = {rung: part / whole for rung, (part, whole, _seen) in gaps.items() if part and whole}
    if shares:
        widest = min(shares, key=lambda rung: shares[rung])
        if shares[widest] < 0.75:
            found.append(Lever(gaps[widest][2], acts[widest]))
    return found


def reference_at(since: date, day: date) -> float:
    """Where the reference path stands on that day, between its whole months."""
    months = max(months_since(since, day), 0.0)
    path = reference(int(months) + 1)
    return path[-2] + (path[-1] - path[-2]) * (months - int(months))


def ladder_lines(series: list[Reading]) -> list[Line]:
    """The lines of the picture, its point last so that it lies on top."""
    context = Line(_("reference"), {reading.at: reference_at(reading.since, reading.at) for reading in series}, dashed=True)
    shares = {rung: {reading.at: reading.share(rung) for reading in series} for rung, _label in RUNGS}
    band = {reading.at: reading.interval for reading in series}
    main = Line(str(RUNGS[-1][1]), shares["engaged"], main=True, band=band)
    return [context, *(Line(str(label), shares[rung]) for rung, label in RUNGS[:-1]), main]


def picture_words(series: list[Reading]) -> Spoken:
    """What the picture says aloud."""
    days: Mapping[date, str] = {reading.at: date_format(reading.at, "j F Y") for reading in series}
    return Spoken(
        description=_("The shares of people reached, active, passing on and engaged, from %(first)s to %(last)s.")
        % {"first": days[series[0].at], "last": days[series[-1].at]},
        point=_("%(day)s: %(share)s %(line)s"),
        months=days,
        number=percent,
        in_table={reading.at for reading in in_table(series)},
    )
