"""Who joins, when they begin to engage, what they follow, who is who (pure, from a seed)."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from relais.demo.calendar import CEILING, DAYS_A_MONTH, bass, bass_day
from relais.demo.company import Member
from relais.demo.stories import CIRCLES
from relais.web.people.personas import PERSONAS

INTERESTS = {
    "usine": "production qualite sante-securite maintenance",
    "maintenance": "maintenance production sante-securite",
    "logistique": "logistique sante-securite relation-client",
    "agence": "vente-conseil relation-client sav informatique",
    "pose": "pose-chantier sante-securite sav qualite",
    "sav": "sav relation-client pose-chantier",
    "siege": "bureau-finance informatique ressources-humaines relation-client",
    "informatique": "informatique bureau-finance ressources-humaines",
    "rh": "ressources-humaines sante-securite bureau-finance",
    "manchester": "vente-conseil relation-client pose-chantier",
}
HOME = {circle: family for family, circles in reversed(INTERESTS.items()) for circle in circles.split()[:1]} | {
    "qualite": "usine",
    "sante-securite": "usine",
    "relation-client": "agence",
}
PILOTS_A_FAMILY = 3  # the pilot team: three volunteers of each trade
MEMBERS = 0.66  # those who have joined after a year, out of those who are not in a silent team
LAPSE = 0.15  # those who stop after some months
OVERSHOOT = 1.10  # because some lapse, leave, or slow down in August


@dataclass(frozen=True)
class Cast:
    """Everybody, and who has a role."""

    members: list[Member]
    pilot: Member
    sponsor: Member
    administrator: Member
    sachant: Member
    operator: Member
    animators: dict[str, list[Member]]

    @property
    def known(self) -> list[Member]:
        """Those who have a role in the story."""
        roles = [self.pilot, self.sponsor, self.administrator, self.sachant, self.operator]
        return roles + [member for animators in self.animators.values() for member in animators]


def settle(rng: Random, members: list[Member], days: int) -> Cast:
    """Give everybody their year."""
    open_to_it = [m for m in members if not m.place.silent]
    volunteers = pilots(rng, open_to_it)
    _engage(rng, open_to_it, volunteers, days)
    _join(rng, members, days)
    for member in members:
        if member.joins is not None:
            wished = INTERESTS[member.place.family].split()
            member.circles = wished[:1] + [circle for circle in wished[1:] if rng.random() < 0.45]
    return _roles(members, volunteers, days)


def pilots(rng: Random, members: list[Member]) -> list[Member]:
    """The pilot team: a few volunteers of each trade."""
    chosen = []
    for family in INTERESTS:
        trade = [m for m in members if m.place.family == family and m.arrives < 0 and m.departs is None]
        chosen += rng.sample(trade, min(PILOTS_A_FAMILY, len(trade)))
    rng.shuffle(chosen)
    return chosen


def _engage(rng: Random, members: list[Member], volunteers: list[Member], days: int) -> None:
    """The trajectory of METHOD 3.1: the pilot team first, then the others."""
    everybody = sum(1 for m in members if m.arrives < 0) / 0.86  # silent teams count in the perimeter too
    whole_year = everybody * CEILING * OVERSHOOT
    others = [m for m in members if m not in volunteers and m.arrives < 0]
    rng.shuffle(others)
    line = volunteers + others
    number = min(round(whole_year * bass(days / DAYS_A_MONTH)), len(line))
    for n, member in enumerate(line[:number]):
        member.engages = max(round(bass_day((n + 0.5) / whole_year) + rng.gauss(0, 6)), 20)
        if rng.random() < LAPSE and member not in volunteers:
            member.lapses = member.engages + rng.randrange(70, 160)


def _join(rng: Random, members: list[Member], days: int) -> None:
    """Those who engage joined some weeks before; others join at their pace, and read."""
    for member in members:
        willing = 0.06 if member.place.silent else MEMBERS
        if member.engages is not None:
            member.joins = max(member.engages - rng.randrange(24, 45), 1)
        elif rng.random() < willing * 0.55:
            member.joins = max(round(days * rng.betavariate(1.3, 1.5)), member.arrives + 3, 8)
        if member.joins is not None and not member.here(member.joins + 1):
            member.joins = None
            member.engages = None


def _roles(members: list[Member], volunteers: list[Member], days: int) -> Cast:
    def first(place: str) -> list[Member]:
        return [m for m in members if m.place.code == place and m.departs is None and m.arrives < 0]

    pilot, sponsor, administrator = first("siege-rh")[0], first("brevin")[0], first("siege-informatique")[0]
    sachant, operator = first("sav-ouest")[-1], first("usine-ferrage")[-1]
    for member in (pilot, administrator, sachant):
        member.joins, member.engages, member.lapses = 1, 20, None
    operator.joins, operator.engages, operator.lapses = min(30, days // 6), min(62, days // 3), None
    sponsor.joins = sponsor.engages = None
    for member in (pilot, administrator, sachant, operator):
        member.circles = INTERESTS[member.place.family].split()
    busy = {m.index for m in (pilot, sponsor, administrator, sachant, operator)}
    free = [m for m in volunteers if m.index not in busy]
    for member in free:
        member.joins = member.joins or 5
        member.circles = member.circles or INTERESTS[member.place.family].split()[:2]
    roles = Cast(members, pilot, sponsor, administrator, sachant, operator, _animators(free))
    _name_personas(roles)
    return roles


def _name_personas(cast: Cast) -> None:
    """Those whom visitors of the demo can sign in as have the addresses that the sign-in page knows."""
    given = {"member": cast.operator, "pilot": cast.pilot, "sponsor": cast.sponsor, "administrator": cast.administrator}
    given |= {"sachant": cast.sachant, "animator": next(iter(cast.animators["relation-client"]))}
    for role, member in given.items():
        member.email = PERSONAS[role].email


def _animators(volunteers: list[Member]) -> dict[str, list[Member]]:
    """Two animators a circle, out of the pilot team; one circle has one only."""
    appointed: dict[str, list[Member]] = {}
    for circle in CIRCLES:
        wanted = 1 if circle == "bureau-finance" else 2
        near = sorted(volunteers, key=lambda m: (circle not in INTERESTS[m.place.family].split(), m.place.family != HOME[circle]))
        free = [m for m in near if not any(m in others for others in appointed.values())] or near
        appointed[circle] = free[:wanted]
        for member in appointed[circle]:
            member.circles = [*dict.fromkeys([*member.circles, circle])]
    return appointed
