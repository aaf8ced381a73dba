"""The pages that axe reads: an address and who looks at it. A new page adds its line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.world import World


@dataclass(frozen=True)
class Shown:
    """A page as somebody sees it; the address may need things of the world."""

    name: str
    role: str
    address: Callable[[World], str]

    def __str__(self) -> str:
        return f"{self.name}-{self.role}"


def at(path: str, role: str = "member") -> Shown:
    """A page whose address needs nothing."""
    return Shown(path, role, lambda _world: path)


PAGES = [
    at("/compte/connexion/", "stranger"),
    at("/une-adresse-qui-n-existe-pas/", "stranger"),
    at("/une-adresse-qui-n-existe-pas/", "member"),
    at("/une-adresse-qui-n-existe-pas/", "administrator"),
]
