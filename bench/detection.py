"""How well, and how fast, skills are found in texts: `make bench-skills GOLD=dev.jsonl REFERENCE=esco.tsv.gz`.

GOLD: a JSON object a line (`id`, `text`, `lang`, `gold_groups`, `acceptable`). Each text is judged by weights that were learnt from texts
on other topics (five folds); its intervals come from drawing texts again (bootstrap, 95%). Nothing is read from, or written to, a database.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any

from relais.skills.detection.detector import Detector
from relais.skills.detection.index import Entry, Index, OwnSkill, build
from relais.skills.detection.learning import FOLDS, Labelled, folds, learn, look_all
from relais.skills.detection.ranker import Weights, read_weights
from relais.skills.detection.vectors import Meanings, installed, learn_meanings, load_meanings
from relais.skills.detection.words import LANGUAGES, Language
from relais.skills.reference_files import ReadConcept, read_reference
from relais.skills.starter import SHIPPED, starter_skills

KEPT = Path("var/bench/skills")
SMALL_TALK = Path(__file__).parent / "texts" / "without_any_skill.txt"
DRAWS = 2000
LENGTH = 800


def entry_of(concept: ReadConcept) -> Entry:
    """A concept of a file, as detection looks for it."""
    told = {code: concept.texts.get(code) for code in LANGUAGES}
    names: dict[Language, list[str]] = {
        code: [text["preferred"], *text["alternative"], *text["hidden"]] if text else [] for code, text in told.items()
    }
    descriptions = {code: text["description"] if text else "" for code, text in told.items()}
    collections = frozenset(part for name in concept.collections for part in name.split(","))
    return Entry(concept.uri, names, descriptions, concept.reuse, collections, concept.occupations or 0, concept.kind)


def own_skills() -> list[OwnSkill]:
    """The starter vocabulary."""
    return [OwnSkill(str(one.key), one.names, one.closest) for one in starter_skills()]


def timed[T](act: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and the seconds it took."""
    start = time.perf_counter()
    return act(), time.perf_counter() - start


def relevance(found: Sequence[str], row: dict[str, Any]) -> tuple[float, float, float]:
    """RP@5, RP@10 and the reciprocal rank of one text: a group counts once, and as many are looked for as there are places."""
    groups = [set(group) for group in row["gold_groups"]]
    right = set().union(*groups)
    hits = [sum(bool(group & set(found[:k])) for group in groups) / min(k, len(groups)) for k in (5, 10)]
    return hits[0], hits[1], next((1 / place for place, key in enumerate(found, 1) if key in right), 0.0)


def interval(values: Sequence[float]) -> str:
    """The mean with its bootstrap interval, in percent."""
    if not values:
        return "—"
    chance = random.Random(1)
    means = sorted(fmean(chance.choices(values, k=len(values))) for _draw in range(DRAWS))
    return f"{100 * fmean(values):5.1f} [{100 * means[DRAWS // 40]:.0f}, {100 * means[-DRAWS // 40]:.0f}]"


def right_of(row: dict[str, Any]) -> frozenset[str]:
    """All that a text is about."""
    return frozenset(uri for group in row["gold_groups"] for uri in group)


def judged(index: Index, meanings: dict[str, Meanings], rows: list[dict[str, Any]]) -> list[tuple[list[str], list[str]]]:
    """For each text, what was found and what was tagged, by weights learnt on other topics."""
    texts = [Labelled(row["text"], row["lang"], right_of(row), frozenset(row["acceptable"])) for row in rows]
    looked, numbers = look_all(index, meanings, texts), folds(texts)
    found: list[tuple[list[str], list[str]]] = [([], []) for _row in rows]
    for fold in range(FOLDS):
        weights = learn([one for one, number in zip(looked, numbers, strict=True) if number != fold], list(meanings))
        detector = Detector(index, weights, meanings)
        for at, number in enumerate(numbers):
            if number == fold:
                told = detector.detect(rows[at]["text"], rows[at]["lang"])
                found[at] = [one.key for one in told], [one.key for one in told if one.detected]
    return found


