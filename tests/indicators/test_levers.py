"""The catalogue as a file: complete, checked key by key, the same after a round trip."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import yaml

from relais.indicators import levers
from relais.indicators.catalogue import BY_KEY
from relais.indicators.levers import BadLevers, in_language, read, shipped, written

KEYS = [f"L{number}" for number in range(1, 26)]


def one(**changed: Any) -> dict[str, Any]:
    return deepcopy(shipped()["L1"]) | changed


def faults(text: str) -> list[str]:
    with pytest.raises(BadLevers) as bad:
        read(text, indicators=frozenset(BY_KEY))
    return bad.value.faults


def test_the_twenty_five_are_there_in_both_languages_and_move_known_indicators() -> None:
    found = read(levers.SHIPPED.read_text(encoding="utf-8"), indicators=frozenset(BY_KEY))

    assert [content["id"] for content in found] == KEYS
    for content in found:
        french, english = in_language(content, "fr"), in_language(content, "en")
        assert french.name != english.name
        assert [step.day for step in french.steps] == sorted(step.day for step in french.steps)
        assert bool(french.caveat) == (content["id"] in {"L5", "L6"})


def test_a_round_trip_changes_nothing() -> None:
    contents = list(shipped().values())

    assert read(written(contents)) == contents


def test_a_language_that_says_nothing_reads_the_french() -> None:
    content = one(name={"fr": "La rencontre"})

    assert in_language(content, "en").name == "La rencontre"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"name": "La rencontre"}, 'L1: name: write it as {fr: "…", en: "…"}.'),
        ({"name": {"en": "Only"}}, "L1: name: the French text is missing."),
        ({"what": {"de": "Was"}}, 'L1: what: write it as {fr: "…", en: "…"}.'),
        ({"caveat": {}}, "L1: caveat: the French text is missing."),
        ({"com_b": ["luck"]}, "L1: com_b: luck is not known."),
        ({"moves": []}, "L1: moves: a list of at least one."),
        ({"moves": ["performance"]}, "L1: moves: performance is not known."),
        ({"effort": 4}, "L1: effort: choose among 1, 2, 3."),
        ({"evidence": "D"}, "L1: evidence: choose among A, B, C."),
        ({"by": "everybody"}, "L1: by: choose among pilot, animators, managers, sponsor."),
        ({"source": " "}, "L1: source: say where the evidence comes from."),
        ({"steps": []}, "L1: steps: at least one step."),
        ({"message": "Bonjour"}, "L1: message: a subject and a body."),
        ({"message": {"subject": {"fr": ""}, "body": {"fr": "Oui"}}}, "L1: subject: the French text is missing."),
        ({"message": {"subject": {"fr": "x" * 43}, "body": {"fr": "Oui"}}}, "L1: subject: 42 characters at most, 43 here."),
        ({"message": {"subject": {"fr": "Oui"}, "body": {"fr": "mot " * 81}}}, "L1: body: 80 words at most, 81 here."),
        ({"colour": "red"}, "L1: colour is no key of a lever."),
        ({"id": 7}, "Lever 1: id: a short text without spaces."),
        ({"id": "a b"}, "a b: id: a short text without spaces."),
    ],
)
def test_each_fault_names_the_lever_and_the_key(changed: dict[str, Any], fault: str) -> None:
    assert fault in faults(yaml.safe_dump([one(**changed)], allow_unicode=True))


@pytest.mark.parametrize(
    "step", ["Parler", {"day": 0, "by": "pilot"}, {"day": -1, "by": "pilot", "text": {}}, {"day": 0, "by": "x", "text": {}}]
)
def test_a_step_is_a_day_a_holder_and_a_text(step: object) -> None:
    [fault] = faults(yaml.safe_dump([one(steps=[step])], allow_unicode=True))

    assert fault.startswith("L1: steps, 1: write it as {day: 0, by: pilot, text: {…}}")


def test_a_missing_key_is_named() -> None:
    content = one()
    del content["stop"]

    assert faults(yaml.safe_dump([content], allow_unicode=True)) == ["L1: stop is missing."]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- id: [", "line 1: this is no YAML"),
        ("bonjour", "The file must be a list of levers"),
        ("- un\n- deux", "The file must be a list of levers"),
        ("\x00", "this is no YAML"),
    ],
)
def test_what_is_no_catalogue_is_told_in_words(text: str, fault: str) -> None:
    assert fault in faults(text)[0]


def test_an_id_stands_once() -> None:
    assert faults(written([one(), one()])) == ["L1: this id stands twice."]
