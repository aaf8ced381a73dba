"""A kind house: a few cases that nobody would have asked under their name, two reports, an appeal, a key that is refused (pure)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import NamedTuple

from relais.demo.company import Member
from relais.demo.plan import Planner


class Quiet(NamedTuple):
    """A case under a pseudonym: how many days before the last one, and what colleagues answer."""

    key: str
    ago: int
    circle: str
    title: str
    situation: str
    need: str
    solved: bool
    answers: list[str]


CASES = [Quiet(**case) for case in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["case"]]
CONTESTED, WAITING = "quiet-erreur-devis/0", "quiet-client-peur/1"
REPORTS = {
    CONTESTED: ("vente-conseil", "personal", "On dirait le prénom d'une cliente."),
    WAITING: ("relation-client", "other", "Le client ne sait pas qu'on l'écoute à deux : a-t-on le droit ?"),
}
HIDDEN_FOR = "Le prénom d'une cliente paraît être cité en fin de réponse. Retirez-le, et le texte revient."
CONTEST = "Capucine n'est pas une cliente : c'est le nom de notre vantail bois, page 14 du catalogue."
JUDGED = "Capucine est bien une gamme du catalogue : aucune personne n'est nommée ici."
ASKED_WHO = "Cette personne a peut-être besoin d'être accompagnée après les insultes d'un client."
NOT_ENOUGH = "quiet-client-peur"


def tell(planner: Planner, rng: Random) -> None:
    """The cases and their answers, then what was reported about them."""
    for day in range(1, planner.days):
        planner.do(day + 0.04, "quiet_night", None)
    writers: dict[str, Member] = {}
    for case in CASES:
        writers |= _asked(planner, rng, case)
    if CONTESTED in writers:
        _contested(planner, rng, writers[CONTESTED])
    if WAITING in writers:
        _reported(planner, rng, planner.days - 2, WAITING, writers[WAITING])
    _refused_key(planner, rng)


def _hour(rng: Random, day: int) -> float:
    """A moment of that day, in working hours, from this theme's own draws."""
    return day + rng.triangular(6.5, 18.5, 10) / 24


def _asked(planner: Planner, rng: Random, case: Quiet) -> dict[str, Member]:
    """Who answered, by the key of the answer; nothing when the year is too short for the case."""
    day = planner.days - case.ago
    asker = _somebody(planner, rng, case.circle, day) if day >= 30 else None
    if asker is None:
        return {}
    planner.do(_hour(rng, day), "ask_quietly", asker.index, case.key, (case.circle, case.title, case.situation, case.need))
    writers: dict[str, Member] = {}
    for n, body in enumerate(case.answers):
        writer = _somebody(planner, rng, case.circle, day, asker, *writers.values())
        if writer:
            writers[f"{case.key}/{n}"] = writer
            planner.do(_hour(rng, day + 1 + n), "reply", writer.index, f"{case.key}/{n}", (case.key, body))
    if case.solved:
        planner.do(_hour(rng, day + 6), "solve", asker.index, case.key)
    return writers


def _somebody(planner: Planner, rng: Random, circle: str, day: int, *without: Member) -> Member | None:
    """A member of the circle, or else of another, who is there until the end and holds no role."""
    apart = {member.index for member in (*without, *planner.cast.known)}
    able = [m for m in planner.members if m.takes_part(day) and m.here(planner.days + 1) and m.lapses is None and m.index not in apart]
    near = [m for m in able if circle in m.circles] or able
    return rng.choice(near) if near else None


def _reported(planner: Planner, rng: Random, day: int, about: str, author: Member) -> bool:
    """Somebody of the circle says what troubles them; says whether there was anybody to."""
    circle, kind, note = REPORTS[about]
    reader = _somebody(planner, rng, circle, day, author)
    if reader:
        planner.do(_hour(rng, day), "report", reader.index, about, (kind, note))
    return reader is not None


def _contested(planner: Planner, rng: Random, author: Member) -> None:
    """An answer is withheld by mistake; two people from elsewhere give it back."""
    day, cast = planner.days - 38, planner.cast
    if not _reported(planner, rng, day, CONTESTED, author):
        return
    judges = [cast.pilot, cast.animators["production"][0]]
    planner.do(_hour(rng, day + 1), "rule", cast.animators["vente-conseil"][0].index, CONTESTED, ("hide", HIDDEN_FOR))
    planner.do(_hour(rng, day + 2), "contest", author.index, CONTESTED, CONTEST)
    for n, judge in enumerate(judges):
        planner.do(_hour(rng, day + 4 + n), "judge", judge.index, CONTESTED, (False, JUDGED))


def _refused_key(planner: Planner, rng: Random) -> None:
    """A good intention is no reason to lift a pseudonym: the second key is not turned."""
    day = planner.days - 90
    if day > 40 and any(act.about == NOT_ENOUGH for act in planner.acts):
        planner.do(_hour(rng, day), "first_key", planner.cast.pilot.index, NOT_ENOUGH, ASKED_WHO)
        planner.do(_hour(rng, day + 1), "second_key", planner.cast.administrator.index, NOT_ENOUGH, False)
