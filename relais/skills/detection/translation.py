"""Which English stems a French stem stands for, learnt from skills that have a name in both languages (IBM model 1, Brown et al. 1993)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

ROUNDS = 6
LIKELY = 0.08  # a translation less probable than this is left out
KEPT = 5


def learn_translation(pairs: Sequence[tuple[list[str], list[str]]]) -> tuple[dict[str, dict[int, float]], list[str]]:
    """The likely translations of each French stem (numbers of English stems, with their probability), and the English stems."""
    ours: dict[str, int] = {}
    theirs: dict[str, int] = {}
    met = [
        (ours.setdefault(french, len(ours)), theirs.setdefault(english, len(theirs)), number)
        for number, (left, right) in enumerate(pairs)
        for french in set(left)
        for english in set(right)
    ]
    if not met:
        return {}, []
    french, english, pair = np.array(met, np.int64).T
    kinds, kind = np.unique(french * len(theirs) + english, return_inverse=True)
    _places, place = np.unique(pair * len(theirs) + english, return_inverse=True)
    source = kinds // len(theirs)
    chance = np.ones(len(kinds))
    for _round in range(ROUNDS):
        here = chance[kind]
        counted = np.bincount(kind, here / np.bincount(place, here)[place])
        chance = counted / np.bincount(source, counted)[source]
    learnt: dict[str, dict[int, float]] = {term: {} for term in ours}
    names = list(ours)
    likely = np.flatnonzero(chance >= LIKELY)
    for at in likely[np.argsort(-chance[likely], kind="stable")]:
        found = learnt[names[source[at]]]
        if len(found) < KEPT:
            found[int(kinds[at] % len(theirs))] = float(chance[at])
    return learnt, list(theirs)
