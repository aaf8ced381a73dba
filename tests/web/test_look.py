"""What a first visit costs and whether it can be read: contrast of the tokens, number and weight of the files."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import reverse

TOKENS = Path(__file__).resolve().parents[2] / "relais/web/static/relais/tokens.css"
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "sheet")),
    *(("ink", wash) for wash in ("shade", "accent-wash", "good-wash", "warm-wash", "critical-wash")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("accent-strong", "accent-wash"),
    ("accent", "accent-wash"),
    ("soft", "shade"),
    ("good", "good-wash"),
    ("warm", "warm-wash"),
    ("critical", "critical-wash"),
    ("critical", "sheet"),
    ("critical", "paper"),
]
PARTS = [("edge", "paper"), ("edge", "sheet"), ("accent", "paper"), ("warm", "paper")]


def colours(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21
    assert round(contrast("#ffffff", "#767676"), 2) == 4.54


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_read(scheme: str) -> None:
    known = colours(scheme)

    weak = {f"{ink} on {ground}": round(contrast(known[ink], known[ground]), 2) for ink, ground in TEXT}
    weak_parts = {f"{part} on {ground}": round(contrast(known[part], known[ground]), 2) for part, ground in PARTS}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 7} == {}
    assert {pair: ratio for pair, ratio in weak_parts.items() if ratio < 3} == {}


@pytest.mark.django_db
def test_first_visit_is_light(client: Client) -> None:
    page = client.get(reverse("account_login")).content

    files = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page.decode())
    weight = len(gzip.compress(page)) + sum(len(gzip.compress(Path(find(name)).read_bytes())) for name in files)

    assert len(files) + 1 <= 6
    assert weight <= 60_000
