"""What skills add to the year: people answer what is proposed to them, ask those who saw it, confirm; first experts are named (pure)."""

from __future__ import annotations

from random import Random

from relais.demo.plan import Piece, Planner

ANSWER = 0.6  # of those who published: they answer what is proposed to them
ASK = 0.6  # of those: they also ask for a confirmation
PANEL = 3  # first experts of a circle's skills: those who write most there
EVERY = 4  # days: colleagues look at what is asked of them
WAITS = 5  # the last days' proposals of the one shown as sachant wait for whoever visits the demo


def tell(planner: Planner, rng: Random) -> None:
    """Acts follow the texts: proposals come from them."""
    experts: dict[str, list[int]] = {}
    for piece in planner.pieces:
        _named(planner, piece, experts.setdefault(piece.circle, []))
        _answered(planner, rng, piece)
    for day in range(30, planner.days, 15):
        planner.do(day + 0.22, "skill_prompt", None)
    for day in range(30, planner.days - WAITS, EVERY):
        planner.do(day + 0.43, "skill_confirm", None, "", rng.random())


def _named(planner: Planner, piece: Piece, known: list[int]) -> None:
    if piece.author not in known and len(known) < PANEL:
        known.append(piece.author)
        planner.do(piece.at + 2.3, "skill_panel", planner.cast.pilot.index, piece.text.key, piece.author)


def _answered(planner: Planner, rng: Random, piece: Piece) -> None:
    waits = planner.cast.sachant.index == piece.author and piece.at > planner.days - 40
    if rng.random() < ANSWER and not waits:
        at = piece.at + rng.uniform(0.4, 6)
        planner.do(at, "skill_answer", piece.author, "", rng.random())
        if rng.random() < ASK:
            planner.do(at + 0.01, "skill_ask", piece.author, "", rng.random())
