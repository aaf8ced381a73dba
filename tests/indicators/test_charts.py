from __future__ import annotations

import json
import re
from datetime import date, timedelta
from io import StringIO
from xml.etree import ElementTree

import pytest

from relais.indicators import drawing
from relais.indicators.charts import Line, Words, apart, lines_over_time, spaced
from relais.indicators.drawing import draw

DAYS = [date(2026, month, 28) for month in (1, 2, 3)]


def spoken(in_table: list[date] = DAYS) -> Words:
    return Words(
        "L’échelle & ses barreaux", "%(day)s : %(share)s %(line)s", {day: f"{day:%d/%m}" for day in DAYS}, "{:.0%}".format, in_table
    )


def ladder() -> list[Line]:
    main = Line("s’engagent", dict(zip(DAYS, [None, 0.1, 0.2], strict=True)), main=True, band={DAYS[0]: None, DAYS[2]: [0.15, 0.26]})
    return [Line("passent", dict.fromkeys(DAYS, 0.5), dashed=True), main]


def test_labels_are_pushed_apart() -> None:
    placed = apart({"a": 0.2, "b": 0.21, "c": 0.5}, 0.05)

    assert placed == {"a": 0.2, "b": 0.25, "c": 0.5}


def test_points_that_are_links_leave_room_for_a_finger() -> None:
    days = [DAYS[2] - timedelta(n) for n in range(5)]

    assert spaced(days, pixels_a_day=13) == {days[0], days[2], days[4]}


def test_svg_follows_the_page_and_the_security_policy() -> None:
    [svg] = draw([(lines_over_time(ladder(), spoken(), width=520, height=280), "fr")])

    root = ElementTree.fromstring(svg)
    names = {name for element in root.iter() for name in element.attrib}
    assert (root.get("role"), root.get("aria-label"), root.get("width")) == ("group", "L’échelle & ses barreaux", None)
    assert names & {"style", "font-family", "onclick"} == set()
    assert set(re.findall(r"#[0-9a-f]{6}\b", svg)) == set()
    assert {"var(--accent)", "var(--edge)", "var(--accent-wash)"} <= set(re.findall(r"var\(--[a-z-]+\)", svg))


def test_points_lead_to_the_table_and_speak() -> None:
    [svg] = draw([(lines_over_time(ladder(), spoken(), width=520, height=280), "fr")])

    links = re.findall(r'<a href="([^"]+)"><path aria-label="([^"]+)"', svg)
    assert links == [("#au-2026-02-28", "28/02 : 10% s’engagent"), ("#au-2026-03-28", "28/03 : 20% s’engagent")]


@pytest.mark.parametrize(("language", "tick"), [("fr", "févr. 26"), ("en", "Feb 26")])
def test_months_are_written_in_the_language(language: str, tick: str) -> None:
    [svg] = draw([(lines_over_time(ladder(), spoken(), width=520, height=280), language)])

    assert tick in re.findall(r">([^<>]+)</text>", svg)


def test_nothing_told_draws_an_empty_axis() -> None:
    spec = lines_over_time([Line("s’engagent", dict.fromkeys(DAYS), main=True)], spoken(), width=200, height=100)

    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["line"]


def test_child_reads_charts_and_writes_pictures(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [{"spec": lines_over_time(ladder(), spoken(), width=200, height=100), "locale": "fr-FR"}]
    monkeypatch.setattr("sys.stdin", StringIO(json.dumps(asked)))

    drawing.main()

    assert [svg[:5] for svg in json.loads(capsys.readouterr().out)] == ["<svg "]
