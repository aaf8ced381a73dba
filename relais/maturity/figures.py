"""The figures of a closed wave, as they are kept: what may not be told is not in them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from relais.core.suppression import hidden
from relais.maturity.scores import Estimate, Sheet, alpha, estimate, in_points, item_rest, person_score

OVERALL = "overall"


@dataclass(frozen=True)
class Question:
    """What the figures must know of an item."""

    dimension: str
    reversed: bool


def figures_of[Group: Hashable](piles: Mapping[Group, Sequence[Sheet]], questions: Sequence[Question]) -> dict[str, Any]:
    """All of a wave's figures: for everybody, by item, and by group where it cannot give anybody away."""
    given = {group: [in_points(sheet, [one.reversed for one in questions]) for sheet in sheets] for group, sheets in piles.items()}
    everybody = [sheet for sheets in given.values() for sheet in sheets]
    scored = {group: _scores(sheets, questions) for group, sheets in given.items()}
    names = _names(questions)
    total = {name: estimate([score for scores in scored.values() for score in scores[name]]) for name in names}
    if total[OVERALL] is None:
        return {"answers": None}
    return {
        "answers": len(everybody),
        "scores": _kept(total),
        "items": _items(everybody, questions),
        "alpha": {name: alpha(_part(everybody, questions, name)) for name in names},
        "groups": {str(group): _kept(found) for group, found in _told(scored, total).items() if found},
    }


def _names(questions: Sequence[Question]) -> list[str]:
    return [OVERALL, *dict.fromkeys(one.dimension for one in questions)]


def _part(sheets: Sequence[Sequence[float | None]], questions: Sequence[Question], name: str) -> list[list[float | None]]:
    at = [number for number, one in enumerate(questions) if name in (OVERALL, one.dimension)]
    return [[sheet[number] for number in at] for sheet in sheets]


def _scores(sheets: Sequence[Sequence[float | None]], questions: Sequence[Question]) -> dict[str, list[float]]:
    """Each person's score in each dimension and overall; whoever answered nothing of it is not counted in it."""
    found = {name: [person_score(part) for part in _part(sheets, questions, name)] for name in _names(questions)}
    return {name: [score for score in scores if score is not None] for name, scores in found.items()}


def _told[Group: Hashable](
    scored: Mapping[Group, Mapping[str, list[float]]], total: Mapping[str, Estimate | None]
) -> dict[Group, dict[str, Estimate | None]]:
    """For each group what may be told of it, given that the total is."""
    told: dict[Group, dict[str, Estimate | None]] = {group: {} for group in scored if group is not None}
    silent = hidden({group: len(scores[OVERALL]) for group, scores in scored.items()})
    for name in total:
        quiet = silent | hidden({group: len(scores[name]) for group, scores in scored.items()})
        for group in told:
            if group not in quiet and total[name]:
                told[group][name] = estimate(scored[group][name])
    return told


def _items(sheets: Sequence[Sequence[float | None]], questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Each item for everybody: its mean, how many did not know, and how it goes with the rest of its dimension."""
    rest: dict[str, list[float | None]] = {name: item_rest(_part(sheets, questions, name)) for name in _names(questions)[1:]}
    found = []
    for number, one in enumerate(questions):
        said = [value for sheet in sheets if (value := sheet[number]) is not None]
        mean = estimate(said)
        found.append({"mean": mean and round(mean.mean, 2), "n": mean and mean.n, "rest": rest[one.dimension].pop(0)})
    return found


def _kept(found: Mapping[str, Estimate | None]) -> dict[str, Any]:
    return {name: asdict(one) for name, one in found.items() if one}
