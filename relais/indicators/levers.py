"""The catalogue of levers: read from YAML, checked key by key, written back the same. Pure computation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

SHIPPED = Path(__file__).parent / "shipped" / "levers.yaml"
LANGUAGES = ("fr", "en")
HOLDERS = ("pilot", "animators", "managers", "sponsor")
MECHANISMS = ("capability", "opportunity", "motivation")
GRADES = ("A", "B", "C")
EFFORTS = (1, 2, 3)  # under two hours, up to two days, weeks
SUBJECT, BODY = 42, 80  # characters of a subject, words of a message (METHOD 3.10)
TEXTS = ("name", "what", "start", "stop")
KEYS = ("id", "name", "what", "com_b", "moves", "effort", "evidence", "source", "by", "start", "stop", "steps", "message")
OPTIONAL = ("caveat",)

_ID = re.compile(r"[A-Za-z0-9_-]{1,20}")

type Content = dict[str, Any]


class BadLevers(Exception):
    """What is wrong with the file, one sentence a fault, each naming the lever and the key."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Step:
    """One thing to do, so many days after the start."""

    day: int
    by: str
    text: str


@dataclass(frozen=True)
class Lever:
    """One lever in one language."""

    key: str
    name: str
    what: str
    caveat: str
    mechanisms: tuple[str, ...]
    moves: tuple[str, ...]
    effort: int
    evidence: str
    source: str
    by: str
    start: str
    stop: str
    steps: tuple[Step, ...]
    subject: str
    body: str


def in_language(content: Content, language: str) -> Lever:
    """A lever as it is read in a language; French where it says nothing in it."""

    def said(texts: Mapping[str, str]) -> str:
        return texts.get(language) or texts.get("fr") or ""

    return Lever(
        key=content["id"],
        **{name: said(content[name]) for name in TEXTS},
        caveat=said(content.get("caveat", {})),
        mechanisms=tuple(content["com_b"]),
        moves=tuple(content["moves"]),
        effort=content["effort"],
        evidence=content["evidence"],
        source=content["source"],
        by=content["by"],
        steps=tuple(Step(step["day"], step["by"], said(step["text"])) for step in content["steps"]),
        subject=said(content["message"]["subject"]),
        body=said(content["message"]["body"]),
    )


@lru_cache(maxsize=1)
def shipped() -> dict[str, Content]:
    """The levers that come with Relais, by their keys."""
    return {content["id"]: content for content in read(SHIPPED.read_text(encoding="utf-8"))}


def written(contents: list[Content]) -> str:
    """The catalogue as a file."""
    return yaml.safe_dump(contents, allow_unicode=True, sort_keys=False, width=140)


def read(text: str, *, indicators: frozenset[str] | None = None) -> list[Content]:
    """The levers of a file; BadLevers tells all that is wrong with it. `indicators`: the keys that may be moved, when known."""
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise BadLevers([f"{where}this is no YAML ({getattr(error, 'problem', None) or error})"]) from error
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise BadLevers(["The file must be a list of levers, each beginning with « - id: »."])
    faults = [fault for number, content in enumerate(found, 1) for fault in _faults(content, number, indicators)]
    keys = [content.get("id") for content in found]
    faults += [f"{key}: this id stands twice." for key in dict.fromkeys(keys) if keys.count(key) > 1]
    if faults:
        raise BadLevers(faults)
    return found


def _faults(content: Content, number: int, indicators: frozenset[str] | None) -> list[str]:
    name = content.get("id") if isinstance(content.get("id"), str) and content["id"] else f"Lever {number}"
    missing = [key for key in KEYS if key not in content]
    unknown = [str(key) for key in content if key not in (*KEYS, *OPTIONAL)]
    if missing or unknown:
        return [f"{name}: {key} is missing." for key in missing] + [f"{name}: {key} is no key of a lever." for key in unknown]
    if not isinstance(content["id"], str) or not _ID.fullmatch(content["id"]):
        return [f"{name}: id: a short text without spaces."]
    found = [fault for key in TEXTS for fault in _texts(content[key], key)]
    found += _texts(content["caveat"], "caveat") if "caveat" in content else []
    found += _among(content["com_b"], "com_b", MECHANISMS) + _among(content["moves"], "moves", indicators)
    for key, known in (("effort", EFFORTS), ("evidence", GRADES), ("by", HOLDERS)):
        if content[key] not in known:
            found.append(f"{key}: choose among {', '.join(map(str, known))}.")
    found += _steps(content["steps"]) + _message(content["message"])
    if not isinstance(content["source"], str) or not content["source"].strip():
        found.append("source: say where the evidence comes from.")
    return [f"{name}: {fault}" for fault in found]


def _texts(texts: Any, key: str) -> list[str]:
    if not isinstance(texts, dict) or set(texts) - set(LANGUAGES) or not all(isinstance(each, str) for each in texts.values()):
        return [f'{key}: write it as {{fr: "…", en: "…"}}.']
    return [] if texts.get("fr", "").strip() else [f"{key}: the French text is missing."]


def _among(values: Any, key: str, known: Any) -> list[str]:
    if not isinstance(values, list) or not values:
        return [f"{key}: a list of at least one."]
    return [f"{key}: {value} is not known." for value in values if known is not None and value not in known]


def _steps(steps: Any) -> list[str]:
    if not isinstance(steps, list) or not steps:
        return ["steps: at least one step."]
    found = []
    for number, step in enumerate(steps, 1):
        whole = isinstance(step, dict) and set(step) == {"day", "by", "text"}
        if not whole or not isinstance(step["day"], int) or step["day"] < 0 or step["by"] not in HOLDERS:
            found.append(f"steps, {number}: write it as {{day: 0, by: {HOLDERS[0]}, text: {{…}}}}; by is one of {', '.join(HOLDERS)}.")
        else:
            found += _texts(step["text"], f"steps, {number}")
    return found


def _message(message: Any) -> list[str]:
    if not isinstance(message, dict) or set(message) != {"subject", "body"}:
        return ["message: a subject and a body."]
    found = _texts(message["subject"], "subject") + _texts(message["body"], "body")
    if found:
        return found
    long = [f"subject: {SUBJECT} characters at most, {len(text)} here." for text in message["subject"].values() if len(text) > SUBJECT]
    return long + [
        f"body: {BODY} words at most, {len(text.split())} here." for text in message["body"].values() if len(text.split()) > BODY
    ]
