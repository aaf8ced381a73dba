"""Whatever is sent to whichever address by whoever, the answer is a page: never an error of ours."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from relais.people.actions.pace import LIMITS, Limits
from tests.web.addresses import ADDRESSES
from tests.web.world import World

pytestmark = pytest.mark.django_db
ROLES = ("stranger", "invited", "member", "animator", "sponsor", "administrator")
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
NAMES = (
    "q", "title", "titre", "body", "body_format", "base", "situation", "need", "circle", "serves", "audience",
    "sent_key", "kind", "result", "minutes", "url", "place", "fields", "case", "name", "person", "score",
    "note", "outcome", "minutes_saved", "words", "purpose", "email", "role", "persona", "language", "next", "page",
    "quoi", "cercle", "langue", "resolu", "voir", "avec", "nom", "login", "password", "code", "credential",
    "passes_on", "wants_to_learn", "time_zone", "looked",
    "format", "room", "day", "hour", "capacity", "link", "weeks", "dates", "warm_up", "co_host", "use_case", "cas", "worth", "relevance",
    "reply", "came", "reason", "materials", "about", "happened", "useful", "learned", "accepted",
)  # fmt: skip
JUNK = (
    "", " ", "\x00", "a\x00b", "'\"`;--", "%", "_\\", "é" * 300, "x" * 5000, "0", "-1", "1e9", "9" * 30,
    "NaN", "\u0663", "\u00b2", "None", "[]", "{}",
    "<script>alert(1)</script>", "javascript:alert(1)", "//evil.example/", "/\\evil.example", "http://[", "https://" + "a" * 600,
    "/cas/nouveau/", "/" + "p" * 300, "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "\u202e\u200b", "(((",
    "a & | ! <-> b:*",
    "00000000-0000-0000-0000-000000000000", "html", "typed", "link", "sheet", "yes", "a@b.c", "a@b.c\nBcc: d@e.f", "administrator", "fr",
)  # fmt: skip
FILES = (
    ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
    ("a.pdf", b"%PDF-"),
    ("a.svg", b"<svg onload='x'/>"),
    ("a.xlsx", b"PK\x03\x04junk"),
    ("a.csv", b"e-mail;nom\n\x00;\xff"),
    ("\x00..\\..\\a.gif", b"GIF89a"),
    ("", b""),
)
HEADERS = (
    {"hx-request": "true"},
    {"referer": "http://[", "origin": "null"},
    {"accept-language": "xx-\x7f,*;q=a"},
    {"x-draft": "1"},
    {"content-length": "x"},
    {"host": "evil.example"},
    {"range": "bytes=9-1"},
    {},
)


WRONG = {"IntConverter": 2**70, "SlugConverter": "-", "UUIDConverter": UUID(int=0), "StringConverter": "%00"}
WRONG_IN_EXPRESSIONS = {"uidb36": "zzzzzzzzzzzzzzzzzz", "key": "x"}


def _patterns(resolver: URLResolver, prefix: str = "") -> list[tuple[str, dict[str, Any]]]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            wrong = {key: WRONG[type(converter).__name__] for key, converter in pattern.pattern.converters.items()}
            groups = getattr(pattern.pattern, "regex", None)
            wrong |= {key: WRONG_IN_EXPRESSIONS[key] for key in (groups.groupindex if groups else {}) if key not in wrong}
            found.append((f"{prefix}{pattern.name}", wrong))
        else:
            found += _patterns(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
    return found


def _values(chance: random.Random) -> dict[str, Any]:
    names = chance.sample(NAMES, 24)
    return {name: [chance.choice(JUNK)] * chance.choice((1, 1, 1, 2)) for name in names}


def _broken(chance: random.Random, client: Client, method: str, address: str) -> str:
    """What broke, in one line; empty when a page was the answer."""
    headers, values = chance.choice(HEADERS), _values(chance)
    if method == "POST" and chance.random() < 0.4:
        name, content = chance.choice(FILES)
        values["file"] = SimpleUploadedFile(name or "f", content)  # type: ignore[assignment]
    if method in ("GET", "POST", "HEAD"):
        response = getattr(client, method.lower())(address, values, headers=headers)
    else:
        response = client.generic(method, address, "q=%00", headers=headers)
    if response.streaming:
        b"".join(response.streaming_content)
    error = getattr(response, "exc_info", None)
    return f"{method} {address}: {error and error[1]!r} {headers}" if response.status_code >= 500 else ""


def _addresses(world: World) -> list[str]:
    real = [world.address(name, arguments) for name, _method, arguments, _statuses in ADDRESSES]
    return real + [reverse(name, kwargs=wrong) for name, wrong in _patterns(get_resolver()) if wrong]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_sent_to_any_address_breaks_it(world: World, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "write", Limits(10**6, 10**6))
    monkeypatch.setitem(LIMITS, "draft", Limits(10**6, 10**6))
    chance = random.Random(role)  # the same junk each time

    addresses = _addresses(world)
    if role != "member":  # who may open little: a fifth of the addresses each, not the same one
        addresses = chance.sample(addresses, len(addresses) // 5)
    broken = []
    for address in addresses:
        for method in ("GET", "POST", *chance.choices([(), (chance.choice(METHODS),)], [2, 1])[0]):
            client = world.browser(role, raise_request_exception=False)
            with transaction.atomic():
                broken.append(_broken(chance, client, method, address))
                transaction.set_rollback(True)

    assert "\n".join(filter(None, broken)) == ""
