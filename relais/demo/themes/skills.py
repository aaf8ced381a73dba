"""What skills add to the year: people answer what is proposed to them, ask those who saw it, confirm; first experts are named (pure)."""

from __future__ import annotations

from random import Random

from relais.demo.plan import Planner

ANSWER = 0.6  # of those who published: they answer what is proposed to them
ASK = 0.6  # of those: they also ask for a confirmation
PANEL = 3  # first experts of a circle's skills: those who write most there
WAITS = 5  # the last days' proposals of the one shown as sachant wait for whoever visits the demo


def tell(planner: Planner, rng: Random) -> None:
    """Acts follow the texts: proposals come from them."""
    experts: dict[str, list[int]] = {}
    for piece in planner.pieces:
        known = experts.setdefault(piece.circle, [])
        if piece.author not in known and len(known) < PANEL:
            known.append(piece.author)
            planner.do(piece.at + 2.3, "skill_panel", planner.cast.pilot.index, piece.text.key, piece.author)
        shown_as = planner.cast.sachant.index == piece.author and piece.at > planner.days - 40
        if rng.random() < ANSWER and not shown_as:
            at = piece.at + rng.uniform(0.4, 6)
            planner.do(at, "skill_answer", piece.author, "", rng.random())
            if rng.random() < ASK:
                planner.do(at + 0.01, "skill_ask", piece.author, "", rng.random())
    for member in planner.members:
        if member.joins is not None:
            for day in range(member.joins + 10, planner.days - WAITS, 14):
                planner.do(planner.hour(day), "skill_confirm", member.index, "", rng.random())
