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


def on(name: str, address: Callable[[World], str], role: str = "member") -> Shown:
    """A page of something in the world."""
    return Shown(name, role, address)


PAGES = [
    at("/une-adresse-qui-n-existe-pas/", "stranger"),
    at("/une-adresse-qui-n-existe-pas/", "administrator"),
    # signing in
    at("/compte/connexion/", "stranger"),
    at("/compte/connexion/code/", "stranger"),
    at("/compte/mot-de-passe/oublie/", "stranger"),
    at("/bienvenue/", "newcomer"),
    at("/mon-compte/"),
    at("/mon-compte/donnees/"),
    at("/mon-compte/partir/"),
    at("/compte/mot-de-passe/choisir/"),
    at("/compte/securite/cles/"),
    # use cases
    at("/"),
    at("/cas/"),
    at("/cas/?voir=tous"),
    at("/cas/nouveau/"),
    on("case", lambda world: f"/cas/{world.use_case.pk}/"),
    on("case", lambda world: f"/cas/{world.use_case.pk}/", "pilot"),
    on("case-revise", lambda world: f"/cas/{world.use_case.pk}/modifier/"),
    on("case-share", lambda world: f"/cas/{world.use_case.pk}/partager/"),
    on("content", lambda world: f"/apports/{world.content.pk}/"),
    on("content-versions", lambda world: f"/apports/{world.content.pk}/versions/"),
    at("/brouillons/"),
    at("/remarques/"),
    at("/recherche/"),
    at("/recherche/?q=client"),
    at("/recherche/?q=introuvable"),
    at("/cercles/"),
    on("circle", lambda world: f"/cercles/{world.use_case.circle.slug}/"),
    on("person", lambda world: f"/personnes/{world.member.pk}/"),
    on("person", lambda world: f"/personnes/{world.member.pk}/", "pilot"),
    at("/ou-en-est-on/"),
    at("/ou-en-est-on/", "sponsor"),
    # looking after
    at("/animer/", "animator"),
    at("/reglages/mots/", "administrator"),
    at("/reglages/cercles/", "administrator"),
    at("/administrer/", "administrator"),
    at("/administrer/unites/", "administrator"),
    at("/administrer/personnes/ajouter/", "administrator"),
    at("/administrer/personnes/import/", "administrator"),
    on("person-manage", lambda world: f"/administrer/personnes/{world.member.pk}/", "administrator"),
]
