"""Charts as Vega-Lite specifications: plain dictionaries, no drawing here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from relais.indicators.drawing import COLOURS

TEXT = 14
GAP = 0.075  # between two labels, as a part of the axis
MONTHS_FROM = 45  # days from which months are enough under the axis
FINGER = 26  # px between two points that are links


@dataclass(frozen=True)
class Line:
    """One line: its points (share, or None where it cannot be told), its label, whether it is the point of the picture."""

    label: str
    points: Mapping[date, float | None]
    main: bool = False
    dashed: bool = False
    band: Mapping[date, list[float] | None] = field(default_factory=dict)  # how far chance alone could move it


@dataclass(frozen=True)
class Words:
    """What the picture says to those who hear it; `point` is filled with `line`, `day` and `share`; days in the table are links to it."""

    description: str
    point: str
    months: Mapping[date, str]
    number: Callable[[float | None], str]
    in_table: Collection[date]
    anchor: str = "au"  # what the identity of a row of the table begins with


@dataclass(frozen=True)
class Scale:
    """From where to where the axis of values goes, and how it writes them (a d3 format)."""

    low: float
    high: float
    form: str = ".0%"


def apart(positions: Mapping[str, float], gap: float) -> dict[str, float]:
    """The same positions, pushed up where two would overlap."""
    placed: dict[str, float] = {}
    floor = float("-inf")
    for name, position in sorted(positions.items(), key=lambda item: item[1]):
        floor = placed[name] = max(position, floor + gap)
    return placed


def _values(line: Line, words: Words) -> Iterable[dict[str, Any]]:
    for day, share in sorted(line.points.items()):
        said = "" if share is None else words.point % {"line": line.label, "day": words.months[day], "share": words.number(share)}
        yield {"day": day.isoformat(), "share": share, "line": line.label, "said": said, "to": f"#{words.anchor}-{day.isoformat()}"}


def spaced(days: Iterable[date], pixels_a_day: float) -> set[date]:
    """The days whose points can be touched apart from each other, the last one first."""
    kept: list[date] = []
    for day in sorted(days, reverse=True):
        if not kept or (kept[-1] - day).days * pixels_a_day >= FINGER:
            kept.append(day)
    return set(kept)


def _layers(line: Line, words: Words, width: int) -> list[dict[str, Any]]:
    colour = COLOURS["accent" if line.main else "edge"]
    values = list(_values(line, words))
    data = {"values": values}
    x = {"field": "day", "type": "temporal"}
    y = {"field": "share", "type": "quantitative"}
    stroke = {"type": "line", "color": colour, "strokeWidth": 4 if line.main else 1.5, "strokeDash": [4, 4] if line.dashed else [1, 0]}
    layers = [{"data": data, "mark": stroke | {"invalid": "break-paths-show-domains", "aria": False}, "encoding": {"x": x, "y": y}}]
    told = [day for day, share in line.points.items() if share is not None and day in words.in_table]
    if line.main and told:
        linked = {day.isoformat() for day in spaced(told, width / max((max(line.points) - min(line.points)).days, 1))}
        data = {"values": [value for value in values if value["day"] in linked]}
        shown = {"type": "point", "filled": True, "size": 55, "opacity": 1, "color": colour, "cursor": "pointer"}
        encoding = {"x": x, "y": y, "href": {"field": "to"}, "description": {"field": "said"}}
        layers.append({"data": data, "mark": shown, "encoding": encoding})
    return layers


def _band(line: Line) -> dict[str, Any]:
    values = [{"day": day.isoformat(), "low": low, "high": high} for day, (low, high) in _told_bounds(line)]
    y = {"field": "low", "type": "quantitative"}
    encoding = {"x": {"field": "day", "type": "temporal"}, "y": y, "y2": {"field": "high"}}
    return {"data": {"values": values}, "mark": {"type": "area", "color": COLOURS["accent-wash"], "aria": False}, "encoding": encoding}


def _told_bounds(line: Line) -> Iterable[tuple[date, list[float]]]:
    return ((day, bounds) for day, bounds in sorted(line.band.items()) if bounds)


def _labels(lines: list[Line], height: float) -> list[dict[str, Any]]:
    ends = {line.label: [share for _day, share in sorted(line.points.items()) if share is not None] for line in lines}
    placed = apart({label: shares[-1] for label, shares in ends.items() if shares}, GAP * height)
    last = max((day for line in lines for day in line.points), default=None)
    layers = []
    for line in lines:
        if line.label in placed and last:
            mark = {
                "type": "text",
                "text": line.label,
                "align": "left",
                "dx": 8,
                "fontSize": TEXT,
                "fontWeight": "bold" if line.main else "normal",
                "color": COLOURS["accent" if line.main else "soft"],
                "aria": False,
            }
            data = {"values": [{"day": last.isoformat(), "share": placed[line.label]}]}
            x, y = {"field": "day", "type": "temporal"}, {"field": "share", "type": "quantitative"}
            layers.append({"data": data, "mark": mark, "encoding": {"x": x, "y": y}})
    return layers


def _shares(lines: list[Line]) -> Scale:
    return Scale(0, max([share for line in lines for share in line.points.values() if share is not None], default=0.1) * 1.08)


def _day_format(lines: list[Line]) -> str:
    days = [day for line in lines for day in line.points]
    return "%b %y" if not days or (max(days) - min(days)).days > MONTHS_FROM else "%-d %b"


def lines_over_time(lines: list[Line], words: Words, *, width: int, height: int, scale: Scale | None = None) -> dict[str, Any]:
    """Values over time, shares unless a scale says otherwise, labelled at their end; grey for context, accent for the point."""
    scale = scale or _shares(lines)
    axis = {
        "labelFontSize": TEXT,
        "labelColor": COLOURS["soft"],
        "domain": False,
        "ticks": False,
        "title": None,
        "labelPadding": 8,
        "aria": False,
    }
    layers = (
        [_band(line) for line in lines if line.band]
        + [layer for line in lines for layer in _layers(line, words, width)]
        + _labels(lines, scale.high - scale.low)
    )
    x = {
        "axis": axis
        | {
            "format": _day_format(lines),
            "grid": False,
            "tickCount": max(2, width // 100),
            "labelFlush": True,
            "labelOverlap": "greedy",
            "labelSeparation": 8,
        }
    }
    y = {"axis": axis | {"format": scale.form, "gridColor": COLOURS["line"], "tickCount": 4}, "scale": {"domain": [scale.low, scale.high]}}
    for layer in layers:
        layer["encoding"] = {"x": layer["encoding"]["x"] | x, "y": layer["encoding"]["y"] | y} | {
            channel: value for channel, value in layer["encoding"].items() if channel not in ("x", "y")
        }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": words.description,
        "width": width,
        "height": height,
        "background": None,
        "padding": {"left": 2, "top": 10, "right": 26, "bottom": 2},
        "autosize": {"type": "pad", "contains": "content"},
        "config": {"view": {"stroke": None}},
        "layer": layers,
    }
