"""Les Ateliers Brévin: its places, and the people who work there over the year (pure, from a seed)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from relais.demo.names import ENGLISH_FAMILY, ENGLISH_FIRST, FAMILY, FIRST, names


@dataclass(frozen=True)
class Place:
    """A unit: `family` is the trade of the people in it, `weight` how many they are out of 600."""

    code: str
    name: str
    parent: str
    family: str
    weight: int = 1
    silent: bool = False


_TREE = """
brevin | Les Ateliers Brévin | | siege 1
usine | Usine de Saint-Aubin | brevin | usine 2
usine-debit-pvc | Débit et soudage PVC | usine | usine 36
usine-debit-alu | Débit et usinage aluminium | usine | usine 24
usine-ferrage | Ferrage et montage | usine | usine 42
usine-vitrage | Vitrage | usine | usine 26
usine-volets | Volets roulants | usine | usine 26
usine-controle | Contrôle et qualité | usine | usine 10
usine-methodes | Méthodes | usine | usine 9
usine-nuit | Équipe de nuit | usine | usine 30 silent
usine-maintenance | Maintenance | usine | maintenance 18
logistique | Plateforme logistique | brevin | logistique 1
logistique-reception | Réception | logistique | logistique 14
logistique-preparation | Préparation | logistique | logistique 22
logistique-expedition | Expédition | logistique | logistique 22
logistique-transport | Transport | logistique | logistique 14 silent
agences | Réseau d'agences | brevin | agence 2
agence-rennes | Agence de Rennes | agences | agence 12
agence-nantes | Agence de Nantes | agences | agence 12
agence-angers | Agence d'Angers | agences | agence 10
agence-le-mans | Agence du Mans | agences | agence 9
agence-laval | Agence de Laval | agences | agence 8
agence-caen | Agence de Caen | agences | agence 9
agence-rouen | Agence de Rouen | agences | agence 10
agence-brest | Agence de Brest | agences | agence 8 silent
agence-vannes | Agence de Vannes | agences | agence 8
agence-tours | Agence de Tours | agences | agence 9
agence-poitiers | Agence de Poitiers | agences | agence 8
agence-niort | Agence de Niort | agences | agence 7 silent
agence-la-rochelle | Agence de La Rochelle | agences | agence 8
agence-orleans | Agence d'Orléans | agences | agence 9
pose | Équipes de pose | brevin | pose 1
pose-bretagne | Pose Bretagne | pose | pose 20
pose-pays-de-la-loire | Pose Pays de la Loire | pose | pose 22
pose-normandie | Pose Normandie | pose | pose 16
pose-centre | Pose Centre | pose | pose 14
pose-poitou | Pose Poitou | pose | pose 12 silent
sav | Service après-vente | brevin | sav 1
sav-accueil | Accueil téléphonique | sav | sav 13
sav-ouest | Techniciens Ouest | sav | sav 15
sav-centre | Techniciens Centre | sav | sav 12
siege | Siège | brevin | siege 1
siege-rh | Ressources humaines | siege | rh 9
siege-informatique | Informatique | siege | informatique 10
siege-finance | Finance et comptabilité | siege | siege 14
siege-achats | Achats | siege | siege 8
siege-communication | Communication | siege | siege 5
manchester | Manchester | brevin | manchester 1
manchester-sales | Manchester Sales | manchester | manchester 10
manchester-installation | Manchester Installation | manchester | manchester 8
"""


def _place(line: str) -> Place:
    code, name, parent, crew = (part.strip() for part in line.split("|"))
    family, weight, *silent = crew.split()
    return Place(code, name, parent, family, int(weight), bool(silent))


PLACES = [_place(line) for line in _TREE.strip().splitlines()]
ROOT = PLACES[0].code


@dataclass
class Member:
    """Somebody of the cast; days count from the first day of the demo."""

    index: int
    id: UUID
    name: str
    email: str
    place: Place
    manager: int | None
    arrives: int = -40
    departs: int | None = None
    joins: int | None = None
    engages: int | None = None
    lapses: int | None = None
    circles: list[str] = field(default_factory=list)
    persona: str = ""

    @property
    def language(self) -> str:
        return "en" if self.place.family == "manchester" else "fr"

    def here(self, day: float) -> bool:
        """Whether they are in the organisation on that day, and will be the day after."""
        return self.arrives <= day and (self.departs is None or day < self.departs)

    def takes_part(self, day: float) -> bool:
        """Whether they have joined the community by that day, and have not left the organisation."""
        return self.joins is not None and self.joins + 1 <= day and self.here(day)


def head_counts(people: int) -> list[tuple[Place, int]]:
    """How many people each place has, by largest remainder, one at least."""
    total = sum(place.weight for place in PLACES)
    spare = max(people - len(PLACES), 0)
    shares = [(place, (place.weight - 1) * spare / (total - len(PLACES))) for place in PLACES]
    counts = {place.code: 1 + int(share) for place, share in shares}
    left = people - sum(counts.values())
    for place, _share in sorted(shares, key=lambda pair: int(pair[1]) - pair[1])[: max(left, 0)]:
        counts[place.code] += 1
    return [(place, counts[place.code]) for place in PLACES]


def cast(rng: Random, people: int) -> list[Member]:
    """Everybody who is there on the first day, managers before those they manage."""
    members: list[Member] = []
    recruits = _Recruits(rng)
    heads: dict[str, int] = {}
    for place, count in head_counts(people):
        for n in range(count):
            manager = heads.get(place.parent) if n == 0 else heads[place.code]
            members.append(recruits.member(len(members), place, manager))
            heads.setdefault(place.code, members[-1].index)
    return members


def newcomers(rng: Random, members: list[Member], days: int) -> list[Member]:
    """The departures and arrivals of the year: about 7% leave, as many come in their place, some weeks later."""
    recruits = _Recruits(rng, taken={member.email for member in members})
    heads = {member.place.code: member.index for member in reversed(members)}.values()  # some have a role that the demo needs
    leavers = [m for m in members if m.index not in heads and rng.random() < 0.07 * days / 365]
    arrived: list[Member] = []
    for leaver in leavers:
        leaver.departs = rng.randrange(25, max(days - 3, 26))
        back = leaver.departs + rng.randrange(4, 40)
        if back < days - 2:
            member = recruits.member(len(members) + len(arrived), leaver.place, leaver.manager)
            member.arrives = back
            arrived.append(member)
    return arrived


class _Recruits:
    """Gives each new member a name and an address of their own."""

    def __init__(self, rng: Random, taken: set[str] | None = None) -> None:
        self.rng, self.taken = rng, taken if taken is not None else set()
        self.french, self.english = names(rng, FIRST, FAMILY), names(rng, ENGLISH_FIRST, ENGLISH_FAMILY)

    def member(self, index: int, place: Place, manager: int | None) -> Member:
        name = next(self.english if place.family == "manchester" else self.french)
        email = address(name)
        while email in self.taken:
            name = next(self.english if place.family == "manchester" else self.french)
            email = address(name)
        self.taken.add(email)
        return Member(index, UUID(int=self.rng.getrandbits(128), version=4), name, email, place, manager)


def address(name: str) -> str:
    """The address of somebody with that name: « Zoé Guérin » writes from zoe.guerin@brevin.example."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return ".".join(plain.split()) + "@brevin.example"
