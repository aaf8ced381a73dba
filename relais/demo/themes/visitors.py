"""What waits for those whom visitors of the demo sign in as, beside the cases of `stories/now.toml` (pure)."""

from __future__ import annotations

from random import Random

from relais.demo.plan import Planner

ASK = "/cas/nouveau/"  # the address of the form, under which a draft is kept
DRAFT = {
    "title": "Comment prévenir l'équipe de nuit quand un gabarit change en fin de poste ?",
    "situation": "Hier j'ai mis une cale neuve sur le gabarit gris à 20 h 40. L'équipe de nuit a réglé ses paumelles comme la veille et",
    "audience": "Les équipes qui se relaient au même poste",
}


def tell(planner: Planner, _rng: Random) -> None:
    """The operator applied something two weeks ago and has not told of it yet, and left a question half written."""
    operator = planner.cast.operator
    planner.apply(operator, planner.hour(planner.days - 16), sure=False)
    planner.do(planner.hour(planner.days - 1), "draft", operator.index, ASK, DRAFT)
