"""An indicator in words and lines: what its card says, in a sentence, a picture and a table."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.indicators.catalogue import Better, Kind, Value
from relais.indicators.charts import Line, Scale, Words
from relais.indicators.queries.cards import Card, Point
from relais.indicators.series import is_month_end
from relais.indicators.words import hours_in_words, percent

QUARTER = timedelta(days=90)
WEEKS_APART = 28  # days: closer than that, two values of one window are nearly the same people
SCORES = (1.0, 5.0)


def said(kind: Kind, value: float | None) -> str:
    """A value as people read it."""
    if value is None:
        return "—"
    if kind == Kind.SHARE:
        return percent(value)
    if kind == Kind.HOURS:
        return hours_in_words(value)
    if kind == Kind.DAYS:
        days = round(value)
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if kind == Kind.SCORE:
        return _("%(mean)s out of 5") % {"mean": number_format(round(value, 1), 1)}
    return number_format(value, 0 if kind == Kind.COUNT else 2, force_grouping=True)


def quarter_before(points: list[Point], at: date) -> Point | None:
    """The told day nearest to three months before that day, if there is one at least four weeks older."""
    older = [point for point in points if point.value and (at - point.at).days >= WEEKS_APART]
    return min(older, key=lambda point: abs(at - QUARTER - point.at), default=None)


def direction(now: Value, before: Value) -> int:
    """1 when it is higher and chance alone would not do it, -1 when lower, 0 when it cannot be told; without intervals, as read."""
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return (now.value > before.value) - (now.value < before.value)
    return (now.low > before.high) - (now.high < before.low)


def change_in_words(card: Card) -> str:
    """What became of it in a quarter; a difference that chance would make is not called one."""
    latest = card.latest
    before = latest and quarter_before(card.points, latest.at)
    if not (latest and latest.value and before and before.value):
        return _("It is too early to compare.")
    way = direction(latest.value, before.value)
    values = {"before": said(card.indicator.kind, before.value.value), "day": date_format(before.at, "j F Y")}
    if not way:
        sure = _("About the same as on %(day)s (%(before)s): a difference this small may be chance.")
        return sure % values if latest.value.low is not None else _("The same as on %(day)s (%(before)s).") % values
    if card.indicator.better == Better.EVEN:
        return (_("Higher than on %(day)s (%(before)s).") if way > 0 else _("Lower than on %(day)s (%(before)s).")) % values
    well = (way > 0) == (card.indicator.better == Better.UP)
    return (_("Better than on %(day)s (%(before)s).") if well else _("Less good than on %(day)s (%(before)s).")) % values


def sure_in_words(card: Card) -> str:
    """How sure one is, or why that cannot be said."""
    value = card.latest.value if card.latest else None
    if value is None:
        return _("Too few people, or nothing to measure yet: it is not told.")
    if value.low is None or value.high is None:
        return _("This is a count of what happened, not a sample: it has no interval.")
    low, high = said(card.indicator.kind, value.low), said(card.indicator.kind, value.high)
    return _("With this many, chance alone would move it between %(low)s and %(high)s: the pale band.") % {"low": low, "high": high}


def _path(points: list[Point]) -> dict[date, float | None]:
    return {point.at: point.value.value if point.value else None for point in points}


def card_lines(card: Card) -> list[Line]:
    """The series, its band, and the same under older definitions in grey."""
    older = [Line(_("definition %(n)d") % {"n": version}, _path(points), dashed=True) for version, points in card.earlier.items()]
    band = {point.at: [point.value.low, point.value.high] for point in card.points if point.value and point.value.low is not None}
    label = said(card.indicator.kind, card.latest.value.value) if card.latest and card.latest.value else ""
    return [*older, Line(label, _path(card.points), main=True, band=band)]  # type: ignore[arg-type]


def card_scale(card: Card) -> Scale:
    """From nothing to a little above what happened; marks out of five from one to five."""
    if card.indicator.kind == Kind.SCORE:
        return Scale(*SCORES, ".1~f")
    values = [value for point in card.points if point.value for value in (point.value.value, point.value.high or 0)]
    return Scale(0, max(values) * 1.1 or 1, ".0%" if card.indicator.kind == Kind.SHARE else ",.2~f")


def in_table(card: Card) -> list[Point]:
    """The month ends and the last day, newest first."""
    return [point for point in reversed(card.points) if is_month_end(point.at) or point is card.points[-1]]


def card_words(card: Card) -> Words:
    """What the picture says aloud."""
    days = {point.at: date_format(point.at, "j F Y") for points in (card.points, *card.earlier.values()) for point in points}
    values = {"name": card.indicator.name, "first": days[min(days)], "last": days[max(days)]}
    return Words(
        description=_("%(name)s, from %(first)s to %(last)s.") % values,
        point=_("%(day)s: %(share)s"),
        months=days,
        number=lambda value: said(card.indicator.kind, value),
        in_table={point.at for point in in_table(card)},
    )
