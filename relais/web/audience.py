"""Who may open what, read from the declarations themselves: each view's rule, asked about one person of each role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relais.people.models import Participation, Person, Role
from relais.web.access import declared_rule

CAST: dict[str | Promise, Person | None] = {
    pgettext_lazy("role", "Without signing in"): None,
    pgettext_lazy("role", "Invited"): Person(participation=Participation.INVITED),
    pgettext_lazy("role", "Taking part"): Person(participation=Participation.MEMBER),
    pgettext_lazy("role", "Animator"): Person(participation=Participation.MEMBER, roles=[Role.ANIMATOR]),
    pgettext_lazy("role", "Pilot"): Person(participation=Participation.INVITED, roles=[Role.PILOT]),
    pgettext_lazy("role", "Sponsor"): Person(participation=Participation.INVITED, roles=[Role.SPONSOR]),
    pgettext_lazy("role", "Administrator"): Person(participation=Participation.INVITED, roles=[Role.ADMINISTRATOR]),
}
PLACES: dict[str | Promise, set[str]] = {
    _("Signing in, one's account, one's data"): {"bienvenue", "compte", "demo", "invitation", "mes-droits", "mon-compte"},
    _("Charter, language, health of the server"): {"charte", "langue", "sante"},
    _("Home, search, drafts and files"): {"", "brouillons", "fichiers", "recherche"},
    _("Use cases, answers and contents"): {"apports", "applications", "cas", "contenus", "propositions", "remarques"},
    _("Circles, and the profiles of those who take part"): {"cercles", "personnes"},
    _("Workshops, needs, exchanges, one's calendar"): {"agenda", "mon-agenda", "rencontres"},
    _("Initiatives"): {"initiatives"},
    _("Skills"): {"competences"},
    _("Notices and mails one chooses"): {"avis"},
    _("Where we stand: figures, never people"): {"ou-en-est-on"},
    _("Maturity: the question sheet, then its figures"): {"maturite"},
    _("One's own reports, and decisions on what one wrote"): {"decisions", "mes-signalements", "signaler"},
    _("What is reported, to decide"): {"signalements"},
    _("Lifting a pseudonym: two keys and a reason"): {"levees"},
    _("What waits in the circles one looks after"): {"animer"},
    _("Circles and words of the house"): {"reglages"},
    _("People, units, roles, imports"): {"administrer"},
}


ALL, PART, NOTHING = pgettext_lazy("opens", "all"), pgettext_lazy("opens", "in part"), "–"


@dataclass(frozen=True)
class Place:
    """A part of Relais, and for each role of the cast whether it opens: all of it, in part, or nothing."""

    name: str
    opens: list[str]


def places() -> list[Place]:
    """Every part of Relais as the declarations of this version open it."""
    found: dict[str, list[list[bool]]] = defaultdict(list)
    for path, roles in _addresses(get_resolver()):
        found[_place_of(path)].append(roles)
    order = [str(name) for name in PLACES]
    names = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))
    return [Place(name, [_how_much(list(column)) for column in zip(*found[name], strict=True)]) for name in names]


def _addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, list[bool]]]:
    for pattern in resolver.url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            rule = declared_rule(pattern.callback, pattern.name or "")
            yield path, [rule is None or (person is not None and rule(person)) for person in CAST.values()]
        else:
            yield from _addresses(pattern, path)


def _place_of(path: str) -> str:
    first = path.partition("/")[0]
    return next((str(name) for name, starts in PLACES.items() if first in starts), first)


def _how_much(opens: list[bool]) -> str:
    return str(ALL if all(opens) else PART if any(opens) else NOTHING)
