"""How sure one is of a share: Wilson's interval (METHOD 3.4). Pure computation."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054


def wilson(part: int, whole: int, z: float = Z95) -> tuple[float, float]:
    """The interval of a share, 95% by default: what people of the same habits, as many, could show by chance. (0, 1) of nothing."""
    if not whole:
        return 0.0, 1.0
    p, z2 = part / whole, z**2 / whole
    middle, half = p + z2 / 2, sqrt(z2 * (p * (1 - p) + z2 / 4))
    return max(0.0, (middle - half) / (1 + z2)), min(1.0, (middle + half) / (1 + z2))
