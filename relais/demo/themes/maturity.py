"""Two waves of questions: as the year opens, and a month before it ends, a little better then (pure)."""

from __future__ import annotations

from random import Random

from relais.demo.plan import Planner
from relais.maturity.items import DIMENSIONS, HIGHEST, ITEMS

OPEN_FOR = 14  # days
STARTS = {"time": 2.5, "safety": 2.9, "sharing": 2.8, "finding": 2.4, "across": 2.3, "example": 2.6}  # agreement, from 1 to 5
GAINED = {"time": 0.2, "safety": 0.35, "sharing": 0.6, "finding": 0.75, "across": 0.5, "example": 0.1}
ANSWER = 0.55  # of those who are asked
KNOWS = 0.96
SHORTEST = 150  # days of a year in which two waves have their place
FACTS = {
    "perimeter": 600,
    "minutes": 60,
    "animators": 12,
    "tools": "La messagerie, un dossier partagé par agence, le téléphone.",
    "past": "Un wiki en 2021, oublié en six mois : personne n'avait le temps d'écrire. Des visites croisées d'agences, que l'on regrette.",
}
ADDED = [
    "Le plus dur n'est pas de demander, c'est de savoir à qui.",
    "Sur chantier, on s'aide beaucoup. Avec le bureau, moins.",
    "Si le temps était compté, j'écrirais plus souvent.",
    "Les visites croisées d'agences m'avaient appris plus que trois formations.",
]


def tell(planner: Planner, rng: Random) -> None:
    """The means, then the two waves; nothing in a year too short for them."""
    if planner.days < SHORTEST:
        return
    planner.do(1.4, "means", planner.cast.pilot.index, "", FACTS)
    for day, progress in ((2, 0.0), (planner.days - 35, 1.0)):
        _wave(planner, rng, day, progress)


def _wave(planner: Planner, rng: Random, day: int, progress: float) -> None:
    about = f"questions du jour {day}"
    planner.do(day + 0.35, "wave_open", planner.cast.pilot.index, about, OPEN_FOR)
    for member in planner.members:
        if member.arrives < day and rng.random() < ANSWER:
            comment = rng.choice(ADDED) if rng.random() < 0.02 else ""
            at = day + 0.4 + rng.random() * (OPEN_FOR - 1)
            planner.do(at, "wave_answer", member.index, about, (_sheet(rng, progress), comment))
    planner.do(day + OPEN_FOR + 1.1, "wave_close", None, about)


def _sheet(rng: Random, progress: float) -> dict[int, int | None]:
    """Somebody's answers: their own mood, a leaning a dimension, and chance."""
    mood = rng.gauss(0, 0.5)
    leanings = {name: STARTS[name] + progress * GAINED[name] + mood + rng.gauss(0, 0.4) for name in DIMENSIONS}
    return {number: _answer(rng, leanings[item.dimension], item.reversed) for number, item in enumerate(ITEMS)}


def _answer(rng: Random, leaning: float, is_reversed: bool) -> int | None:
    agreement = min(HIGHEST, max(1, round(rng.gauss(leaning, 0.8))))
    if rng.random() > KNOWS:
        return None
    return HIGHEST + 1 - agreement if is_reversed else agreement
