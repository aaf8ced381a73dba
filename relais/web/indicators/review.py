"""The review of a quarter: where we stand, what moved, the goals, what levers did. One dictionary makes page, paper and slides."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relais.core import clock
from relais.indicators import cards as told
from relais.indicators.catalogue import Indicator, Value
from relais.indicators.goal_words import state_of, title_of
from relais.indicators.models import LeverUse
from relais.indicators.queries.cards import Card
from relais.indicators.queries.goals import Followed
from relais.web.indicators.levers import use_page
from relais.web.indicators.page import Page as StandingPage

QUARTER = timedelta(days=91)
LAYOUT = Path(__file__).parent / "review.typ"


@dataclass(frozen=True)
class Line:
    """An indicator in the review."""

    name: str
    value: str
    between: str
    n: str
    change: str
    definition: str


@dataclass(frozen=True)
class Item:
    """A goal or a lever, and what is said of it."""

    name: str
    said: str


@dataclass(frozen=True)
class Review:
    """All that the page, the paper and the slides tell: aggregates alone."""

    title: str
    made: str
    language: str
    sentence: str
    basis: str
    start: str
    lines: list[Line]
    goals: list[Item]
    levers: list[Item]
    caution: str
    words: dict[str, str]

    @property
    def data(self) -> dict[str, Any]:
        """As the layout of the paper reads it."""
        return asdict(self)


def review_of(page: StandingPage, start: str, cards: list[Card], goals: list[Followed], uses: list[LeverUse]) -> Review:
    """The quarter that ends today."""
    today = clock.today()
    read = [use for use in uses if use.read_on and use.read_on >= today - QUARTER]
    return Review(
        title=_("Review of the quarter up to %(day)s") % {"day": _day(today)},
        made=_("Made by Relais from the figures of the night, for whoever reads aggregates. Numbers of people are rounded to five."),
        language=get_language() or "fr",
        sentence=page.sentence,
        basis=page.basis,
        start=start,
        lines=[_line(card.indicator, card.latest.value, card) for card in cards if card.latest and card.latest.value],
        goals=[Item(title_of(each), state_of(each)) for each in goals],
        levers=[_lever(use) for use in read],
        caution=_caution(len(read)),
        words=_words(),
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _line(indicator: Indicator, value: Value, card: Card) -> Line:
    bounds = {"low": told.said(indicator.kind, value.low), "high": told.said(indicator.kind, value.high)}
    between = "—" if value.low is None else _("%(low)s to %(high)s") % bounds
    n = "—" if value.n is None else str(value.n)
    said = told.said(indicator.kind, value.value)
    return Line(str(indicator.name), said, between, n, told.change_in_words(card), str(indicator.definition))


def _lever(use: LeverUse) -> Item:
    page = use_page(use)
    return Item(use.name, " ".join(part for part in (f"{page.verdict}.", page.effect, page.expected, page.caution, *page.notes) if part))


def _caution(read: int) -> str:
    if read < 2:
        return ""
    text = ngettext(
        "%(count)d lever was read this quarter.",
        "%(count)d levers were read this quarter: the more one looks at, the more often chance alone shows something.",
        read,
    )
    return text % {"count": read}


def _words() -> dict[str, str]:
    return {
        "stand": _("Where we stand"),
        "indicators": _("The indicators"),
        "indicator": _("Indicator"),
        "value": _("Value"),
        "between": _("By chance alone"),
        "change": _("In a quarter"),
        "goals": _("The goals"),
        "no_goals": _("There is none."),
        "levers": _("What levers did"),
        "no_levers": _("None was read in these three months."),
        "definitions": _("The definitions"),
        "page": _("page %(number)s of %(total)s"),
    }
