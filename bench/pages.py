"""What is measured, and how many times the floor's CPU we aim at. `{n}` is another number at each request."""

from __future__ import annotations

from dataclasses import dataclass

from bench.knowing import SKILL

FORM = "application/x-www-form-urlencoded"
TOLD = "Nous+l%27appelons+la+veille%2C+puis+nous+notons+la+r%C3%A9ponse+sur+la+commande.+Depuis%2C+plus+personne+n%27attend."
SERVED = "situation=Samedi%2C+six+personnes+attendent.+" + TOLD + "&need=Deux+phrases&circle=3&serves=customers&audience="


@dataclass(frozen=True)
class Page:
    """What is asked: an address, and a body when it is a write."""

    name: str
    path: str
    aim: float | None = None
    body: str = ""
    expect: int = 200

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"

    def numbered(self, n: int) -> tuple[str, str]:
        """The path and the body of the n-th request: a case that is not one of the long ones, a key never used before."""
        case, key = str(11 + n % 19_000), f"00000000-0000-4000-8000-{n:012x}"
        return self.path.replace("{n}", case), self.body.replace("{n}", case).replace("{key}", key)


FLOOR = Page("the floor itself", "/")
FLOOR_WRITE = Page("the floor's write", "/{n}/", body="x=1", expect=302)
PAGES = [
    FLOOR,
    Page("home", "/", 1.5),
    Page("use cases", "/cas/?voir=tous"),
    Page("use cases to answer", "/cas/"),
    Page("use case, 20 answers", "/cas/1/", 2.0),
    Page("search, two words", "/recherche/?q=retard+livraison", 2.0),
    Page("search, a common word", "/recherche/?q=client"),
    Page("search, a slip", "/recherche/?q=livraisson"),
    Page("profile", "/personnes/{person}/", 1.5),
    Page("circles", "/cercles/"),
    Page("where we stand", "/ou-en-est-on/"),
    Page("workshops", "/rencontres/"),
    Page("workshop, 10 places taken", "/rencontres/ateliers/1/"),
    Page("needs", "/rencontres/besoins/"),
    Page("need", "/rencontres/besoins/4/"),
    Page("initiatives", "/initiatives/"),
    Page("initiative, a year of measures", "/initiatives/1/"),
    Page("exchanges", "/rencontres/echanges/"),
    Page("notices", "/avis/"),
    Page("map of skills", "/competences/"),
    Page("map of skills, a search", "/competences/?mots=bis"),
    Page("a skill", f"/competences/{SKILL}/"),
    Page("my skills", "/competences/les-miennes/"),
    Page("where we start from", "/maturite/"),
    Page("my data, for a program", "/mon-compte/donnees/telecharger/"),
    FLOOR_WRITE,
    Page("me too (write)", "/cas/{n}/moi-aussi/", 1.5, "x=1", 302),
    Page("answer (write)", "/cas/{n}/repondre/", 1.5, f"sent_key={{key}}&body_format=typed&body={TOLD}", 302),
    Page("ask (write)", "/cas/nouveau/", 1.5, f"sent_key={{key}}&looked=1&title=Retard+{{n}}&{SERVED}", 302),
]
