"""What the pages of indicators print."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from relais.indicators import cards as told
from relais.indicators.catalogue import Indicator, Kind, Value
from relais.indicators.decomposition import Part
from relais.indicators.queries.cards import Card, Moves, Point
from relais.web.indicators.page import Row

SHOWN_PARTS = 8


@dataclass(frozen=True)
class Tile:
    """One indicator among the others."""

    indicator: Indicator
    value: str
    change: str


@dataclass(frozen=True)
class Page:
    """All that the template prints of one indicator."""

    indicator: Indicator
    title: str
    basis: str
    sure: str
    change: str
    definition: str
    rows: list[Row] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    moves: str = ""
    parts: list[Row] = field(default_factory=list)


def tile_of(card: Card) -> Tile:
    """Its value and what became of it, in a few words."""
    latest = card.latest
    if latest is None or latest.value is None:
        return Tile(card.indicator, "—", _("Too few people, or nothing to measure yet."))
    return Tile(card.indicator, told.said(card.indicator.kind, latest.value.value), told.change_in_words(card))


def page_of(card: Card) -> Page:
    """The card, from what may be told of it."""
    indicator, latest = card.indicator, card.latest
    value = told.said(indicator.kind, latest.value.value) if latest and latest.value else ""
    values = {"name": indicator.name, "value": value}
    return Page(
        indicator,
        _("%(name)s: %(value)s") % values if value else str(indicator.name),
        _basis(indicator, latest),
        told.sure_in_words(card),
        told.change_in_words(card) if latest else "",
        _("%(definition)s Definition, version %(version)d; as a figure: %(key)s.")
        % {"definition": indicator.definition, "version": indicator.version, "key": indicator.key},
        [_row(card, point) for point in told.in_table(card)],
        [_("The grey line is the same under an older definition, version %(version)d.") % {"version": version} for version in card.earlier],
        _moves_in_words(card.moves) if card.moves else "",
        [_part_row(part) for part in card.moves.parts[:SHOWN_PARTS]] if card.moves else [],
    )


def _basis(indicator: Indicator, latest: Point | None) -> str:
    if latest is None or latest.value is None:
        return ""
    values = {"window": indicator.window, "day": date_format(latest.at, "j F Y")}
    if latest.value.n is None:
        return _("%(window)s, up to %(day)s.") % values
    return _("n = %(n)s, %(window)s, up to %(day)s.") % (values | {"n": number_format(latest.value.n, force_grouping=True)})


def _row(card: Card, point: Point) -> Row:
    value, kind = point.value, card.indicator.kind
    cells = [told.said(kind, value.value), _between(kind, value), _n(value)] if value else ["—", "—", "—"]
    return Row(date_format(point.at, "j F Y"), cells, f"au-{point.at.isoformat()}")


def _between(kind: Kind, value: Value) -> str:
    if value.low is None:
        return "—"
    return _("%(low)s to %(high)s") % {"low": told.said(kind, value.low), "high": told.said(kind, value.high)}


def _n(value: Value) -> str:
    return "—" if value.n is None else number_format(value.n, force_grouping=True)


def _points(share: Fraction) -> str:
    """Share points, signed, as people read them."""
    number = round(100 * float(share), 1) or 0.0  # never « -0,0 »
    return ("+" if number > 0 else "") + number_format(number, 1).replace("-", "−")


def _moves_in_words(moves: Moves) -> str:
    values = {
        "before": date_format(moves.before, "F Y"),
        "after": date_format(moves.after, "F Y"),
        "total": _points(moves.total),
        "mix": _points(moves.mix),
        "rate": _points(moves.total - moves.mix),
    }
    return (
        _(
            "Between %(before)s and %(after)s it moved by %(total)s points: %(rate)s because units changed, "
            "%(mix)s because some grew and others shrank."
        )
        % values
    )


def _part_row(part: Part[str]) -> Row:
    return Row(part.group or _("The other units together"), [_points(part.rate), _points(part.mix), _points(part.total)])


def table_of(card: Card) -> list[list[str]]:
    """The series as a file: what the page tells, and nothing more."""
    head = ["at", card.indicator.key, "low", "high", "n", "definitions"]
    rows = [[point.at.isoformat(), *_cells(point), str(card.indicator.version)] for point in card.points]
    older = [[point.at.isoformat(), *_cells(point), str(version)] for version, points in card.earlier.items() for point in points]
    return [head, *older, *rows]


def _cells(point: Point) -> list[str]:
    value = point.value
    columns = (value.value, value.low, value.high, value.n) if value else (None,) * 4
    return ["" if column is None else str(column) for column in columns]
