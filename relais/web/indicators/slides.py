"""The review as slides that any office suite opens. Imported when slides are asked for: the library has no use elsewhere."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.util import Inches, Pt

from relais.web.indicators.review import Item, Line, Review

ROWS = 9  # indicators a slide
WIDTHS = (3.1, 1.8, 2.3, 0.9, 4.4)  # inches
TITLE_ONLY, TITLE_AND_TEXT, COVER = 5, 1, 0
SMALL, TEXT = Pt(14), Pt(18)


def slides_of(review: Review) -> bytes:
    """The slides: the cover, where we stand, goals, levers, indicators, definitions."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    cover = made.slides.add_slide(made.slide_layouts[COVER])
    cover.shapes.title.text, cover.placeholders[1].text = review.title, review.made
    words = review.words
    _said(made, words["stand"], [review.sentence, review.basis, review.start])
    _said(made, words["goals"], _items(review.goals) or [words["no_goals"]])
    _said(made, words["levers"], [*(_items(review.levers) or [words["no_levers"]]), review.caution])
    for first in range(0, len(review.lines), ROWS):
        _table(made, review, review.lines[first : first + ROWS])
    for first in range(0, len(review.lines), ROWS):
        _said(made, words["definitions"], [f"{line.name}. {line.definition}" for line in review.lines[first : first + ROWS]], SMALL)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _items(items: list[Item]) -> list[str]:
    return [f"{item.name}. {item.said}" for item in items]


def _said(made: Any, title: str, texts: list[str], size: Any = TEXT) -> None:
    slide = made.slides.add_slide(made.slide_layouts[TITLE_AND_TEXT])
    slide.shapes.title.text = title
    frame = slide.placeholders[1].text_frame
    frame.word_wrap = True
    frame.text = "\n".join(text for text in texts if text)
    for paragraph in frame.paragraphs:
        paragraph.font.size = size


def _table(made: Any, review: Review, lines: list[Line]) -> None:
    slide = made.slides.add_slide(made.slide_layouts[TITLE_ONLY])
    slide.shapes.title.text = review.words["indicators"]
    width, height = Inches(sum(WIDTHS)), Inches(0.5 * (len(lines) + 1))
    frame = slide.shapes.add_table(len(lines) + 1, len(WIDTHS), Inches(0.4), Inches(1.5), width, height)
    head = [review.words["indicator"], review.words["value"], review.words["between"], "n", review.words["change"]]
    rows = [head, *([line.name, line.value, line.between, line.n, line.change] for line in lines)]
    for column, inches in enumerate(WIDTHS):
        frame.table.columns[column].width = Inches(inches)
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            cell = frame.table.cell(number, column)
            cell.text = text
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size = SMALL
