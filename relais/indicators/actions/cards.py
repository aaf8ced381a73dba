"""The pictures of the cards, drawn every night after the figures are taken."""

from __future__ import annotations

from django.utils import translation

from relais.indicators import cards as told
from relais.indicators.actions.figures import WIDTHS, Chart, draw_all, languages
from relais.indicators.charts import lines_over_time
from relais.indicators.queries.cards import Card, cards, picture_name

HEIGHT = 220


def draw_cards() -> None:
    """Draw every indicator that can be told, in every language."""
    shown = [card for card in cards() if card.latest]
    draw_all([(picture_name(card.indicator), language, _charts(card, language)) for card in shown for language in languages()])


def _charts(card: Card, language: str) -> list[Chart]:
    with translation.override(language):
        lines, spoken, scale = told.card_lines(card), told.card_words(card), told.card_scale(card)
        return [lines_over_time(lines, spoken, width=width, height=HEIGHT, scale=scale) for width in WIDTHS.values()]