def told_of(name: str, rows: list[dict[str, Any]], found: list[tuple[list[str], list[str]]]) -> None:
    """One line of the table."""
    scores = [relevance(keys, row) for row, (keys, _tags) in zip(rows, found, strict=True) if row["gold_groups"]]
    accepted = [right_of(row) | set(row["acceptable"]) for row in rows]
    tags = [float(tag in right) for right, (_keys, tagged) in zip(accepted, found, strict=True) for tag in tagged]
    columns = [interval([score[part] for score in scores]) for part in range(3)]
    print(f"| {name} | {len(scores)} | {' | '.join(columns)} | {len(tags) / max(len(rows), 1):.2f} | {interval(tags)} |")


def quickness(detector: Detector, texts: Iterable[str]) -> str:
    """Milliseconds a text of 800 characters: the middle one, and the one that 95% stay under."""
    lengthened = [(f"{text}. " * (LENGTH // len(text) + 1))[:LENGTH] for text in texts]
    spent = [timed(partial(detector.detect, text, "fr"))[1] * 1000 for text in lengthened]
    return f"p50 {quantiles(spent, n=20)[9]:.1f} ms, p95 {quantiles(spent, n=20)[18]:.1f} ms"


def modes(index: Index, entries: list[Entry]) -> dict[str, dict[str, Meanings]]:
    """Words alone; with the models of meaning, where they are installed (worked out once, in var/bench)."""
    KEPT.mkdir(parents=True, exist_ok=True)
    ready: dict[str, Meanings] = {}
    for model in installed():
        path = KEPT / f"meanings-{model.name}.npz"
        if (found := load_meanings(model, index.keys, path)) is None:
            print(f"Working out what the skills mean ({model.name}), a few minutes…", file=sys.stderr)
            learn_meanings(model, entries, path)
            found = load_meanings(model, index.keys, path)
        ready |= {model.name: found} if found else {}
    return {"fast": {}, "accurate": ready} if len(ready) == 2 else {"fast": {}}


def main(gold: Path, reference: Path) -> None:
    """Print the tables."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    entries = [entry_of(concept) for concept in read_reference(reference).concepts.values()]
    index, seconds = timed(lambda: build(entries, own_skills()))
    bare = build(entries)
    shipped = read_weights((SHIPPED / "weights.json").read_text())
    print(f"{len(entries)} concepts and {len(index.skills)} skills of our own; index built in {seconds:.1f} s\n")
    print("| mode, texts | n | RP@5 | RP@10 | MRR | tags a text | of which acceptable |\n|---|---|---|---|---|---|---|")
    kinds = {"French": lambda row: row["lang"] == "fr", "English": lambda row: row["lang"] == "en"}
    for mode, meanings in modes(index, entries).items():
        for words, which in (("", index), (", without our own words", bare)):
            found = judged(which, meanings, rows)
            for kind, holds in kinds.items():
                chosen = [at for at, row in enumerate(rows) if holds(row)]
                told_of(f"{mode}{words}: {kind}", [rows[at] for at in chosen], [found[at] for at in chosen])
        detector = Detector(index, shipped[mode], meanings)
        calm = [text for text in SMALL_TALK.read_text(encoding="utf-8").splitlines() if text]
        tagged = [text for text in calm if any(one.detected for one in detector.detect(text, "fr"))]
        speed = quickness(detector, [row["text"] for row in rows])
        print(f"\n{mode}: no tag on {len(calm) - len(tagged)} of {len(calm)} texts without any skill; {speed}\n")
    of_its_own(shipped["fast"], rows)
    print(f"memory at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (learning included)")


def of_its_own(weights: Weights, rows: list[dict[str, Any]]) -> None:
    """What the starter vocabulary finds by itself: a text counts when a skill found stands for one of its own."""
    closest = {str(one.key): set(one.closest) for one in starter_skills()}
    entries = [Entry(str(one.key), one.names) for one in starter_skills()]
    alone = build(entries, [OwnSkill(entry.key, entry.names, [entry.key]) for entry in entries])
    detector = Detector(alone, weights)
    french = [row for row in rows if row["lang"] == "fr" and row["gold_groups"]]
    found = [detector.detect(row["text"], "fr", 5) for row in french]
    hits = [float(any(closest[one.key] & right_of(row) for one in told)) for row, told in zip(french, found, strict=True)]
    tags = fmean(sum(one.detected for one in told) for told in found)
    print("starter vocabulary alone, French texts:")
    print(f"a right skill among the first five for {interval(hits)}% of {len(french)}; {tags:.2f} tags a text")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
