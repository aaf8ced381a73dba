"""Rectangles whose areas tell sizes, as square as can be (squarified treemap, Bruls, Huizing and van Wijk 2000). Pure computation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle, in the units of the picture."""

    x: float
    y: float
    width: float
    height: float


def treemap(sizes: Sequence[float], width: float, height: float) -> list[Box]:
    """A box for each size, in the same order; sizes are above zero, the largest first."""
    scale = width * height / sum(sizes) if sizes else 0
    areas = [size * scale for size in sizes]
    boxes: list[Box] = []
    free = Box(0, 0, width, height)
    while len(boxes) < len(areas):
        row = _row(areas[len(boxes) :], min(free.width, free.height))
        laid, free = _lay(row, free)
        boxes += laid
    return boxes


def _row(areas: Sequence[float], side: float) -> list[float]:
    """As many of the first ones as make the row's worst box squarer."""
    count = 1
    while count < len(areas) and _worst(areas[: count + 1], side) <= _worst(areas[:count], side):
        count += 1
    return list(areas[:count])


def _worst(row: Sequence[float], side: float) -> float:
    total = sum(row)
    return max(side**2 * max(row) / total**2, total**2 / (side**2 * min(row)))


def _lay(row: Sequence[float], free: Box) -> tuple[list[Box], Box]:
    """Put the row along the shorter side; what is left comes back."""
    boxes, done = [], 0.0
    if free.width >= free.height:
        depth = sum(row) / free.height
        for area in row:
            boxes.append(Box(free.x, free.y + done, depth, area / depth))
            done += area / depth
        return boxes, Box(free.x + depth, free.y, free.width - depth, free.height)
    depth = sum(row) / free.width
    for area in row:
        boxes.append(Box(free.x + done, free.y, area / depth, depth))
        done += area / depth
    return boxes, Box(free.x, free.y + depth, free.width, free.height - depth)
